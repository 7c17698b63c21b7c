// SPDX-License-Identifier: Apache-2.0
import { parseBlock, type ParsedTransaction } from '../src/ledger/validation/parsedTransaction.js';
import { asBuffer, decode, encode } from '../src/wire/decode.js';
import { newSignedProposal } from '../src/wire/envelope.js';
import { common, protos } from '../src/wire/protobuf.js';
import { millisecondsOf } from './recordedTime.js';
import type { Recordings } from './recordings.js';
import { recordedIdentity } from './replayedPeer.js';
import { unrecordedSigner } from './unrecordedSignatures.js';

/** What the recordings tell about a proposal whose bytes they do not keep. */
interface ProposalFacts {
    /** As recorded; a transaction that is on the chain is proposed with its own header again. */
    readonly txId: string;
    readonly creator: string;
    readonly channelId: string;
    readonly chaincode: string;
    readonly args: readonly Uint8Array[];
    /** Keys of transient data; values are not recorded. */
    readonly transientKeys?: readonly string[];
    readonly sentAt: Date;
}

export interface ReplayedProposal {
    readonly signed: protos.SignedProposal.$Properties;
    /** Another than the recorded one when its nonce is nowhere recorded. */
    readonly txId: string;
    /** The transaction of the chain that came of it. */
    readonly transaction?: ParsedTransaction;
}

/** Makes recorded proposals again. */
export class RecordedProposals {
    readonly #recordings: Recordings;
    readonly #transactions: ReadonlyMap<string, ParsedTransaction>;

    constructor(recordings: Recordings) {
        this.#recordings = recordings;
        const all = recordings.blocks('blocks').flatMap(({ ordererBlock }) => parseBlock(ordererBlock));
        // Reversed, since the same transaction may be on the chain twice and the first one counts.
        this.#transactions = new Map(all.reverse().map((transaction) => [transaction.txId, transaction]));
    }

    transaction(txId: string): ParsedTransaction | undefined {
        return this.#transactions.get(txId);
    }

    /** When a transaction of the chain was proposed, in milliseconds; 0 for any other. */
    proposedAtMs(txId: string): number {
        const transaction = this.transaction(txId);
        return transaction === undefined ? 0 : millisecondsOf(transaction.envelopeBytes);
    }

    make(facts: ProposalFacts): ReplayedProposal {
        const transaction = this.transaction(facts.txId);
        if (transaction !== undefined) return this.#fromChain(transaction, facts);
        const { creator, channelId, chaincode, args, sentAt } = facts;
        const identity = recordedIdentity(this.#recordings, creator);
        const mspId = this.#recordings.mspId(creator.split('@')[1] ?? '');
        const { txId, signedProposal } = newSignedProposal(unrecordedSigner(mspId, identity), {
            channelId,
            chaincode,
            args,
            timestamp: sentAt,
            transient: transientOf(facts),
        });
        return { signed: signedProposal, txId };
    }

    #fromChain(transaction: ParsedTransaction, facts: ProposalFacts): ReplayedProposal {
        const { chaincodeProposalPayload } = transaction.actionPayload;
        const { input } = decode(protos.ChaincodeProposalPayload, chaincodeProposalPayload, 'ChaincodeProposalPayload');
        const proposalBytes = encode(protos.Proposal, {
            header: encode(common.Header, {
                channelHeader: transaction.channelHeaderBytes,
                signatureHeader: transaction.signatureHeaderBytes,
            }),
            payload: encode(protos.ChaincodeProposalPayload, {
                input: asBuffer(input),
                TransientMap: transientOf(facts),
            }),
        });
        const signature = unrecordedSigner('', Buffer.alloc(0)).sign(proposalBytes);
        return { signed: { proposalBytes, signature }, txId: transaction.txId, transaction };
    }
}

function transientOf({ transientKeys }: ProposalFacts): Record<string, Buffer> {
    return Object.fromEntries((transientKeys ?? []).map((key) => [key, Buffer.from(`not recorded: ${key}`)]));
}

/** When a proposal says it was made, in milliseconds; 0 when there is nothing to read. */
export function proposedAtMs(signedProposal: Uint8Array): number {
    try {
        const { proposalBytes } = decode(protos.SignedProposal, signedProposal, 'SignedProposal');
        // The header of a proposal stands where that of an envelope's payload does.
        return millisecondsOf(encode(common.Envelope, { payload: asBuffer(proposalBytes) }));
    } catch {
        return 0;
    }
}
