// SPDX-License-Identifier: Apache-2.0
import { localDay } from './localDay.js';

function describeDay(day: string, timeZone: string): { start: string; hours: number } {
    const { startMs, endMs } = localDay(day, timeZone);
    return { start: new Date(startMs).toISOString(), hours: (endMs - startMs) / 3_600_000 };
}

describe('localDay', () => {
    it.each([
        ['2020-11-19', 'Europe/Amsterdam', '2020-11-18T23:00:00.000Z', 24],
        ['2025-03-30', 'Europe/Amsterdam', '2025-03-29T23:00:00.000Z', 23],
        ['2025-10-26', 'Europe/Amsterdam', '2025-10-25T22:00:00.000Z', 25],
        ['2025-10-26', 'Europe/Helsinki', '2025-10-25T21:00:00.000Z', 25],
        ['2025-03-30', 'Europe/Lisbon', '2025-03-30T00:00:00.000Z', 23],
        ['2025-07-01', 'Europe/London', '2025-06-30T23:00:00.000Z', 24],
        ['2024-02-29', 'UTC', '2024-02-29T00:00:00.000Z', 24],
        // Clocks change at midnight here, so the day has no 00:00.
        ['2024-03-31', 'Asia/Beirut', '2024-03-30T22:00:00.000Z', 23],
    ])('%s in %s begins at %s and lasts %i hours', (day, timeZone, start, hours) => {
        expect(describeDay(day, timeZone)).toEqual({ start, hours });
    });

    it('joins without gap to the next day, all year round', () => {
        for (let timeMs = Date.UTC(2025, 0, 1); timeMs < Date.UTC(2026, 0, 1); timeMs += 86_400_000) {
            const [day, next] = [timeMs, timeMs + 86_400_000].map((ms) => new Date(ms).toISOString().slice(0, 10));
            expect(localDay(day!, 'Europe/Berlin').endMs).toBe(localDay(next!, 'Europe/Berlin').startMs);
        }
    });

    it.each(['2025-02-29', '2025-13-01', '25-01-01', '', '2025-01-01T00:00'])('refuses "%s"', (day) => {
        expect(() => localDay(day, 'UTC')).toThrow('INPUT_INVALID');
    });
});
