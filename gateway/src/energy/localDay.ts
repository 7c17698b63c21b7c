// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';

/** Half-open interval of time in milliseconds since 1970, UTC. */
export interface Interval {
    readonly startMs: number;
    readonly endMs: number;
}

/**
 * The day of a zone: midnight to midnight on the zone's own clock, so 23, 24 or 25 hours.
 *
 * @param day YYYY-MM-DD
 * @param timeZone IANA name
 * @throws Failure INPUT_INVALID
 */
export function localDay(day: string, timeZone: string): Interval {
    const midnight = parseDay(day);
    return { startMs: localMidnight(midnight, timeZone), endMs: localMidnight(midnight + DAY_MS, timeZone) };
}

/**
 * @returns milliseconds of the day's midnight in UTC
 * @throws Failure INPUT_INVALID
 */
export function parseDay(day: string): number {
    const midnight = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
    if (Number.isNaN(midnight) || isoDay(midnight) !== day) {
        throw new Failure('INPUT_INVALID', { field: 'day', problem: `"${day}" is no calendar day such as 2020-11-19` });
    }
    return midnight;
}

export function isoDay(timeMs: number): string {
    return new Date(timeMs).toISOString().slice(0, 10);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Two steps settle the offset: the first guess can fall on the other side of a clock change. */
function localMidnight(wallMs: number, timeZone: string): number {
    const guess = wallMs - offsetMs(wallMs, timeZone);
    return wallMs - offsetMs(guess, timeZone);
}

/** Local clock minus UTC at an instant. */
function offsetMs(instantMs: number, timeZone: string): number {
    const parts = new Map(
        formatOf(timeZone)
            .formatToParts(instantMs)
            .map(({ type, value }) => [type, Number(value)]),
    );
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return wall - instantMs;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
    const known = formats.get(timeZone);
    if (known !== undefined) {
        return known;
    }
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    const format = new Intl.DateTimeFormat('en', { timeZone, hourCycle: 'h23', ...numeric, second: 'numeric' });
    formats.set(timeZone, format);
    return format;
}
