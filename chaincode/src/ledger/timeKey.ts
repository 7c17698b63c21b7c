// SPDX-License-Identifier: Apache-2.0
import type { Instant } from '@power-currency/domain';

/** Digits of a time in a key: enough until the year 33658. */
const timeDigits = 12;

/** A time as a part of a key, so that keys are in order of time. */
export function timeKey(at: Instant): string {
    return at.toString().padStart(timeDigits, '0');
}

/** A count as a part of a key, so that keys are in its order. */
export function numberKey(count: number): string {
    return String(count).padStart(timeDigits, '0');
}
