// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import type { IntervalEnergy } from '../energy/energyAccounts.js';
import { isDomainError } from '../error/domainError.js';
import { quantityMax } from '../money/quantity.js';
import { certifiableEnergy } from './certifiableEnergy.js';
import { spreadEnergy } from './spreadEnergy.js';

const energies = fc.bigInt(0n, 1_000n);
const dayCount = 3;
const intervalCount = 4;

describe('energy that is spread', () => {
    it('adds up to what there was, in proportion, within a Wh', () => {
        fc.assert(
            fc.property(
                fc.bigInt(0n, 2n ** 63n),
                fc.array(energies, { minLength: 1, maxLength: 96 }),
                (wh, weights) => {
                    const total = weights.reduce((sum, weight) => sum + weight, 0n);
                    const spread = spreadEnergy(wh, weights);
                    if (total === 0n) {
                        expect(spread).toEqual(weights.map(() => 0n));
                        return;
                    }
                    expect(spread.reduce((sum, share) => sum + share, 0n)).toBe(wh);
                    spread.forEach((share, index) => {
                        const exact = wh * (weights[index] ?? 0n);
                        expect(share * total > exact - total && share * total < exact + total).toBe(true);
                    });
                },
            ),
        );
    });
});

interface Day {
    readonly intervals: readonly IntervalEnergy[];
    readonly ownWh: bigint;
    readonly energyWh: bigint;
}

const emptyDay: Day = {
    intervals: Array.from(
        { length: intervalCount },
        () => ({ facilityId: 'mill', start: '2026-11-20T00:00Z', verifiedWh: 0n, allocatedWh: 0n }) as never,
    ),
    ownWh: 0n,
    energyWh: 0n,
};

const sumOf = (intervals: readonly IntervalEnergy[]): bigint =>
    intervals.reduce((sum, { verifiedWh }) => sum + verifiedWh, 0n);

const dayIndex = fc.nat({ max: dayCount - 1 });
const step = fc.oneof(
    fc.record({
        kind: fc.constant('settle' as const),
        day: dayIndex,
        energyWh: energies,
        weights: fc.array(energies, { minLength: intervalCount, maxLength: intervalCount }),
    }),
    fc.record({ kind: fc.constant('flag' as const), day: dayIndex }),
    fc.record({ kind: fc.constant('certify' as const), day: dayIndex, share: fc.bigInt(0n, 100n) }),
);

it('whatever late data does, no more is certifiable than verified and withheld together, and what is certified stays', () => {
    fc.assert(
        fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
            const days = Array.from({ length: dayCount }, () => emptyDay);
            let withheldWh = 0n;
            for (const each of steps) {
                const before = days[each.day] ?? emptyDay;
                if (each.kind === 'certify') {
                    const certified = before.intervals.map((interval) => {
                        const more = ((interval.verifiedWh - interval.allocatedWh) * each.share) / 100n;
                        return { ...interval, allocatedWh: (interval.allocatedWh + more) as never };
                    });
                    days[each.day] = { ...before, intervals: certified };
                    continue;
                }
                const energyWh = each.kind === 'flag' ? null : each.energyWh;
                const weights = each.kind === 'flag' ? [] : each.weights;
                const settled = certifiableEnergy({ ...before, weights, withheldWh, energyWh });
                withheldWh = settled.withheldWh;
                days[each.day] = { ...settled, energyWh: energyWh ?? before.energyWh };
                for (const { verifiedWh, allocatedWh } of settled.intervals) {
                    expect(verifiedWh >= allocatedWh).toBe(true);
                }
            }
            const certifiable = days.reduce((sum, { intervals }) => sum + sumOf(intervals), 0n);
            const verified = days.reduce((sum, { energyWh }) => sum + energyWh, 0n);
            expect(certifiable <= verified + withheldWh).toBe(true);
        }),
        { numRuns: 500 },
    );
});

it('energy that comes back is withheld no longer', () => {
    const weights = [1n, 1n, 1n, 1n];
    const first = certifiableEnergy({ ...emptyDay, weights, withheldWh: 0n, energyWh: 100n });
    const intervals = first.intervals.map((interval) => ({ ...interval, allocatedWh: interval.verifiedWh }));
    const less = certifiableEnergy({ ...first, intervals, weights, energyWh: 80n });
    expect([less.withheldWh, less.ownWh]).toEqual([20n, 20n]);
    const again = certifiableEnergy({ ...less, weights, energyWh: 100n });
    expect([again.withheldWh, again.ownWh, sumOf(again.intervals)]).toEqual([0n, 0n, 100n]);
});

it('a day never certifies more than it made, though other days made up for it already', () => {
    const weights = [1n, 1n, 1n, 1n];
    // Of a day that withheld 20 Wh, which the next day took over.
    const again = certifiableEnergy({ ...emptyDay, weights, ownWh: 20n, withheldWh: 0n, energyWh: 100n });
    expect([again.withheldWh, again.ownWh, sumOf(again.intervals)]).toEqual([0n, 0n, 100n]);
});

it('withholds no more than a ledger can count [V63]', () => {
    const intervals = emptyDay.intervals.map((interval) => ({ ...interval, allocatedWh: 1n as never }));
    const facts = { ...emptyDay, intervals, weights: [], withheldWh: quantityMax, energyWh: 0n };
    let refusal: unknown;
    try {
        certifiableEnergy(facts);
    } catch (thrown) {
        refusal = thrown;
    }
    expect(isDomainError(refusal, 'ENERGY_OVERFLOW') && refusal.details).toEqual({ facilityId: 'mill' });
});
