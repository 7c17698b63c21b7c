// SPDX-License-Identifier: Apache-2.0
import type { StateWrite } from './statePort.js';

/**
 * Wire form of the peer's batch messages (fabric-protos peer/chaincode_shim.proto), which fabric-shim 2.5.8 does not
 * have: GetStateMultiple{keys=1, collection=2}, GetStateMultipleResult{values=1}, WriteBatchState{rec=1} and
 * WriteRecord{key=1, value=2, collection=3, type=5}; no collection means public state. Written by hand so that no second copy of fabric-protos enters the process:
 * two copies register in one global namespace and corrupt each other.
 */
export const batchMessageTypes = { writeBatchState: 24, getStateMultiple: 25 } as const;

/** Keys or writes per message, the peer's own default limit. */
export const batchSizeMax = 1000;

const writeTypes = { put: 9, delete: 10 } as const;

/** GetStateMultiple. */
export function encodeGetStateMultiple(keys: readonly string[], collection?: string): Buffer {
    return Buffer.concat([...keys.flatMap((key) => lengthDelimited(1, Buffer.from(key))), ...named(2, collection)]);
}

/** Values of a GetStateMultipleResult in the order of the keys; an absent key has an empty value. */
export function decodeGetStateMultipleResult(payload: Uint8Array): (Uint8Array | undefined)[] {
    const values: (Uint8Array | undefined)[] = [];
    for (let at = 0; at < payload.length;) {
        if (payload[at] !== 0x0a) throw new Error('the peer sent no GetStateMultipleResult');
        const { value: length, next } = readVarint(payload, at + 1);
        if (next + length > payload.length) throw new Error('the peer sent a truncated GetStateMultipleResult');
        values.push(length === 0 ? undefined : payload.subarray(next, next + length));
        at = next + length;
    }
    return values;
}

/** WriteBatchState. */
export function encodeWriteBatchState(writes: readonly StateWrite[], collection?: string): Buffer {
    return Buffer.concat(writes.flatMap((write) => lengthDelimited(1, encodeWriteRecord(write, collection))));
}

function encodeWriteRecord({ key, value }: StateWrite, collection: string | undefined): Buffer {
    const type = value === undefined ? writeTypes.delete : writeTypes.put;
    return Buffer.concat([
        ...lengthDelimited(1, Buffer.from(key)),
        ...(value === undefined ? [] : lengthDelimited(2, value)),
        ...named(3, collection),
        Buffer.from([(5 << 3) | 0, type]),
    ]);
}

function named(field: number, name: string | undefined): readonly Uint8Array[] {
    return name === undefined ? [] : lengthDelimited(field, Buffer.from(name));
}

/** A field's tag and length, and its bytes. */
function lengthDelimited(field: number, bytes: Uint8Array): Uint8Array[] {
    const head = [(field << 3) | 2];
    let rest = bytes.length;
    for (; rest > 127; rest = Math.floor(rest / 128)) head.push((rest % 128) | 128);
    head.push(rest);
    return [Buffer.from(head), bytes];
}

function readVarint(bytes: Uint8Array, from: number): { value: number; next: number } {
    let value = 0;
    let scale = 1;
    for (let at = from; at < bytes.length; at++, scale *= 128) {
        const byte = bytes[at] ?? 0;
        value += (byte & 127) * scale;
        if (byte < 128) return { value, next: at + 1 };
    }
    throw new Error('the peer sent a truncated length');
}
