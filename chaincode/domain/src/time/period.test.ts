// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { dayOf, nextDay, startOfDay } from './day.js';
import { instantOf, intervalsOfDay, intervalStart, intervalStartAt } from './meteringInterval.js';
import { endOfPeriod, granularityOf, period, startOfPeriod } from './period.js';

const seconds = fc.integer({ min: 946_684_800, max: 7_258_032_000 });
const seconds1970 = (text: string): bigint => BigInt(Date.parse(text) / 1000);

describe('a period', () => {
    it.each([
        ['2024-02-29', 'day', '2024-02-29T00:00Z', '2024-03-01T00:00Z'],
        ['2024-02', 'month', '2024-02-01T00:00Z', '2024-03-01T00:00Z'],
        ['2025-12', 'month', '2025-12-01T00:00Z', '2026-01-01T00:00Z'],
        ['2025', 'year', '2025-01-01T00:00Z', '2026-01-01T00:00Z'],
    ])('%s is a %s from %s until %s', (text, granularity, start, end) => {
        const decoded = period.decode(text, 'period');
        expect(granularityOf(decoded)).toBe(granularity);
        expect([startOfPeriod(decoded), endOfPeriod(decoded)]).toEqual([seconds1970(start), seconds1970(end)]);
    });

    it.each(['2026-13', '2026-02-30', '26', '2026-1', '1999', '2026-11-20T00:00Z', ''])('is not %j', (text) => {
        expect(() => period.decode(text, 'period')).toThrow('INVALID_ARGUMENT');
    });
});

describe('a day', () => {
    it('begins at the midnight the platform calendar says', () => {
        fc.assert(
            fc.property(seconds, (second) => {
                const midnight = BigInt(second - (second % 86_400));
                expect(startOfDay(dayOf(BigInt(second)))).toBe(midnight);
                expect(startOfDay(nextDay(dayOf(BigInt(second))))).toBe(midnight + 86_400n);
            }),
        );
    });
});

describe('a metering interval', () => {
    it('is found again from what is written', () => {
        fc.assert(
            fc.property(seconds, (second) => {
                const start = BigInt(second - (second % 900)) as never;
                expect(instantOf(intervalStart.decode(intervalStartAt(start), ''))).toBe(start);
            }),
        );
    });

    it.each([
        ['15', 96, '2026-03-29T23:45Z'],
        ['30', 48, '2026-03-29T23:30Z'],
        ['60', 24, '2026-03-29T23:00Z'],
    ] as const)('of %s minutes is in a UTC day %i times, whatever clocks do', (minutes, count, last) => {
        const intervals = intervalsOfDay('2026-03-29' as never, minutes);
        expect(intervals).toHaveLength(count);
        expect([intervals[0], intervals.at(-1)]).toEqual(['2026-03-29T00:00Z', last]);
    });

    it.each(['2026-11-20T13:05Z', '2026-11-20T24:00Z', '2026-11-31T00:00Z', '2026-11-20 13:00Z', ''])(
        'does not begin at %j',
        (text) => {
            expect(() => intervalStart.decode(text, 'start')).toThrow('INVALID_ARGUMENT');
        },
    );
});
