// SPDX-License-Identifier: Apache-2.0
import { decode } from '../wire/decode.js';
import { protos } from '../wire/protobuf.js';
import { MessageType, messageTypeName } from './messageType.js';

/** One request of a chaincode to its peer. */
interface ShimCall {
    readonly type: string;
    /** Keys, ranges or the chaincode that it concerns. */
    readonly subject: string;
    /** Milliseconds since the chaincode was called. */
    readonly atMs: number;
    durationMs: number;
    error: string | null;
}

const callsMax = 100;
const subjectCharactersMax = 200;
/** Larger requests are noted by their size: decoding them a second time would cost more than it tells. */
const decodedBytesMax = 16 * 1024;

/** Notes what a chaincode asks of its peer during one transaction, the first hundred requests of it. */
export class ShimCalls {
    readonly calls: ShimCall[] = [];
    readonly #started: number;
    #dropped = 0;

    constructor(started = performance.now()) {
        this.#started = started;
    }

    /** Requests beyond those noted. */
    get dropped(): number {
        return this.#dropped;
    }

    /** Notes a request; the function that it returns is called with the answer's error, if there is one. */
    begin(type: number, payload: Buffer): (error?: string) => void {
        if (this.calls.length >= callsMax) {
            this.#dropped++;
            return () => undefined;
        }
        const started = performance.now();
        const subject = subjectOf(type, payload).slice(0, subjectCharactersMax);
        const call = {
            type: messageTypeName(type),
            subject,
            atMs: started - this.#started,
            durationMs: 0,
            error: null,
        };
        this.calls.push(call);
        return (error) => {
            Object.assign(call, { durationMs: performance.now() - started, error: error ?? null });
        };
    }
}

const subjects: ReadonlyMap<number, (payload: Buffer) => string> = new Map<number, (payload: Buffer) => string>([
    [MessageType.GET_STATE, (payload) => keyOf(decode(protos.GetState, payload, 'GetState'))],
    [MessageType.PUT_STATE, (payload) => keyOf(decode(protos.PutState, payload, 'PutState'))],
    [MessageType.DEL_STATE, (payload) => keyOf(decode(protos.DelState, payload, 'DelState'))],
    [MessageType.GET_STATE_METADATA, (payload) => keyOf(decode(protos.GetStateMetadata, payload, 'GetStateMetadata'))],
    [MessageType.PUT_STATE_METADATA, (payload) => keyOf(decode(protos.PutStateMetadata, payload, 'PutStateMetadata'))],
    [MessageType.GET_PRIVATE_DATA_HASH, (payload) => keyOf(decode(protos.GetState, payload, 'GetState'))],
    [
        MessageType.GET_STATE_MULTIPLE,
        (payload) => {
            const { keys, collection } = decode(protos.GetStateMultiple, payload, 'GetStateMultiple');
            return keys.map((key) => keyOf({ key, collection })).join(' ');
        },
    ],
    [
        MessageType.WRITE_BATCH_STATE,
        (payload) => {
            const { rec } = decode(protos.WriteBatchState, payload, 'WriteBatchState');
            return rec.map(({ key, collection }) => keyOf({ key: key ?? '', collection: collection ?? '' })).join(' ');
        },
    ],
    [
        MessageType.GET_STATE_BY_RANGE,
        (payload) => {
            const { startKey, endKey, collection } = decode(protos.GetStateByRange, payload, 'GetStateByRange');
            return `${keyOf({ key: startKey, collection })} … ${endKey}`;
        },
    ],
    [MessageType.GET_HISTORY_FOR_KEY, (payload) => decode(protos.GetHistoryForKey, payload, 'GetHistoryForKey').key],
    [
        MessageType.INVOKE_CHAINCODE,
        (payload) => decode(protos.ChaincodeSpec, payload, 'ChaincodeSpec').chaincodeId?.name ?? '',
    ],
]);

function keyOf({ key, collection }: { readonly key: string; readonly collection: string }): string {
    return collection === '' ? key : `${collection}/${key}`;
}

/** What does not parse is refused by whoever answers it; here it has no subject. */
function subjectOf(type: number, payload: Buffer): string {
    if (payload.length > decodedBytesMax) return `${String(payload.length)} bytes`;
    try {
        return subjects.get(type)?.(payload) ?? '';
    } catch {
        return '';
    }
}
