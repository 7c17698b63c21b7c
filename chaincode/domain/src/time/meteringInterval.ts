// SPDX-License-Identifier: Apache-2.0
import { type Codec, invalid, oneOf } from '../encoding/codec.js';
import { type Day, dayOf, parseDay, startOfDay } from './day.js';
import type { Instant } from './ledgerClock.js';

declare const kind: unique symbol;

/** When a metering interval begins, in UTC: `2026-11-20T13:15Z`. Starts compare as text. */
export type IntervalStart = string & { readonly [kind]: 'interval start' };

/** Minutes in a metering interval, as in market documents: a quarter of an hour, half an hour, an hour. */
export const intervalMinutes = oneOf(['15', '30', '60']);

function parseIntervalStart(text: string): IntervalStart | undefined {
    const match = /^(.{10})T([01][0-9]|2[0-3]):(00|15|30|45)Z$/.exec(text);
    return match?.[1] !== undefined && parseDay(match[1]) !== undefined ? (text as IntervalStart) : undefined;
}

export const intervalStart: Codec<IntervalStart> = {
    schema: {
        type: 'string',
        pattern: '^2[01][0-9]{2}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):(00|15|30|45)Z$',
        description: 'start of a metering interval',
    },
    decode: (value, field) =>
        (typeof value === 'string' ? parseIntervalStart(value) : undefined) ??
        invalid(field, 'not the start of a metering interval YYYY-MM-DDThh:mmZ, on a quarter of an hour'),
    encode: (value) => value,
};

/** The start that is written for a time on a quarter of an hour. */
export function intervalStartAt(at: Instant): IntervalStart {
    const secondOfDay = at % 86_400n;
    const [hour, minute] = [secondOfDay / 3_600n, (secondOfDay % 3_600n) / 60n];
    const two = (part: bigint): string => part.toString().padStart(2, '0');
    return `${dayOf(at)}T${two(hour)}:${two(minute)}Z` as IntervalStart;
}

/** The time at which the interval begins. */
export function instantOf(start: IntervalStart): Instant {
    const [hour, minute] = [BigInt(start.slice(11, 13)), BigInt(start.slice(14, 16))];
    return (startOfDay(start.slice(0, 10) as Day) + hour * 3_600n + minute * 60n) as Instant;
}

/** Every interval of a UTC day, in order. */
export function intervalsOfDay(of: Day, minutes: '15' | '30' | '60'): readonly IntervalStart[] {
    const seconds = BigInt(minutes) * 60n;
    const count = Number(86_400n / seconds);
    const first = startOfDay(of);
    return Array.from({ length: count }, (_, index) => intervalStartAt((first + BigInt(index) * seconds) as Instant));
}
