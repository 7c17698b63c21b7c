// SPDX-License-Identifier: Apache-2.0
import { formatMillionths } from '@power-currency/domain';

/** Wh for people: megawatt-hours, exactly. */
export function energy(wh: bigint): string {
    return `${grouped(formatMillionths(wh))} MWh`;
}

/** Minor units for people: Power Credits, exactly. */
export function credits(amount: bigint): string {
    return `${grouped(formatMillionths(amount))} PC`;
}

/** Six decimals less their trailing zeros, thousands apart. */
function grouped(decimal: string): string {
    const [whole = '', fraction = ''] = decimal.split('.');
    const decimals = fraction.replace(/0+$/, '');
    return `${whole.replace(/\B(?=(\d{3})+$)/g, ' ')}${decimals === '' ? '' : `.${decimals}`}`;
}
