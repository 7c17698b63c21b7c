// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { encode } from '../wire/decode.js';
import type { Signer } from '../wire/envelope.js';
import { blockDataHash, blockHeaderBytes } from '../wire/hashing.js';
import { common } from '../wire/protobuf.js';

/** The chain's end that the next block is put on. */
interface ChainEnd {
    readonly nextNumber: number;
    /** Header hash of the last block. */
    readonly previousHash: Buffer;
    /** Number of the last configuration block. */
    readonly lastConfig: number;
}

const nonceBytes = 24;

/**
 * A signed block of transactions (orderer/common/multichannel/blockwriter.go). Five metadata entries: SIGNATURES and
 * LAST_CONFIG are the orderer's, TRANSACTIONS_FILTER and COMMIT_HASH are left to each peer. There is no consenter
 * metadata, which is how Fabric writes that no Raft log stands behind a block: a Raft node that takes over later starts
 * cleanly, whereas an invented Raft index would make it skip entries.
 */
export function signedBlock(envelopes: readonly Buffer[], end: ChainEnd, signer: Signer): common.Block.$Properties {
    const data = { data: [...envelopes] };
    const header = {
        ...(end.nextNumber !== 0 && { number: end.nextNumber }),
        previousHash: end.previousHash,
        dataHash: blockDataHash(data),
    };
    const nothing = Buffer.alloc(0);
    const lastConfig = encode(common.LastConfig, end.lastConfig === 0 ? {} : { index: end.lastConfig });
    return {
        header,
        data,
        metadata: {
            metadata: [
                signatureEntry(header, end.lastConfig, signer),
                encode(common.Metadata, lastConfig.length === 0 ? {} : { value: lastConfig }),
                nothing,
                nothing,
                nothing,
            ],
        },
    };
}

/** SIGNATURES: over the entry's value, the signature header and the block header in DER (common.Metadata bytes). */
function signatureEntry(header: common.BlockHeader.$Properties, lastConfig: number, signer: Signer): Buffer {
    const value = encode(common.OrdererBlockMetadata, { lastConfig: lastConfig === 0 ? {} : { index: lastConfig } });
    const signatureHeader = encode(common.SignatureHeader, {
        creator: signer.serialized,
        nonce: randomBytes(nonceBytes),
    });
    const signature = signer.sign(Buffer.concat([value, signatureHeader, blockHeaderBytes(header)]));
    return encode(common.Metadata, { value, signatures: [{ signatureHeader, signature }] });
}
