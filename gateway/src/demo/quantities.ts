// SPDX-License-Identifier: Apache-2.0
import { formatMillionths } from '@power-currency/domain';
import { grouped } from '../cli/grouped.js';

/** Wh for people: megawatt-hours, exactly. */
export function energy(wh: bigint): string {
    return `${grouped(formatMillionths(wh))} MWh`;
}

/** Minor units for people: Power Credits, exactly. */
export function credits(amount: bigint): string {
    return `${grouped(formatMillionths(amount))} PC`;
}
