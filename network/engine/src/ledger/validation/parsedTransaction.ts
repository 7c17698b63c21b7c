// SPDX-License-Identifier: Apache-2.0
import { HeaderType } from '../../wire/codes.js';
import { asBuffer, decode } from '../../wire/decode.js';
import { computeTxId } from '../../wire/hashing.js';
import { common, protos } from '../../wire/protobuf.js';
import { parseReadWriteSet, type NamespaceReadWriteSet } from '../simulation/readWriteSet.js';

/**
 * A transaction of a block, each level decoded once, on first use. Validation, MVCC, history, events and delivery share
 * one instance per transaction. A level that does not parse throws MalformedMessageError on every access; bytes are
 * slices of the block and must be copied by whoever keeps them longer.
 */
export class ParsedTransaction {
    readonly envelopeBytes: Buffer;
    readonly #levels = new Map<string, { readonly value?: unknown; readonly failure?: unknown }>();

    constructor(envelopeBytes: Buffer) {
        this.envelopeBytes = envelopeBytes;
    }

    get envelope(): common.Envelope {
        return this.#once('envelope', () => decode(common.Envelope, this.envelopeBytes, 'Envelope'));
    }

    get payload(): common.Payload {
        return this.#once('payload', () => decode(common.Payload, this.envelope.payload, 'Payload'));
    }

    get channelHeaderBytes(): Buffer {
        return asBuffer(this.payload.header?.channelHeader);
    }

    get signatureHeaderBytes(): Buffer {
        return asBuffer(this.payload.header?.signatureHeader);
    }

    get channelHeader(): common.ChannelHeader {
        return this.#once('channelHeader', () =>
            decode(common.ChannelHeader, this.channelHeaderBytes, 'ChannelHeader'),
        );
    }

    get signatureHeader(): common.SignatureHeader {
        return this.#once('signatureHeader', () =>
            decode(common.SignatureHeader, this.signatureHeaderBytes, 'SignatureHeader'),
        );
    }

    /** Header type, undefined when the envelope does not parse. */
    get type(): number | undefined {
        return this.#once('type', () => attempt(() => this.channelHeader.type));
    }

    /**
     * Id under which the transaction is indexed: the header's, else the one computed from nonce and creator (config
     * transactions of an orderer have none of their own), else ''.
     */
    get txId(): string {
        return this.#once(
            'txId',
            () =>
                attempt(
                    () =>
                        this.channelHeader.txId ||
                        computeTxId(asBuffer(this.signatureHeader.nonce), asBuffer(this.signatureHeader.creator)),
                ) ?? '',
        );
    }

    get transaction(): protos.Transaction {
        return this.#once('transaction', () => decode(protos.Transaction, this.payload.data, 'Transaction'));
    }

    /** Payload of the first action; a committer accepts exactly one. */
    get actionPayload(): protos.ChaincodeActionPayload {
        return this.#once('actionPayload', () =>
            decode(
                protos.ChaincodeActionPayload,
                asBuffer(this.transaction.actions[0]?.payload),
                'ChaincodeActionPayload',
            ),
        );
    }

    get endorsements(): readonly protos.Endorsement.$Properties[] {
        return this.actionPayload.action?.endorsements ?? [];
    }

    get proposalResponsePayloadBytes(): Buffer {
        return asBuffer(this.actionPayload.action?.proposalResponsePayload);
    }

    get proposalResponsePayload(): protos.ProposalResponsePayload {
        return this.#once('proposalResponsePayload', () =>
            decode(protos.ProposalResponsePayload, this.proposalResponsePayloadBytes, 'ProposalResponsePayload'),
        );
    }

    get chaincodeAction(): protos.ChaincodeAction {
        return this.#once('chaincodeAction', () =>
            decode(protos.ChaincodeAction, this.proposalResponsePayload.extension, 'ChaincodeAction'),
        );
    }

    get headerExtension(): protos.ChaincodeHeaderExtension {
        return this.#once('headerExtension', () =>
            decode(protos.ChaincodeHeaderExtension, this.channelHeader.extension, 'ChaincodeHeaderExtension'),
        );
    }

    /** The event that the chaincode set, undefined when it set none. */
    get event(): protos.ChaincodeEvent | undefined {
        return this.#once('event', () =>
            this.chaincodeAction.events.length === 0
                ? undefined
                : decode(protos.ChaincodeEvent, this.chaincodeAction.events, 'ChaincodeEvent'),
        );
    }

    get readWriteSet(): readonly NamespaceReadWriteSet[] {
        return this.#once('readWriteSet', () => parseReadWriteSet(this.chaincodeAction.results));
    }

    get isEndorserTransaction(): boolean {
        return this.type === HeaderType.ENDORSER_TRANSACTION;
    }

    get isConfiguration(): boolean {
        return this.type === HeaderType.CONFIG;
    }

    #once<T>(level: string, parse: () => T): T {
        let known = this.#levels.get(level);
        if (known === undefined) {
            try {
                known = { value: parse() };
            } catch (failure) {
                known = { failure };
            }
            this.#levels.set(level, known);
        }
        if ('failure' in known) {
            throw known.failure;
        }
        return known.value as T;
    }
}

/** Wraps an envelope's bytes; nothing is decoded, and nothing can fail, before a level is asked for. */
export function parseTransaction(envelopeBytes: Uint8Array): ParsedTransaction {
    return new ParsedTransaction(asBuffer(envelopeBytes));
}

const parsedBlocks = new WeakMap<object, readonly ParsedTransaction[]>();

/** The transactions of a block; the same instances for the same block object, so that each is parsed once. */
export function parseBlock(block: common.Block.$Properties): readonly ParsedTransaction[] {
    const data = block.data;
    if (!data) {
        return [];
    }
    let parsed = parsedBlocks.get(data);
    if (parsed === undefined) {
        parsed = (data.data ?? []).map(parseTransaction);
        parsedBlocks.set(data, parsed);
    }
    return parsed;
}

function attempt<T>(parse: () => T): T | undefined {
    try {
        return parse();
    } catch {
        return undefined;
    }
}
