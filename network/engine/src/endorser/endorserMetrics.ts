// SPDX-License-Identifier: Apache-2.0
import { counter, histogram, type Counter } from '../process/metrics.js';
import type { protos } from '../wire/protobuf.js';

const byChaincode = ['channel', 'chaincode'];
const successful = counter('endorser_successful_proposals', 'The number of successful proposals.');
const failures = counter('endorser_endorsement_failures', 'The number of failed endorsements.', [
    ...byChaincode,
    'chaincodeerror',
]);
const duration = histogram('endorser_proposal_duration', 'The time to complete a proposal.', [
    ...byChaincode,
    'success',
]);

function counterByChaincode(name: string, help: string): Counter {
    return counter(name, help, byChaincode);
}

/** Fabric's instruments of an endorser (core/endorser/metrics.go). */
export const instruments = {
    received: counter('endorser_proposals_received', 'The number of proposals received.'),
    validationFailures: counter(
        'endorser_proposal_validation_failures',
        'The number of proposals that have failed initial validation.',
    ),
    aclFailures: counterByChaincode(
        'endorser_proposal_acl_failures',
        'The number of proposals that failed ACL checks.',
    ),
    duplicates: counterByChaincode(
        'endorser_duplicate_transaction_failures',
        'The number of failed proposals due to duplicate transaction ID.',
    ),
    simulationFailures: counterByChaincode(
        'endorser_proposal_simulation_failures',
        'The number of failed proposal simulations',
    ),

    /** Counts a proposal that was run and how long it took, in milliseconds. */
    finished(channel: string, chaincode: string, answer: protos.ProposalResponse.$Properties, tookMs: number): void {
        const status = answer.response?.status ?? 0;
        const success = status < 500;
        if (success) {
            successful.add();
        } else {
            failures.add({ channel, chaincode, chaincodeerror: String(answer.payload !== undefined) });
        }
        duration.observe({ channel, chaincode, success: String(success) }, tookMs / 1000);
    },
};
