// SPDX-License-Identifier: Apache-2.0
import { errorText } from './errorText.js';
import { GoReader } from './goReader.js';

/** Bytes that are not the protobuf message they should be. */
export class MalformedMessageError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = 'MalformedMessageError';
    }
}

export interface Decodable<T> {
    decode(reader: GoReader): T;
}

export interface Encodable<P> {
    encode(message: P): { finish(): Uint8Array };
}

/**
 * Parses a message; `what` names it in the error, as Fabric's protoutil does ("error unmarshalling Envelope: …").
 * Byte fields are slices of `bytes`: copy what must outlive it.
 */
export function decode<T>(type: Decodable<T>, bytes: Uint8Array, what: string): T {
    try {
        return type.decode(new GoReader(asBuffer(bytes)));
    } catch (cause) {
        const reason = errorText(cause);
        throw new MalformedMessageError(`error unmarshalling ${what}: ${reason}`, { cause });
    }
}

/** Serialises a message. A field set to its default explicitly is written: leave it undefined to omit it, as Go does. */
export function encode<P>(type: Encodable<P>, message: P): Buffer {
    return asBuffer(type.encode(message).finish());
}

/** The same memory seen as a Buffer; absent bytes are empty, as in Go. */
export function asBuffer(bytes: Uint8Array | null | undefined): Buffer {
    if (bytes === null || bytes === undefined) {
        return Buffer.alloc(0);
    }
    return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
