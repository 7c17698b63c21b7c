// SPDX-License-Identifier: Apache-2.0
import { daysBefore, dueAtMs, minuteOfDay, nextRunMs, pendingDays } from './schedule.js';

const timetable = { loadMinute: 20, attestMinute: 25 };
const at = (time: string): number => Date.parse(time);
const iso = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 16);

it('a day is loaded at 00:20 UTC of the next, and attested at 00:25', () => {
    const due = (['load', 'plan', 'submit'] as const).map((step) => iso(dueAtMs(step, '2026-12-31', timetable)));
    expect(due).toEqual(['2027-01-01T00:20', '2027-01-01T00:25', '2027-01-01T00:25']);
});

it.each([
    ['the day after it', '2026-03-01', '2026-03-03T00:20:00Z', ['2026-03-02']],
    ['none on the same day', '2026-03-02', '2026-03-03T23:59:59Z', []],
    ['none when the ledger is ahead', '2026-03-09', '2026-03-03T12:00:00Z', []],
    [
        'each missed day, across a month',
        '2026-02-26',
        '2026-03-02T01:00:00Z',
        ['2026-02-27', '2026-02-28', '2026-03-01'],
    ],
    ['the newest of too many', '2025-01-01', '2026-03-03T01:00:00Z', ['2026-02-28', '2026-03-01', '2026-03-02']],
    ['only the newest before the first attestation', null, '2026-03-03T01:00:00Z', ['2026-03-02']],
])('after the last attested day there is to attest %s', (_, lastDay, now, expected) => {
    expect(pendingDays(lastDay, at(now), 3)).toEqual(expected);
});

it.each([
    ['2026-03-03T00:00:00Z', '2026-03-03T00:20'],
    ['2026-03-03T00:20:00Z', '2026-03-03T00:25'],
    ['2026-03-03T00:25:00Z', '2026-03-04T00:20'],
    ['2026-12-31T23:59:59Z', '2027-01-01T00:20'],
])('the run after %s is at %s', (now, expected) => {
    expect(iso(nextRunMs(at(now), timetable))).toBe(expected);
});

it('late data is looked for in the days before, newest first', () => {
    expect(daysBefore('2026-03-02', 3)).toEqual(['2026-03-01', '2026-02-28', '2026-02-27']);
    expect(daysBefore('2026-03-02', 0)).toEqual([]);
});

it('a time of day is HH:MM', () => {
    expect(['00:20', '23:59', '24:00', '0:20', '12:60', 'noon'].map(minuteOfDay)).toEqual([
        20,
        1_439,
        ...[undefined, undefined, undefined, undefined],
    ]);
});
