// SPDX-License-Identifier: Apache-2.0
import { type Codec, integer, invalid } from '../encoding/codec.js';
import { type Day, nextDay, parseDay, startOfDay } from './day.js';
import type { Instant } from './ledgerClock.js';

declare const kind: unique symbol;

/** A UTC day `2026-11-20`, month `2026-11` or year `2026`: what sources report on. */
export type Period = string & { readonly [kind]: 'period' };
type Granularity = 'day' | 'month' | 'year';

/** A day, month or year from 2000 to 2199. */
function parsePeriod(text: string): Period | undefined {
    return parseDay(firstDayText(text)) === undefined ? undefined : (text as Period);
}

export const period: Codec<Period> = {
    schema: { type: 'string', pattern: '^2[01][0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?$', description: 'day, month or year' },
    decode: (value, field) =>
        (typeof value === 'string' ? parsePeriod(value) : undefined) ?? invalid(field, 'not a day, month or year'),
    encode: (value) => value,
};

/** A calendar year. */
export const year = integer(2000, 2199);

/** The year as a period. */
export function periodOfYear(of: number): Period {
    return String(of) as Period;
}

export function granularityOf(of: Period): Granularity {
    if (of.length === 4) return 'year';
    return of.length === 7 ? 'month' : 'day';
}

/** The calendar year a period lies in. */
export function yearOf(of: Period): number {
    return Number(of.slice(0, 4));
}

/** When the period begins. */
export function startOfPeriod(of: Period): Instant {
    return startOfDay(firstDayText(of) as Day);
}

/** When the period is over: the first second after it. */
export function endOfPeriod(of: Period): Instant {
    const year = yearOf(of);
    switch (granularityOf(of)) {
        case 'year':
            return startOfDay(`${String(year + 1)}-01-01` as Day);
        case 'month': {
            const month = Number(of.slice(5, 7));
            const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
            return startOfDay(`${String(nextYear)}-${String(nextMonth).padStart(2, '0')}-01` as Day);
        }
        case 'day':
            return startOfDay(nextDay(of as string as Day));
    }
}

function firstDayText(text: string): string {
    if (text.length === 4) return `${text}-01-01`;
    return text.length === 7 ? `${text}-01` : text;
}
