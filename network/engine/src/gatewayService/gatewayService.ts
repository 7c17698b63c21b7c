// SPDX-License-Identifier: Apache-2.0
import type { ChaincodeCatalog } from '../endorser/chaincodeCatalog.js';
import type { AccessControl } from '../lifecycle/accessControl.js';
import type { PeerChannels } from '../lifecycle/peerChannels.js';
import { receivedRequest } from '../process/receivedMessage.js';
import type { ServiceTable } from '../process/serviceTable.js';
import { Turnstile } from '../process/turnstile.js';
import { encode } from '../wire/decode.js';
import { gateway } from '../wire/protobuf.js';
import { Candidates } from './candidates.js';
import { ChaincodeEvents } from './chaincodeEvents.js';
import { CommitStatus } from './commitStatus.js';
import { endorse } from './endorse.js';
import { evaluate } from './evaluate.js';
import type { NetworkOrderers } from './networkOrderers.js';
import type { NetworkPeers } from './networkPeers.js';
import { submit } from './submit.js';

interface GatewayOptions {
    readonly channels: PeerChannels;
    readonly accessControl: AccessControl;
    readonly catalog: ChaincodeCatalog;
    readonly peers: Pick<NetworkPeers, 'membersOf'>;
    readonly orderers: Pick<NetworkOrderers, 'of'>;
    /** Organisation of the gateway's peer. */
    readonly mspId: string;
    readonly broadcastTimeoutMs: number;
}

/** The five methods of gateway.Gateway (internal/pkg/gateway). */
export function gatewayServices(options: GatewayOptions): ServiceTable {
    const { channels, accessControl, catalog, peers, orderers, mspId, broadcastTimeoutMs } = options;
    const candidates = new Candidates(peers, catalog);
    const commitStatus = new CommitStatus({ channels, accessControl });
    const chaincodeEvents = new ChaincodeEvents({ channels, accessControl });
    // The orderer's batch timer runs from the first transaction of a block: that one is not to wait for the last.
    const endorsing = new Turnstile();
    return {
        '/gateway.Gateway/Evaluate': {
            kind: 'unary',
            handle: async (bytes, { signal }) => {
                const request = receivedRequest(gateway.EvaluateRequest, bytes);
                return encode(
                    gateway.EvaluateResponse,
                    await evaluate(request, { channels, candidates, mspId }, signal),
                );
            },
        },
        '/gateway.Gateway/Endorse': {
            kind: 'unary',
            handle: async (bytes, { signal }) => {
                await endorsing.enter();
                const request = receivedRequest(gateway.EndorseRequest, bytes);
                return encode(
                    gateway.EndorseResponse,
                    await endorse(request, { channels, candidates, catalog, mspId }, signal),
                );
            },
        },
        '/gateway.Gateway/Submit': {
            kind: 'unary',
            handle: async (bytes, { signal }) => {
                const request = receivedRequest(gateway.SubmitRequest, bytes);
                const dependencies = { channels, orderers, broadcastTimeoutMs };
                return encode(gateway.SubmitResponse, await submit(request, dependencies, signal));
            },
        },
        '/gateway.Gateway/CommitStatus': {
            kind: 'unary',
            handle: async (bytes, call) => {
                const request = receivedRequest(gateway.SignedCommitStatusRequest, bytes);
                return encode(gateway.CommitStatusResponse, await commitStatus.handle(request, call));
            },
        },
        '/gateway.Gateway/ChaincodeEvents': {
            kind: 'serverStream',
            handle: (bytes, stream, { signal }) =>
                chaincodeEvents.handle(receivedRequest(gateway.SignedChaincodeEventsRequest, bytes), stream, signal),
        },
    };
}
