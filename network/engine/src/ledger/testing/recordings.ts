// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BlockMetadataIndex, TxValidationCode } from '../../wire/codes.js';
import { asBuffer, decode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';

/** Recordings of a network of Fabric 3.1.5; README.md there describes them. */
export const recordings = join(__dirname, '../../../fixtures/fabric-3.1.5');

export interface RecordedBlock {
    readonly number: number;
    /** Relative to the folder of the recordings. */
    readonly file: string;
    /** Bytes that the peers stored. */
    readonly peerBytes: Buffer;
    /** The block as the orderer delivered it: without validation codes and commit hash. */
    readonly ordererBlock: common.Block;
    /** sha256 of the orderer's block where it was recorded. */
    readonly ordererSha256: string | undefined;
    readonly finalCodes: Uint8Array;
    /** The codes before state validation: conflicts count as valid. */
    readonly signatureCodes: Uint8Array;
    readonly commitHash: string | null;
    readonly headerHash: string;
    readonly txIds: readonly string[];
    /** True for transactions whose results the recorder wrote by hand instead of endorsing a simulation. */
    readonly forged: readonly boolean[];
}

interface BlockIndexFile {
    readonly blocks: readonly {
        readonly number: number;
        readonly file: string;
        readonly headerHash: string;
        readonly commitHash: string | null;
        readonly ordererBlock: { readonly sha256: string } | null;
        readonly transactions: readonly {
            readonly code: number;
            readonly txid?: string;
            readonly args?: readonly string[];
        }[];
    }[];
}

/** `set`: the chain of the network, or the blocks that only a stand-in orderer would deliver after it. */
export function recordedBlocks(set: 'blocks' | 'crafted', folder = recordings): RecordedBlock[] {
    const index = JSON.parse(readFileSync(join(folder, set, 'index.json'), 'utf8')) as BlockIndexFile;
    return index.blocks.map((entry) => {
        const peerBytes = readFileSync(join(folder, entry.file));
        const codes = entry.transactions.map(({ code }) => code);
        return {
            number: entry.number,
            file: entry.file,
            peerBytes,
            ordererBlock: withoutOutcome(decode(common.Block, peerBytes, 'Block')),
            ordererSha256: entry.ordererBlock?.sha256,
            finalCodes: Uint8Array.from(codes),
            signatureCodes: Uint8Array.from(codes, beforeStateValidation),
            commitHash: entry.commitHash,
            headerHash: entry.headerHash,
            txIds: entry.transactions.map(({ txid }) => txid ?? ''),
            forged: entry.transactions.map(({ args }) => args?.[1] === 'forged'),
        };
    });
}

/** Genesis block of the recorded channel; AuthorityMSP is one of its organisations. */
export function recordedGenesis(): common.Block {
    return decode(common.Block, readFileSync(join(recordings, 'network/genesis.pb')), 'Block');
}

/** Lines of a JSON-lines file of the recordings. */
export function recordedLines<T>(file: string): T[] {
    return readFileSync(join(recordings, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as T);
}

function withoutOutcome(block: common.Block): common.Block {
    const metadata = (block.metadata?.metadata ?? []).map(asBuffer);
    metadata[BlockMetadataIndex.TRANSACTIONS_FILTER] = Buffer.alloc(0);
    metadata[BlockMetadataIndex.COMMIT_HASH] = Buffer.alloc(0);
    return new common.Block({ header: block.header ?? {}, data: block.data ?? {}, metadata: { metadata } });
}

function beforeStateValidation(code: number): number {
    return code === TxValidationCode.MVCC_READ_CONFLICT || code === TxValidationCode.PHANTOM_READ_CONFLICT
        ? TxValidationCode.VALID
        : code;
}
