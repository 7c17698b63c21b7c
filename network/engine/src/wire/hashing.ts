// SPDX-License-Identifier: Apache-2.0
import { createHash, hash } from 'node:crypto';
import { asBuffer } from './decode.js';
import type { common } from './protobuf.js';

/** SHA-256 of the concatenation of the parts. */
export function sha256(...parts: readonly Uint8Array[]): Buffer {
    const [only] = parts;
    if (only !== undefined && parts.length === 1) {
        return hash('sha256', only, 'buffer');
    }
    const digest = createHash('sha256');
    for (const part of parts) {
        digest.update(part);
    }
    return digest.digest();
}

/** The ASN.1 form of a block header that is hashed and signed (protoutil.BlockHeaderBytes). */
export function blockHeaderBytes(header: common.BlockHeader.$Properties): Buffer {
    const content = Buffer.concat([
        derInteger(header.number ?? 0),
        derOctetString(asBuffer(header.previousHash)),
        derOctetString(asBuffer(header.dataHash)),
    ]);
    return Buffer.concat([derHead(0x30, content.length), content]);
}

/** The hash that names a block and that its successor carries as previous hash. */
export function blockHeaderHash(header: common.BlockHeader.$Properties): Buffer {
    return sha256(blockHeaderBytes(header));
}

/** The hash over the transactions of a block: plain concatenation, no lengths (protoutil.ComputeBlockDataHash). */
export function blockDataHash(data: common.BlockData.$Properties): Buffer {
    return sha256(...(data.data ?? []));
}

/** The transaction id that follows from the client's nonce and its serialised identity: lower-case hex. */
export function computeTxId(nonce: Uint8Array, creator: Uint8Array): string {
    return sha256(nonce, creator).toString('hex');
}

function derInteger(value: number): Buffer {
    const hex = value.toString(16);
    const magnitude = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
    const isNegativeForm = (magnitude[0] ?? 0) >= 0x80;
    const content = isNegativeForm ? Buffer.concat([Buffer.of(0), magnitude]) : magnitude;
    return Buffer.concat([derHead(0x02, content.length), content]);
}

function derOctetString(content: Buffer): Buffer {
    return Buffer.concat([derHead(0x04, content.length), content]);
}

function derHead(tag: number, length: number): Buffer {
    if (length < 0x80) {
        return Buffer.of(tag, length);
    }
    const hex = length.toString(16);
    const lengthBytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
    return Buffer.concat([Buffer.of(tag, 0x80 | lengthBytes.length), lengthBytes]);
}
