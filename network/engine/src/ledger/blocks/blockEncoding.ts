// SPDX-License-Identifier: Apache-2.0
import { blockMetadataEntries, BlockMetadataIndex } from '../../wire/codes.js';
import { asBuffer, decode, encode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';

const nothing = Buffer.alloc(0);

/** Entry of a block's metadata; empty when it is absent. */
export function blockMetadata(block: common.Block.$Properties, index: number): Buffer {
    return asBuffer(block.metadata?.metadata?.[index]);
}

/** The commit hash that a stored block carries, undefined for block 0 and for blocks of an orderer. */
export function storedCommitHash(block: common.Block.$Properties): Buffer | undefined {
    const entry = blockMetadata(block, BlockMetadataIndex.COMMIT_HASH);
    return entry.length === 0 ? undefined : asBuffer(decode(common.Metadata, entry, 'Metadata').value);
}

/** The block as a peer keeps it: as delivered, with the validation codes and the commit hash in their metadata slots. */
export function withOutcome(
    block: common.Block.$Properties,
    codes: Uint8Array,
    commitHash: Buffer | undefined,
): common.Block.$Properties {
    const metadata = Array.from({ length: blockMetadataEntries }, (_, index) => blockMetadata(block, index));
    metadata[BlockMetadataIndex.TRANSACTIONS_FILTER] = asBuffer(codes);
    metadata[BlockMetadataIndex.COMMIT_HASH] =
        commitHash === undefined ? nothing : encode(common.Metadata, { value: commitHash });
    return { ...block, metadata: { metadata } };
}
