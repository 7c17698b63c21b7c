// SPDX-License-Identifier: Apache-2.0
import type { ChaincodeConnection } from '../src/chaincode/dialChaincode.js';
import { PairedStream } from '../src/chaincode/testing/pairedStream.js';
import { GrpcCode, GrpcStatus } from '../src/process/grpcStatus.js';
import { asBuffer, decode, encode } from '../src/wire/decode.js';
import { protos } from '../src/wire/protobuf.js';

/** A line of the recorded streams between peer and chaincode: a message, or what happened to the stream. */
export interface RecordedMessage {
    readonly seq: number;
    readonly connection: number;
    readonly direction: string;
    readonly note?: string;
    readonly type?: string | number;
    readonly typeNumber?: number;
    readonly txid?: string;
    readonly channelId?: string;
    readonly payloadBase64?: string;
    readonly messageBase64?: string;
    readonly event?: { readonly eventName?: string; readonly payloadBase64?: string };
}

/** What the peer of the replay sent where the recorded peer sent a message. */
interface Exchange<M extends RecordedMessage> {
    readonly recorded: M;
    readonly expected: object;
    readonly received: object | undefined;
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * One end of a stream, which says what the recorded chaincode said as soon as the peer has sent as many messages as the
 * recorded peer had. Transaction and query ids are the replay's own on the wire and the recorded ones in `exchanges`.
 */
export class ScriptedChaincode<M extends RecordedMessage> {
    readonly exchanges: Exchange<M>[] = [];
    readonly #script: readonly M[];
    readonly #pair = new PairedStream();
    readonly #ownIds: Map<string, string>;
    #next = 0;

    /** `ownIds`: the replay's ids by the recorded ones. Transaction ids are there before they are used, query ids come. */
    constructor(script: readonly M[], ownIds: Map<string, string>) {
        this.#script = script;
        this.#ownIds = ownIds;
        this.#pair.onSent((bytes) => {
            this.#peerSent(bytes);
        });
    }

    connect(): ChaincodeConnection {
        this.#speak();
        return { stream: this.#pair.peer, connected: Promise.resolve(), close: () => undefined };
    }

    /** Everything that the recorded peer sent and the one of the replay did not. */
    missing(): Exchange<M>[] {
        return this.#script
            .slice(this.#next)
            .filter(isFromPeer)
            .map((recorded) => ({ recorded, expected: comparable(bytesOf(recorded)), received: undefined }));
    }

    #peerSent(bytes: Buffer): void {
        const recorded = this.#script[this.#next];
        if (recorded === undefined || !isFromPeer(recorded)) return;
        this.#next += 1;
        const expected = bytesOf(recorded);
        this.#learnQueryIds(expected, bytes);
        this.exchanges.push({
            recorded,
            expected: comparable(expected),
            received: comparable(withIds(bytes, recordedIds(this.#ownIds))),
        });
        this.#speak();
    }

    #speak(): void {
        for (;;) {
            const line = this.#script[this.#next];
            if (line === undefined || isFromPeer(line)) return;
            this.#next += 1;
            if (line.type !== undefined) this.#pair.fromChaincode(withIds(bytesOf(line), this.#ownIds));
            else if (line.direction === 'chaincode') this.#end(line.note ?? '');
        }
    }

    #end(note: string): void {
        const [, code, text] = /^error (\d+) (.*)/s.exec(note) ?? [];
        // A cancelled call was ended from the peer's side, or by the recorder when it was done.
        if (code !== undefined && Number(code) !== GrpcCode.CANCELLED)
            this.#pair.break(new GrpcStatus(Number(code), text ?? ''));
    }

    #learnQueryIds(recorded: Buffer, own: Buffer): void {
        const ownIds = own.toString('latin1').match(uuid) ?? [];
        (recorded.toString('latin1').match(uuid) ?? []).forEach((id, index) => {
            const ownId = ownIds[index];
            if (ownId !== undefined) this.#ownIds.set(id, ownId);
        });
    }
}

function isFromPeer({ type, direction }: RecordedMessage): boolean {
    return type !== undefined && direction === 'peer->chaincode';
}

function bytesOf({ typeNumber, txid, channelId, payloadBase64, messageBase64, event }: RecordedMessage): Buffer {
    if (messageBase64 !== undefined) return Buffer.from(messageBase64, 'base64');
    return encode(protos.ChaincodeMessage, {
        type: typeNumber ?? 0,
        payload: Buffer.from(payloadBase64 ?? '', 'base64'),
        txid: txid ?? '',
        channelId: channelId ?? '',
        ...(event && {
            chaincodeEvent: {
                eventName: event.eventName ?? '',
                payload: Buffer.from(event.payloadBase64 ?? '', 'base64'),
            },
        }),
    });
}

/** Without the proposal that a TRANSACTION carries; Go's decoder puts a random kind of space after `proto:`. */
function comparable(bytes: Buffer): object {
    const { type, txid, channelId, payload } = decode(protos.ChaincodeMessage, bytes, 'ChaincodeMessage');
    return { type, txid, channelId, payload: plainSpaces(asBuffer(payload).toString('latin1')) };
}

const plainSpaces = (latin1: string): string => latin1.replaceAll('\u00c2\u00a0', ' ');

/** Ids are replaced where they stand, also inside of payloads: both kinds have one length each. */
export function withIds(bytes: Uint8Array, ids: ReadonlyMap<string, string>): Buffer {
    let text = Buffer.from(bytes).toString('latin1');
    for (const [from, to] of ids) text = text.replaceAll(from, to);
    return Buffer.from(text, 'latin1');
}

export function recordedIds(ownIds: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    return new Map([...ownIds].map(([recorded, own]) => [own, recorded]));
}
