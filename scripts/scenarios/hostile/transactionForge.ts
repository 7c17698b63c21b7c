// SPDX-License-Identifier: Apache-2.0
import { encode } from '@power-currency/engine/wire/decode.js';
import { computeTxId, sha256 } from '@power-currency/engine/wire/hashing.js';
import type { Signer } from '@power-currency/engine/wire/envelope.js';
import { common, kvrwset, protos, rwset } from '@power-currency/engine/wire/protobuf.js';
import { randomBytes } from 'node:crypto';
import { lengthDelimited, writeFields, type Field } from './wireFields';

/** The messages a transaction is made of, from the inside out. */
export const levels = [
    'headerExtension',
    'channelHeader',
    'signatureHeader',
    'proposalPayload',
    'keyValueSet',
    'hashedSet',
    'results',
    'event',
    'chaincodeAction',
    'proposalResponsePayload',
    'endorsement',
    'actionPayload',
    'transaction',
    'payload',
    'envelope',
] as const;
type Level = (typeof levels)[number];

interface NamespaceWrites {
    readonly namespace: string;
    readonly set: kvrwset.KVRWSet.$Properties;
    readonly collections?: readonly { readonly name: string; readonly set: kvrwset.HashedRWSet.$Properties }[];
}

export interface Draft {
    readonly namespaces: readonly NamespaceWrites[];
    readonly chaincode?: string;
    readonly version?: string;
    readonly event?: protos.ChaincodeEvent.$Properties;
    readonly endorsers?: readonly Signer[];
    readonly type?: number;
    readonly txId?: string;
    /** What becomes of a message's bytes; everything around it is computed and signed over what is returned. */
    readonly change?: (level: Level, bytes: Buffer) => Buffer;
}

/** Writes transactions as nobody's chaincode would, with endorsements and signatures that are genuine. */
export class TransactionForge {
    readonly #client: Signer;
    readonly #endorsers: readonly Signer[];
    readonly #channelId: string;
    readonly #chaincode: string;

    constructor(client: Signer, endorsers: readonly Signer[], channelId: string, chaincode: string) {
        this.#client = client;
        this.#endorsers = endorsers;
        this.#channelId = channelId;
        this.#chaincode = chaincode;
    }

    /** Bytes of the signed envelope. */
    forge(draft: Draft): Buffer {
        const change = draft.change ?? ((_: Level, bytes: Buffer): Buffer => bytes);
        const header = this.#header(draft, change);
        const input = { chaincodeSpec: { type: 1, chaincodeId: { name: this.#nameOf(draft) }, input: { args: [] } } };
        const proposalPayload = change(
            'proposalPayload',
            encode(protos.ChaincodeProposalPayload, { input: encode(protos.ChaincodeInvocationSpec, input) }),
        );
        const proposalHash = sha256(header.channelHeader, header.signatureHeader, proposalPayload);
        const extension = this.#chaincodeAction(draft, change);
        const response = change(
            'proposalResponsePayload',
            encode(protos.ProposalResponsePayload, { proposalHash, extension }),
        );
        const endorsements = (draft.endorsers ?? this.#endorsers).map((endorser) => endorse(endorser, response));
        const action = writeFields([
            bytesField(1, response),
            ...endorsements.map((bytes) => bytesField(2, change('endorsement', bytes))),
        ]);
        const actionPayload = writeFields([bytesField(1, proposalPayload), bytesField(2, action)]);
        return this.#envelope(header, change('actionPayload', actionPayload), change);
    }

    #envelope(
        header: { channelHeader: Buffer; signatureHeader: Buffer },
        actionPayload: Buffer,
        change: (level: Level, bytes: Buffer) => Buffer,
    ): Buffer {
        const transaction = encode(protos.Transaction, {
            actions: [{ header: header.signatureHeader, payload: actionPayload }],
        });
        const data = change('transaction', transaction);
        const payload = change('payload', encode(common.Payload, { header, data }));
        const signature = this.#client.sign(payload);
        return change('envelope', encode(common.Envelope, { payload, signature }));
    }

    #header(
        draft: Draft,
        change: (level: Level, bytes: Buffer) => Buffer,
    ): { channelHeader: Buffer; signatureHeader: Buffer } {
        const nonce = randomBytes(24);
        const creator = this.#client.serialized;
        const extension = change(
            'headerExtension',
            encode(protos.ChaincodeHeaderExtension, { chaincodeId: { name: this.#nameOf(draft) } }),
        );
        const channelHeader = encode(common.ChannelHeader, {
            type: draft.type ?? 3,
            timestamp: { seconds: Math.floor(Date.now() / 1000) },
            channelId: this.#channelId,
            txId: draft.txId ?? computeTxId(nonce, creator),
            extension,
        });
        return {
            channelHeader: change('channelHeader', channelHeader),
            signatureHeader: change('signatureHeader', encode(common.SignatureHeader, { creator, nonce })),
        };
    }

    #chaincodeAction(draft: Draft, change: (level: Level, bytes: Buffer) => Buffer): Buffer {
        const nsRwset = draft.namespaces.map(({ namespace, set, collections }) => ({
            namespace,
            rwset: change('keyValueSet', encode(kvrwset.KVRWSet, set)),
            collectionHashedRwset: (collections ?? []).map((collection) => ({
                collectionName: collection.name,
                hashedRwset: change('hashedSet', encode(kvrwset.HashedRWSet, collection.set)),
                pvtRwsetHash: sha256(Buffer.from(collection.name)),
            })),
        }));
        const event = draft.event && change('event', encode(protos.ChaincodeEvent, draft.event));
        const action = encode(protos.ChaincodeAction, {
            results: change('results', encode(rwset.TxReadWriteSet, { nsRwset })),
            ...(event && { events: event }),
            response: { status: 200 },
            chaincodeId: { name: this.#nameOf(draft), version: draft.version ?? '1.0' },
        });
        return change('chaincodeAction', action);
    }

    #nameOf(draft: Draft): string {
        return draft.chaincode ?? this.#chaincode;
    }
}

function endorse(endorser: Signer, response: Buffer): Buffer {
    const signature = endorser.sign(Buffer.concat([response, endorser.serialized]));
    return encode(protos.Endorsement, { endorser: endorser.serialized, signature });
}

const bytesField = (number: number, value: Buffer): Field => ({ number, wireType: lengthDelimited, value });
