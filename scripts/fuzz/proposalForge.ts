// SPDX-License-Identifier: Apache-2.0
import { encode } from '@power-currency/engine/wire/decode.js';
import type { Signer } from '@power-currency/engine/wire/envelope.js';
import { computeTxId } from '@power-currency/engine/wire/hashing.js';
import { common, protos } from '@power-currency/engine/wire/protobuf.js';
import type { SeededRandom } from '../scenarios/hostile/seededRandom';
import type { Change } from './service';

/** The layers of a signed proposal, from the inside out; `argument` is the chaincode's last one. */
export const proposalLayers = [
    'argument',
    'invocation',
    'proposalPayload',
    'headerExtension',
    'channelHeader',
    'creator',
    'signatureHeader',
    'header',
    'proposal',
    'signature',
    'signedProposal',
] as const;

interface ProposalDraft {
    readonly signer: Signer;
    readonly channelId: string;
    readonly chaincode: string;
    readonly args: readonly Buffer[];
}

/** A signed proposal; the transaction id and the signature are those of what `change` made of the layers below them. */
export function forgeProposal(
    draft: ProposalDraft,
    change: Change,
    random: SeededRandom,
): { txId: string; bytes: Buffer } {
    const nonce = random.bytes(24);
    const creator = change('creator', draft.signer.serialized);
    const txId = computeTxId(nonce, creator);
    const chaincodeId = { name: draft.chaincode };
    const channelHeader = encode(common.ChannelHeader, {
        type: 3,
        timestamp: { seconds: Math.floor(Date.now() / 1000) },
        channelId: draft.channelId,
        txId,
        extension: change('headerExtension', encode(protos.ChaincodeHeaderExtension, { chaincodeId })),
    });
    const header = encode(common.Header, {
        channelHeader: change('channelHeader', channelHeader),
        signatureHeader: change('signatureHeader', encode(common.SignatureHeader, { creator, nonce })),
    });
    const args = draft.args.with(-1, change('argument', draft.args.at(-1) ?? Buffer.alloc(0)));
    const invocation = { chaincodeSpec: { type: 1, chaincodeId, input: { args } } };
    const payload = encode(protos.ChaincodeProposalPayload, {
        input: change('invocation', encode(protos.ChaincodeInvocationSpec, invocation)),
        TransientMap: random.chance(4) ? { secret: Buffer.from('hidden') } : {},
    });
    const proposal = { header: change('header', header), payload: change('proposalPayload', payload) };
    const proposalBytes = change('proposal', encode(protos.Proposal, proposal));
    const signature = change('signature', draft.signer.sign(proposalBytes));
    return { txId, bytes: change('signedProposal', encode(protos.SignedProposal, { proposalBytes, signature })) };
}
