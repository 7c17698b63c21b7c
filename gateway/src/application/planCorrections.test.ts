// SPDX-License-Identifier: Apache-2.0
import { type Day, type EnergyWh, type ZoneState } from '@power-currency/domain';
import { planCorrections, type Revision } from './planCorrections.js';

const revision = (
    day: string,
    read: Readonly<Record<string, bigint>>,
    held: Readonly<Record<string, bigint>>,
): Revision => ({
    day: day as Day,
    zones: Object.entries(read).map(([eic, wh]) => ({ eic, wh })),
    held: Object.entries(held).map(([eic, wh]): ZoneState => ({
        name: eic,
        eic,
        attestedWh: wh as EnergyWh,
        wh: wh as EnergyWh,
        correctedBy: null,
    })),
});
const plan = (measuredWh: bigint, ...revisions: readonly Revision[]): unknown =>
    planCorrections(revisions, measuredWh).map(({ day, eic, wh_before, wh_after }) => [day, eic, wh_before, wh_after]);

it('what is as the ledger holds it, and a zone without a new reading, stay as they are', () => {
    expect(plan(0n, revision('2026-03-01', { NL: 5n }, { NL: 5n, BE: 7n }))).toEqual([]);
});

it('a zone that was missing counts from nothing', () => {
    expect(plan(0n, revision('2026-03-01', { BE: 7n }, { NL: 5n }))).toEqual([['2026-03-01', 'BE', 0n, 7n]]);
});

it('oldest days come first, and increases make room for decreases', () => {
    const [late, early] = [
        revision('2026-03-02', { NL: 9n, BE: 1n }, { NL: 5n, BE: 4n }),
        revision('2026-03-01', { NL: 2n }, { NL: 3n }),
    ];
    expect(plan(0n, late, early)).toEqual([
        ['2026-03-02', 'NL', 5n, 9n],
        ['2026-03-01', 'NL', 3n, 2n],
        ['2026-03-02', 'BE', 4n, 1n],
    ]);
});

it('no more is taken away than the day has; the rest is left to the next day', () => {
    const less = revision('2026-03-01', { NL: 0n, BE: 0n }, { NL: 60n, BE: 70n });
    expect(plan(100n, less)).toEqual([
        ['2026-03-01', 'NL', 60n, 0n],
        ['2026-03-01', 'BE', 70n, 30n],
    ]);
    expect(plan(0n, less)).toEqual([]);
});

it('one file carries 31 corrections at most', () => {
    const zones = Array.from({ length: 40 }, (_, index) => `Z${String(index)}`);
    const of = (wh: bigint): Record<string, bigint> => Object.fromEntries(zones.map((zone) => [zone, wh]));
    expect(planCorrections([revision('2026-03-01', of(2n), of(1n))], 0n)).toHaveLength(31);
    expect(planCorrections([revision('2026-03-01', of(1n), of(2n))], 99n)).toHaveLength(31);
});
