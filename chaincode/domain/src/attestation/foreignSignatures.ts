// SPDX-License-Identifier: Apache-2.0
import { fromBase64 } from '../encoding/base64.js';
import { fromHex } from '../encoding/bytes.js';
import { type LosslessJson, members } from '../encoding/json.js';

/** A role and the key that signs for it. */
export interface ForeignSigner {
    readonly role: string;
    readonly publicKey: Uint8Array;
}

export interface ForeignSignature {
    /** The role the file gives the signature, if it does. */
    readonly role: string | undefined;
    readonly signature: Uint8Array;
}

/**
 * Reads `meta.signers`. The AIpowerCoin paper fixes no shape, so the ones in use are read: a list of objects with
 * `role` and a key, or a map from role to key; keys as hexadecimal, with or without 0x, or base64.
 */
export function readForeignSigners(value: LosslessJson): readonly ForeignSigner[] {
    return entriesOf(value, ['public_key', 'pubkey', 'publicKey', 'public', 'pub', 'key']).flatMap(({ role, bytes }) =>
        bytes.length === 32 && role !== undefined ? [{ role, publicKey: bytes }] : [],
    );
}

/** Reads `meta.signatures`, in the same shapes. */
export function readForeignSignatures(value: LosslessJson): readonly ForeignSignature[] {
    return entriesOf(value, ['signature', 'sig', 'value']).flatMap(({ role, bytes }) =>
        bytes.length === 64 ? [{ role, signature: bytes }] : [],
    );
}

interface Entry {
    readonly role: string | undefined;
    readonly bytes: Uint8Array;
}

function entriesOf(value: LosslessJson, fieldNames: readonly string[]): readonly Entry[] {
    if (Array.isArray(value)) {
        return (value as readonly LosslessJson[]).flatMap((item) => entryOf(undefined, item, fieldNames));
    }
    return Object.entries(members(value)).flatMap(([role, item]) => entryOf(role, item, fieldNames));
}

function entryOf(role: string | undefined, item: LosslessJson, fieldNames: readonly string[]): readonly Entry[] {
    if (typeof item === 'string') return [{ role, bytes: bytesOf(item) }];
    const fields = members(item);
    const text = fieldNames.map((name) => fields[name]).find((field) => typeof field === 'string');
    if (text === undefined) return [];
    return [{ role: typeof fields.role === 'string' ? fields.role : role, bytes: bytesOf(text) }];
}

function bytesOf(text: string): Uint8Array {
    return fromHex(text.replace(/^(0x|ed25519:)/i, '')) ?? fromBase64(text) ?? new Uint8Array();
}
