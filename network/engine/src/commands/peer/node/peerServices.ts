// SPDX-License-Identifier: Apache-2.0
import { peerDeliverServices } from '../../../delivery/peerDelivery.js';
import type { Endorser } from '../../../endorser/endorser.js';
import { ProposalError } from '../../../endorser/proposalError.js';
import type { AccessControl } from '../../../lifecycle/accessControl.js';
import { deliveredPrivateData } from '../../../privateData/deliveredPrivateData.js';
import { receivedRequest } from '../../../process/receivedMessage.js';
import type { ServiceTable } from '../../../process/serviceTable.js';
import { GrpcCode, GrpcStatus } from '../../../process/grpcStatus.js';
import { encode } from '../../../wire/decode.js';
import { protos } from '../../../wire/protobuf.js';
import type { JoinedChannels } from './joinedChannels.js';

/** protos.Endorser: a refused proposal ends the call with status UNKNOWN and Fabric's text. */
export function endorserServices(endorser: Endorser): ServiceTable {
    return {
        '/protos.Endorser/ProcessProposal': {
            kind: 'unary',
            handle: async (bytes) => {
                const signed = receivedRequest(protos.SignedProposal, bytes);
                try {
                    return encode(protos.ProposalResponse, await endorser.processProposal(signed));
                } catch (error) {
                    if (error instanceof ProposalError) throw new GrpcStatus(GrpcCode.UNKNOWN, error.message);
                    throw error;
                }
            },
        },
    };
}

interface DeliveryDependencies {
    readonly channels: JoinedChannels;
    readonly accessControl: AccessControl;
    readonly timeWindowMs: number;
    readonly bindToClientCertificate: boolean;
}

/** protos.Deliver. */
export function deliveryServices(dependencies: DeliveryDependencies): ServiceTable {
    const { channels, accessControl, timeWindowMs, bindToClientCertificate } = dependencies;
    return peerDeliverServices({
        timeWindowMs,
        bindToClientCertificate,
        channel: (channelId) => {
            const channel = channels.get(channelId);
            return (
                channel && {
                    source: channel.source,
                    configSequence: () => channel.configuration().sequence,
                    authorize: (signed, resource) => {
                        accessControl.checkAcl(resource, channelId, signed);
                    },
                    privateData: (number, { identity }) => deliveredPrivateData(channel, number, identity),
                }
            );
        },
    });
}

/** Services of Fabric's peer that the engine does not have are refused by name. */
export function refusedServices(): ServiceTable {
    const refused = ['/protos.Snapshot/Generate', '/protos.Snapshot/Cancel', '/protos.Snapshot/QueryPendings'];
    return Object.fromEntries(
        refused.map((path) => [
            path,
            {
                kind: 'unary',
                handle: () =>
                    Promise.reject(
                        new GrpcStatus(
                            GrpcCode.UNIMPLEMENTED,
                            `${path} is not supported by this engine: it needs Hyperledger Fabric`,
                        ),
                    ),
            },
        ]),
    );
}
