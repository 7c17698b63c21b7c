// SPDX-License-Identifier: Apache-2.0
import { type Codec, dayOf, type Instant, invalid, parseDay, startOfDay } from '@power-currency/domain';

const pattern =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?(?:Z|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))$/;

/** A time as files write it (RFC 3339, seconds optional), with the offset of its clock or Z; in UTC on the ledger. */
export const fileTime: Codec<Instant> = {
    schema: { type: 'string', format: 'date-time', pattern: pattern.source },
    decode: (value, field) =>
        (typeof value === 'string' ? parseFileTime(value) : undefined) ??
        invalid(field, 'not a time such as 2026-11-20T13:15Z or 2026-11-20T14:15+01:00'),
    encode: formatFileTime,
};

/** Undefined for text that is none; a time without offset is none, for nobody knows which clock it means. */
export function parseFileTime(value: string): Instant | undefined {
    const [, date = '', hour, minute, second, sign, offsetHour = 0, offsetMinute = 0] = pattern.exec(value) ?? [];
    const day = parseDay(date);
    if (day === undefined) return undefined;
    const seconds = Number(hour) * 3_600 + Number(minute) * 60 + Number(second ?? 0);
    const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -60 : 60);
    return (startOfDay(day) + BigInt(seconds - offset)) as Instant;
}

/** In UTC, to the second. */
export function formatFileTime(at: Instant): string {
    const secondOfDay = at % 86_400n;
    const parts = [secondOfDay / 3_600n, (secondOfDay / 60n) % 60n, secondOfDay % 60n];
    return `${dayOf(at)}T${parts.map((part) => part.toString().padStart(2, '0')).join(':')}Z`;
}
