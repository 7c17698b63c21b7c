// SPDX-License-Identifier: Apache-2.0
import type { Logger } from '../../process/logging.js';
import { decode } from '../../wire/decode.js';
import { newSignedProposal, type Signer } from '../../wire/envelope.js';
import { common } from '../../wire/protobuf.js';
import { failure } from './failure.js';
import type { PeerConnection } from './peerConnections.js';
import { processProposal, responseOf } from './processProposal.js';

/**
 * The orderers to send a transaction to: those of `-o`, else the first that the peer's channel configuration names.
 * @throws Error with Fabric's text (internal/peer/common/common.go, GetOrdererEndpointOfChain).
 */
export async function ordererEndpoints(
    flag: string,
    peer: PeerConnection,
    signer: Signer,
    channelId: string,
    log: Logger,
): Promise<readonly string[]> {
    if (flag !== '') {
        return flag.split(',');
    }
    const [first] = await configuredEndpoints(peer, signer, channelId);
    if (first === undefined) {
        throw new Error(
            `no orderer endpoints retrieved for channel ${channelId}, pass orderer endpoint with -o flag instead`,
        );
    }
    log.info(`Retrieved channel (${channelId}) orderer endpoint: ${first}`);
    return [first];
}

async function configuredEndpoints(
    peer: PeerConnection,
    signer: Signer,
    channelId: string,
): Promise<readonly string[]> {
    const args = [Buffer.from('GetChannelConfig'), Buffer.from(channelId)];
    const { signedProposal } = newSignedProposal(signer, { channelId: '', chaincode: 'cscc', args });
    const context = `error getting channel (${channelId}) orderer endpoint`;
    const answer = responseOf(
        await processProposal(peer, signedProposal).catch(failure(`${context}: error endorsing GetChannelConfig`)),
    );
    if (answer.status !== 0 && answer.status !== 200) {
        throw new Error(`${context}: error bad proposal response ${String(answer.status)}: ${answer.message}`);
    }
    const channelGroup = decode(common.Config, answer.payload, 'Config').channelGroup ?? {};
    const organisations = Object.values(channelGroup.groups?.Orderer?.groups ?? {});
    const own = organisations.flatMap(({ values }) => addresses(values?.Endpoints));
    return own.length > 0 ? own : addresses(channelGroup.values?.OrdererAddresses);
}

function addresses(value: common.ConfigValue.$Properties | null | undefined): readonly string[] {
    const bytes = value?.value;
    return bytes === null || bytes === undefined
        ? []
        : decode(common.OrdererAddresses, bytes, 'OrdererAddresses').addresses;
}
