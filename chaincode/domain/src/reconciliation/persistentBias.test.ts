// SPDX-License-Identifier: Apache-2.0
import type { SourceId } from '../encoding/identifier.js';
import type { Deviation } from './outliers.js';
import { nextDeviations, persistentBiases, type SourceDeviations, withDeviation } from './persistentBias.js';

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

describe('the memory of a source', () => {
    const said = (period: string, signed: bigint) => ({ period, signed: signed * 1_000_000n });
    const kept = (known: SourceDeviations | undefined) =>
        known?.deviations.map(({ period, isAbove, score }) => ({ period, signed: (isAbove ? 1n : -1n) * score }));
    const next = (known: SourceDeviations, period: string, signed: bigint | undefined, isRevised = true) =>
        kept(
            nextDeviations(known, period as never, {
                deviation: signed === undefined ? undefined : deviation(signed * 1_000_000n),
                ...{ isRevised, outlierLimit },
            }),
        );
    const millions = (signed: readonly bigint[]) => remembered(signed.map((each) => each * 1_000_000n));

    it('keeps a period in its place when it is revised, so that saying old days again pushes no lie out', () => {
        const revised = next(millions([0n, 2n, 2n]), '2026-10-01', -1n);
        expect(revised).toEqual([said('2026-10-01', -1n), said('2026-10-02', 2n), said('2026-10-03', 2n)]);
    });

    it('forgets a mistake that was put right', () => {
        expect(next(millions([3n, 1n]), '2026-10-01', undefined)).toEqual([said('2026-10-02', 1n)]);
        expect(
            nextDeviations(undefined, now, { deviation: undefined, isRevised: false, outlierLimit }),
        ).toBeUndefined();
    });

    it('takes a forgotten period again only if it speaks against the source', () => {
        const known = millions([2n, 2n, 2n, 2n, 0n, 0n, 0n, 0n]);
        expect(next(known, '2026-09-01', -2n)).toEqual(kept(known));
        // In the place of the oldest, which leant as far: no better and no worse.
        expect(next(known, '2026-09-01', 2n)).toEqual(kept(known));
        expect(next(millions([1n, 2n, 2n, 2n, 0n, 0n, 0n, 0n]), '2026-09-01', 2n)).toContainEqual(
            said('2026-09-01', 2n),
        );
        // What is above the limit counts as the limit, as everywhere.
        expect(next(millions([3n, 0n, 0n, 0n, 0n, 0n, 0n, 0n]), '2026-09-01', 900n)).not.toContainEqual(
            said('2026-09-01', 900n),
        );
        expect(next(known, '2026-09-01', -2n, false)).toContainEqual(said('2026-09-01', -2n));
    });
});
