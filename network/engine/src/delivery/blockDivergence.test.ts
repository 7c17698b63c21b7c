// SPDX-License-Identifier: Apache-2.0
import { recordedBlocks } from '../ledger/testing/recordings.js';
import { BlockMetadataIndex } from '../wire/codes.js';
import { decode, encode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';
import { blockDivergence } from './blockDivergence.js';

// A recorded block in which a transaction lost a conflict.
const recorded = recordedBlocks('blocks').find(({ finalCodes }) => finalCodes.includes(11))!;
const block = (): common.Block => decode(common.Block, recorded.peerBytes, 'Block');

function changed(change: (metadata: Buffer[]) => void): common.Block {
    const copy = block();
    const metadata = copy.metadata!.metadata!.map((entry) => Buffer.from(entry));
    change(metadata);
    copy.metadata!.metadata = metadata;
    return decode(common.Block, encode(common.Block, copy), 'Block');
}

test('equal blocks do not differ', () => {
    expect(blockDivergence(block(), block(), 'peer:1')).toBeUndefined();
});

test('another validation code is named with its transaction and the keys that it writes', () => {
    const index = recorded.finalCodes.indexOf(11);
    const theirs = changed((metadata) => {
        metadata[BlockMetadataIndex.TRANSACTIONS_FILTER]![index] = 0;
    });
    const difference = blockDivergence(block(), theirs, 'peer:1');
    expect(difference).toContain(`block ${String(recorded.number)}: transaction ${String(index)} (`);
    expect(difference).toContain(recorded.txIds[index]);
    expect(difference).toMatch(/, which writes keys? vector\/".*", is MVCC_READ_CONFLICT here and VALID at peer:1$/);
});

test('another commit hash under equal codes names the valid transactions and their keys', () => {
    const theirs = changed((metadata) => {
        metadata[BlockMetadataIndex.COMMIT_HASH]![20]! ^= 1;
    });
    const difference = blockDivergence(block(), theirs, 'peer:1');
    expect(difference).toContain('another commit hash here than at peer:1, with the same validation codes');
    expect(difference).toContain(recorded.txIds[recorded.finalCodes.indexOf(0)]);
    expect(difference).not.toContain(recorded.txIds[recorded.finalCodes.indexOf(11)]);
});

test('a missing code or commit hash differs too', () => {
    const entries = [BlockMetadataIndex.TRANSACTIONS_FILTER, BlockMetadataIndex.COMMIT_HASH];
    for (const entry of entries) {
        const theirs = changed((metadata) => {
            metadata[entry] = Buffer.alloc(0);
        });
        expect(blockDivergence(block(), theirs, 'peer:1')).toBeDefined();
    }
});

test('another header is another chain', () => {
    const theirs = block();
    theirs.header!.dataHash = Buffer.alloc(32);
    expect(blockDivergence(block(), theirs, 'peer:1')).toMatch(/^block \d+ has header hash [0-9a-f]{64} here and /);
});
