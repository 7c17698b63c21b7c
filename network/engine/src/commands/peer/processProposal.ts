// SPDX-License-Identifier: Apache-2.0
import { decode, encode } from '../../wire/decode.js';
import { protos } from '../../wire/protobuf.js';
import { grpcErrorText } from './grpcErrorText.js';
import type { PeerConnection } from './peerConnections.js';

/** Has a peer endorse a proposal. @throws Error with the text of Go's gRPC when the call fails. */
export async function processProposal(
    { channel }: PeerConnection,
    signedProposal: protos.SignedProposal,
): Promise<protos.ProposalResponse> {
    try {
        const request = encode(protos.SignedProposal, signedProposal);
        const answer = await channel.unary('/protos.Endorser/ProcessProposal', request);
        return decode(protos.ProposalResponse, answer, 'ProposalResponse');
    } catch (error) {
        throw new Error(grpcErrorText(error), { cause: error });
    }
}

/** Status, message and payload of a response; zero values where the peer sent none. */
export function responseOf({ response }: protos.ProposalResponse): {
    status: number;
    message: string;
    payload: Buffer;
} {
    const { status, message, payload } = response ?? {};
    return { status: status ?? 0, message: message ?? '', payload: Buffer.from(payload ?? []) };
}
