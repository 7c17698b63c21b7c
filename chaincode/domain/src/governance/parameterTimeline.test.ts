// SPDX-License-Identifier: Apache-2.0
import type { Day } from '../time/day.js';
import { initialParameters, type Parameters } from './parameters.js';
import { parametersAsOf, type ParameterTimeline, timelineOf, withVersion } from './parameterTimeline.js';

const version = (genesisCap: bigint) => ({ ...initialParameters, genesisCap }) as Parameters;
const capAsOf = (timeline: ParameterTimeline, day: string) => parametersAsOf(timeline, day as Day).genesisCap;
const changed = (timeline: ParameterTimeline, cap: bigint, today: string, attested?: string) =>
    withVersion(timeline, version(cap), today as Day, attested as Day | undefined);

const first = timelineOf(version(0n));
const second = changed(changed(first, 1n, '2026-03-10'), 2n, '2026-03-12');

it('a change holds for its own day and every later one, and for none before', () => {
    const days = ['2000-01-01', '2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12', '2199-12-31'];
    expect(days.map((day) => capAsOf(second, day))).toEqual([0n, 0n, 1n, 1n, 2n, 2n]);
});

it('the last change of a day is the one that holds at its end', () => {
    const again = changed(second, 3n, '2026-03-12');
    expect([capAsOf(again, '2026-03-11'), capAsOf(again, '2026-03-12')]).toEqual([1n, 3n]);
    expect(again.versions).toHaveLength(3);
});

it('forgets what no day after the last attested one can ask for, and no more', () => {
    const pruned = changed(second, 3n, '2026-03-15', '2026-03-10');
    expect(pruned.versions.map(({ fromDay }) => fromDay)).toEqual(['2026-03-10', '2026-03-12', '2026-03-15']);
    expect(capAsOf(pruned, '2026-03-11')).toBe(1n);
    const further = changed(second, 3n, '2026-03-15', '2026-03-11');
    expect(further.versions.map(({ fromDay }) => fromDay)).toEqual(['2026-03-12', '2026-03-15']);
});

it('keeps one version where the last attested day is the ledger’s own', () => {
    expect(changed(second, 3n, '2026-03-15', '2026-03-15').versions).toHaveLength(1);
});

it('keeps at most 64 versions while nothing is attested, and answers older days with the oldest', () => {
    let timeline = first;
    for (let change = 1; change <= 80; change++) {
        const day = new Date(Date.UTC(2026, 0, change)).toISOString().slice(0, 10);
        timeline = changed(timeline, BigInt(change), day);
    }
    expect(timeline.versions).toHaveLength(64);
    expect(capAsOf(timeline, '2020-01-01')).toBe(17n);
});
