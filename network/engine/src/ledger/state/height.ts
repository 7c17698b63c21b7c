// SPDX-License-Identifier: Apache-2.0
import { encodeOrderPreservingVarint } from '../../wire/orderedBytes.js';
import type { kvrwset } from '../../wire/protobuf.js';

/** Where a value was written: block number and index of the transaction in it. */
export interface Version {
    readonly blockNum: number;
    readonly txNum: number;
}

/** True when both are absent or both name the same transaction. */
export function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
    if (a === undefined || b === undefined) {
        return a === b;
    }
    return a.blockNum === b.blockNum && a.txNum === b.txNum;
}

/** True when `a` was written by a later transaction than `b`. */
export function isAfter(a: Version, b: Version): boolean {
    return a.blockNum > b.blockNum || (a.blockNum === b.blockNum && a.txNum > b.txNum);
}

/** Version of a read-set entry; an absent message means that the key did not exist, an empty one means (0, 0). */
export function versionOfRead(message: kvrwset.Version.$Properties | null | undefined): Version | undefined {
    return message ? { blockNum: message.blockNum ?? 0, txNum: message.txNum ?? 0 } : undefined;
}

/** Read-set form of a version; zero fields are left out, as proto3 asks. */
export function versionMessage(version: Version): kvrwset.Version.$Properties {
    return {
        ...(version.blockNum !== 0 && { blockNum: version.blockNum }),
        ...(version.txNum !== 0 && { txNum: version.txNum }),
    };
}

/** All keys that a transaction writes share one version, and each is written in several forms. */
let last: { readonly version: Version; readonly bytes: Buffer } | undefined;

/** Order-preserving bytes of a version (core/ledger/internal/version). Do not change them. */
export function versionBytes(version: Version): Buffer {
    if (last?.version !== version) {
        const parts = [encodeOrderPreservingVarint(version.blockNum), encodeOrderPreservingVarint(version.txNum)];
        last = { version, bytes: Buffer.concat(parts) };
    }
    return last.bytes;
}

/** Inverse of {@link versionBytes}; throws RangeError on bytes of another form. */
export function parseVersion(bytes: Uint8Array): Version {
    const block = readOrderPreservingVarint(bytes, 0);
    const tx = readOrderPreservingVarint(bytes, block.next);
    return { blockNum: block.value, txNum: tx.value };
}

/** One number of the form that encodeOrderPreservingVarint writes, and the offset behind it. */
export function readOrderPreservingVarint(bytes: Uint8Array, offset: number): { value: number; next: number } {
    const size = bytes[offset];
    if (size === undefined || size > 7 || offset + 1 + size > bytes.length) {
        throw new RangeError(`no order-preserving number at offset ${String(offset)}`);
    }
    let value = 0;
    for (let i = 1; i <= size; i++) {
        value = value * 256 + (bytes[offset + i] ?? 0);
    }
    return { value, next: offset + 1 + size };
}

/** The form in which Fabric prints a height in errors. */
export function formatVersion(version: Version | undefined): string {
    return version === undefined ? '<nil>' : `{BlockNum: ${String(version.blockNum)}, TxNum: ${String(version.txNum)}}`;
}
