// SPDX-License-Identifier: Apache-2.0
import { GrpcCode } from '../process/grpcStatus.js';
import { asBuffer, decode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { common, protos } from '../wire/protobuf.js';
import { gatewayError } from './gatewayError.js';

/** What the gateway needs of a client's proposal. Channel and chaincode are the proposal's own, not the request's. */
export interface ProposedTransaction {
    readonly signed: protos.SignedProposal.$Properties;
    readonly proposal: protos.Proposal;
    readonly channelId: string;
    readonly chaincode: string;
    readonly hasTransient: boolean;
}

/** Throws INVALID_ARGUMENT; `missing` is the text for a request without a proposal. */
export function readProposedTransaction(
    signed: protos.SignedProposal.$Properties | null | undefined,
    missing: string,
    context = '',
): ProposedTransaction {
    if (!signed) throw gatewayError(GrpcCode.INVALID_ARGUMENT, context + missing);
    try {
        return read(signed);
    } catch (error) {
        const reason = errorText(error);
        throw gatewayError(GrpcCode.INVALID_ARGUMENT, context + reason);
    }
}

function read(signed: protos.SignedProposal.$Properties): ProposedTransaction {
    const proposal = decode(protos.Proposal, asBuffer(signed.proposalBytes), 'Proposal');
    const header = decode(common.Header, asBuffer(proposal.header), 'Header');
    const { channelId } = decode(common.ChannelHeader, asBuffer(header.channelHeader), 'ChannelHeader');
    if (channelId === '') throw new Error('no channel id provided');
    const payload = decode(protos.ChaincodeProposalPayload, asBuffer(proposal.payload), 'ChaincodeProposalPayload');
    const { chaincodeSpec } = decode(
        protos.ChaincodeInvocationSpec,
        asBuffer(payload.input),
        'ChaincodeInvocationSpec',
    );
    if (!chaincodeSpec) throw new Error(`no chaincode spec is provided, channel id [${channelId}]`);
    if (!chaincodeSpec.chaincodeId) throw new Error(`no chaincode id is provided, channel id [${channelId}]`);
    const chaincode = chaincodeSpec.chaincodeId.name ?? '';
    if (chaincode === '') throw new Error(`no chaincode name is provided, channel id [${channelId}]`);
    return { signed, proposal, channelId, chaincode, hasTransient: Object.keys(payload.TransientMap).length > 0 };
}
