// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../wire/decode.js';
import { sha256 } from '../../wire/hashing.js';
import { kvrwset } from '../../wire/protobuf.js';
import { RangeResults } from './rangeResults.js';

const version = { blockNum: 7, txNum: 3 };

function resultsOf(count: number): ReturnType<RangeResults['finish']> {
    const results = new RangeResults();
    for (let i = 0; i < count; i++) {
        results.add(`k${String(i)}`, version);
    }
    return results.finish();
}

it('has neither raw reads nor a summary of nothing', () => {
    expect(resultsOf(0)).toEqual({});
});

it('lists up to 50 results', () => {
    expect(resultsOf(50).rawReads?.kvReads).toHaveLength(50);
    expect(resultsOf(50).readsMerkleHashes).toBeUndefined();
});

// Levels and numbers of hashes that peers of Fabric 3.1.5 wrote for these numbers of results.
it.each([
    [51, 1, 1],
    [52, 1, 2],
    [102, 1, 2],
    [2550, 1, 50],
    [2600, 2, 1],
    [2601, 2, 1],
    [2602, 2, 2],
])('summarises %d results at level %d with %d hashes', (count, level, hashes) => {
    const summary = resultsOf(count).readsMerkleHashes;
    expect([summary?.maxDegree, summary?.maxLevel, summary?.maxLevelHashes?.length]).toEqual([50, level, hashes]);
});

it('hashes 51 results as one serialised QueryReads', () => {
    const kvReads = Array.from({ length: 51 }, (_, i) => ({ key: `k${String(i)}`, version }));
    expect(resultsOf(51).readsMerkleHashes?.maxLevelHashes).toEqual([sha256(encode(kvrwset.QueryReads, { kvReads }))]);
});
