// SPDX-License-Identifier: Apache-2.0
import { type Codec, invalid } from '../encoding/codec.js';
import type { Instant } from './ledgerClock.js';

declare const kind: unique symbol;

/** A calendar day, YYYY-MM-DD; days compare as text. */
export type Day = string & { readonly [kind]: 'day' };

/** A day between 2000-01-01 and 2199-12-31 that exists in the Gregorian calendar. */
export function parseDay(text: string): Day | undefined {
    const match = /^(2[01][0-9]{2})-([0-9]{2})-([0-9]{2})$/.exec(text);
    if (match === null) return undefined;
    const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
    return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month) ? (text as Day) : undefined;
}

export const day: Codec<Day> = {
    schema: { type: 'string', format: 'date' },
    decode: (value, field) =>
        (typeof value === 'string' ? parseDay(value) : undefined) ?? invalid(field, 'not a day YYYY-MM-DD'),
    encode: (value) => value,
};

/** The UTC day of a time in seconds since 1970 (H. Hinnant, "chrono-compatible low-level date algorithms"). */
export function dayOf(seconds: bigint): Day {
    const shifted = seconds / 86_400n + 719_468n;
    const era = shifted / 146_097n;
    const dayOfEra = shifted - era * 146_097n;
    const yearOfEra = (dayOfEra - dayOfEra / 1_460n + dayOfEra / 36_524n - dayOfEra / 146_096n) / 365n;
    const dayOfYear = dayOfEra - (365n * yearOfEra + yearOfEra / 4n - yearOfEra / 100n);
    const shiftedMonth = (5n * dayOfYear + 2n) / 153n;
    const date = dayOfYear - (153n * shiftedMonth + 2n) / 5n + 1n;
    const month = shiftedMonth < 10n ? shiftedMonth + 3n : shiftedMonth - 9n;
    const year = yearOfEra + era * 400n + (month <= 2n ? 1n : 0n);
    return [year.toString().padStart(4, '0'), ...[month, date].map((part) => part.toString().padStart(2, '0'))].join(
        '-',
    ) as Day;
}

/** Midnight UTC at which the day begins, in seconds since 1970; the inverse of {@link dayOf}. */
export function startOfDay(of: Day): Instant {
    const [year, month, date] = [BigInt(of.slice(0, 4)), BigInt(of.slice(5, 7)), BigInt(of.slice(8, 10))];
    const shiftedYear = month <= 2n ? year - 1n : year;
    const era = shiftedYear / 400n;
    const yearOfEra = shiftedYear - era * 400n;
    const dayOfYear = (153n * (month > 2n ? month - 3n : month + 9n) + 2n) / 5n + date - 1n;
    const dayOfEra = yearOfEra * 365n + yearOfEra / 4n - yearOfEra / 100n + dayOfYear;
    return ((era * 146_097n + dayOfEra - 719_468n) * 86_400n) as Instant;
}

/** The day after. */
export function nextDay(of: Day): Day {
    return dayOf(startOfDay(of) + 86_400n);
}

function daysInMonth(year: number, month: number): number {
    if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
    return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
