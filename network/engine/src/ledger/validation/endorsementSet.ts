// SPDX-License-Identifier: Apache-2.0
import type { Identity } from '../../identity/identity.js';
import type { MspManager } from '../../identity/mspManager.js';
import type { Policy } from '../../policy/policy.js';
import { asBuffer } from '../../wire/decode.js';
import type { ParsedTransaction } from './parsedTransaction.js';
import type { VerifiedSignatures } from './verifiedSignatures.js';

/** Who endorsed a transaction; signatures are verified once, whatever number of policies asks. */
export class EndorsementSet {
    readonly #identities: readonly Identity[];

    /**
     * Takes each identity once, with its first good signature; bad signatures and unknown organisations are passed over
     * (common/policies/policy.go, SignatureSetToValidIdentities).
     */
    constructor(transaction: ParsedTransaction, msps: MspManager, signatures: VerifiedSignatures) {
        const accepted = new Map<string, Identity>();
        const response = transaction.proposalResponsePayloadBytes;
        for (const endorsement of transaction.endorsements) {
            const endorser = asBuffer(endorsement.endorser);
            const identity = msps.find(endorser);
            if (identity === undefined || accepted.has(identity.key)) {
                continue;
            }
            if (signatures.verify(identity, Buffer.concat([response, endorser]), asBuffer(endorsement.signature))) {
                accepted.set(identity.key, identity);
            }
        }
        this.#identities = [...accepted.values()];
    }

    /** A policy that cannot be had or evaluated is not satisfied. */
    satisfies(policy: () => Policy): boolean {
        try {
            policy().evaluateIdentities(this.#identities);
            return true;
        } catch {
            return false;
        }
    }
}
