// SPDX-License-Identifier: Apache-2.0
import type { SourceId } from '../encoding/identifier.js';
import type { Deviation } from './outliers.js';
import { persistentBiases, type SourceDeviations, withDeviation } from './persistentBias.js';

const source = 'meter' as SourceId;
const now = '2026-11-20' as never;
const outlierLimit = 3_000_000n;
const deviation = (signed: bigint): Deviation => ({
    ...{ reading: { sourceId: source } as Deviation['reading'], isAbove: signed > 0n },
    score: signed < 0n ? -signed : signed,
});
const remembered = (earlier: readonly bigint[]): SourceDeviations => ({
    deviations: earlier.map((signed, index) => ({
        ...{ period: `2026-10-${String(index + 1).padStart(2, '0')}` as never, isAbove: signed > 0n },
        score: (signed < 0n ? -signed : signed) as never,
    })),
});
const found = (earlier: readonly bigint[], current: bigint) =>
    persistentBiases([deviation(current)], {
        ...{ history: new Map([[source, remembered(earlier)]]), period: now, outlierLimit },
    }).map(({ sourceId, direction, score, limit }) => [sourceId, direction, score, limit]);

describe('a bias that persists', () => {
    // By hand: four deviations d add up to 4·d with a standard deviation of 2, so the score is 2·d; the limit is 3.9.
    it.each([
        ['four of 1.95 are at the limit', [1_950_000n, 1_950_000n, 1_950_000n], 1_950_000n, undefined],
        ['a millionth more is above it', [1_950_000n, 1_950_000n, 1_950_000n], 1_950_001n, ['above', 3_900_001n]],
        ['four of -2.5', [-2_500_000n, -2_500_000n, -2_500_000n], -2_500_000n, ['below', 5_000_000n]],
        ['three are too few', [2_900_000n, 2_900_000n], 2_900_000n, undefined],
        ['now this way, now that way', [2_900_000n, -2_900_000n, 2_900_000n], -2_900_000n, undefined],
        ['one large mistake counts no more than 3', [900_000_000n, 0n, 0n], 0n, undefined],
        [
            'of eight, the oldest is forgotten',
            [-3n, 2n, 2n, 2n, 2n, 2n, 2n, 2n].map((each) => each * 1_000_000n),
            2_000_000n,
            ['above', 5_656_855n],
        ],
    ] as const)('%s', (_name, earlier, current, expected) => {
        const all = expected === undefined ? [] : [[source, ...expected, 3_900_000n]];
        expect(found(earlier, current)).toEqual(all);
    });

    it('has each period once', () => {
        const once = withDeviation(withDeviation(undefined, now, deviation(1n)), now, deviation(-2n));
        expect(once.deviations).toEqual([{ period: now, isAbove: false, score: 2n }]);
    });
});
