// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';

/** Power in whole watts. */
export type Watts = bigint;

const MEGAWATT_DIGITS = 6;
/** Far above any zone (the whole of Europe peaks at 0.6 TW), far below what would overflow a ledger amount. */
const WATTS_MAX = 10n ** 13n;

/**
 * Megawatts with at most six decimals to whole watts, without floating point.
 *
 * @throws Failure ENERGY_DOCUMENT_INVALID
 */
export function parseMegawatts(text: string, where: string): Watts {
    const match = /^(\d{1,9})(?:\.(\d{1,12}))?$/.exec(text);
    if (match === null) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', {
            where,
            problem: `quantity "${text.slice(0, 40)}" is no power in MW`,
        });
    }
    const whole = match[1] ?? '0';
    const decimals = (match[2] ?? '').replace(/0+$/, '');
    if (decimals.length > MEGAWATT_DIGITS) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem: 'a quantity is finer than one watt' });
    }
    const watts = BigInt(whole + decimals.padEnd(MEGAWATT_DIGITS, '0'));
    if (watts > WATTS_MAX) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem: `${text} MW is beyond any power system` });
    }
    return watts;
}
