// SPDX-License-Identifier: Apache-2.0
import { createHash, hash } from 'node:crypto';
import { asBuffer } from './decode.js';
import { DerTag, encodeDer, encodeDerInteger } from './der.js';
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
    return encodeDer(
        DerTag.SEQUENCE,
        encodeDerInteger(header.number ?? 0),
        encodeDer(DerTag.OCTET_STRING, asBuffer(header.previousHash)),
        encodeDer(DerTag.OCTET_STRING, asBuffer(header.dataHash)),
    );
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
