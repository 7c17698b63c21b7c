// SPDX-License-Identifier: Apache-2.0
import { logger } from '../../../process/logging.js';
import { decode, encode } from '../../../wire/decode.js';
import { lifecycle, type protos } from '../../../wire/protobuf.js';
import type { Invocation } from '../commandLine.js';
import { proposalResponseText } from '../goText.js';
import { processProposal, responseOf } from '../processProposal.js';
import { lifecycleProposal, withLifecycle } from './lifecycleCall.js';
import { readPackage } from './readPackage.js';
import { failure } from '../failure.js';

const log = logger('cli.lifecycle.chaincode');

/** `peer lifecycle chaincode install FILE` */
export function install(invocation: Invocation): Promise<void> {
    return withLifecycle(invocation, async ({ signer, peers: [peer] }) => {
        const [file] = invocation.operands;
        if (file === undefined || file === '') {
            throw new Error('chaincode install package must be provided');
        }
        const args = encode(lifecycle.InstallChaincodeArgs, { chaincodeInstallPackage: readPackage(file) });
        const { signedProposal } = lifecycleProposal(signer, '', 'InstallChaincode', args);
        const answer = await processProposal(peer, signedProposal).catch(
            failure('failed to endorse chaincode install'),
        );
        submitInstallProposal(answer);
    });
}

function submitInstallProposal(answer: protos.ProposalResponse): void {
    const { status, message, payload } = responseOf(answer);
    if (status !== 200) {
        throw new Error(`chaincode install failed with status: ${String(status)} - ${message}`);
    }
    log.info(`Installed remotely: ${proposalResponseText(answer)}`);
    const { packageId } = decode(lifecycle.InstallChaincodeResult, payload, 'InstallChaincodeResult');
    log.info(`Chaincode code package identifier: ${packageId}`);
}
