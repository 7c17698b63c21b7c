// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode, encode } from '../../wire/decode.js';
import type { NewProposal, Signer } from '../../wire/envelope.js';
import { assembleTransaction } from '../../wire/envelope.js';
import { sha256 } from '../../wire/hashing.js';
import { common, protos } from '../../wire/protobuf.js';

interface Endorsed {
    readonly chaincode: string;
    readonly results: Uint8Array;
    readonly endorsers: readonly Signer[];
}

/** The transaction that a client makes of its proposal when these endorsers return these results. */
export function endorsedTransaction(client: Signer, { proposal }: NewProposal, endorsed: Endorsed): common.Envelope {
    const { chaincode, results, endorsers } = endorsed;
    const header = decode(common.Header, asBuffer(proposal.header), 'Header');
    const { input } = decode(protos.ChaincodeProposalPayload, asBuffer(proposal.payload), 'payload');
    const payload = encode(protos.ProposalResponsePayload, {
        proposalHash: sha256(
            asBuffer(header.channelHeader),
            asBuffer(header.signatureHeader),
            encode(protos.ChaincodeProposalPayload, { input }),
        ),
        extension: encode(protos.ChaincodeAction, {
            ...(results.length > 0 && { results }),
            response: { status: 200 },
            chaincodeId: { name: chaincode, version: '1.0' },
        }),
    });
    const responses = endorsers.map((endorser) => ({
        response: { status: 200 },
        payload,
        endorsement: {
            endorser: endorser.serialized,
            signature: endorser.sign(Buffer.concat([payload, endorser.serialized])),
        },
    }));
    return assembleTransaction(client, proposal, responses);
}
