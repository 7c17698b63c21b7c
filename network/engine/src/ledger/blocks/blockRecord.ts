// SPDX-License-Identifier: Apache-2.0
import { crc32 } from 'node:zlib';

/**
 * Before each block, 32 bits little-endian each: its length, the CRC-32 of its bytes, and the CRC-32 of these two. With the
 * last, a flipped bit in the length is told from a block that was never finished.
 */
export const prefixBytes = 12;
const coveredBytes = 8;

export function blockPrefix(bytes: Buffer): Buffer {
    const prefix = Buffer.alloc(prefixBytes);
    prefix.writeUInt32LE(bytes.length, 0);
    prefix.writeUInt32LE(crc32(bytes), 4);
    prefix.writeUInt32LE(crc32(prefix.subarray(0, coveredBytes)), coveredBytes);
    return prefix;
}

/** Length of the block behind a prefix; undefined when the prefix is not as it was written. */
export function blockLength(prefix: Buffer): number | undefined {
    const isWhole = crc32(prefix.subarray(0, coveredBytes)) === prefix.readUInt32LE(coveredBytes);
    const length = prefix.readUInt32LE(0);
    return isWhole && length > 0 ? length : undefined;
}

/** Whether a prefix and the bytes behind it are one block as it was written. */
export function isWholeBlock(prefix: Buffer, bytes: Buffer): boolean {
    return blockLength(prefix) === bytes.length && crc32(bytes) === prefix.readUInt32LE(4);
}
