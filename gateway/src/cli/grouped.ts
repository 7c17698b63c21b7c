// SPDX-License-Identifier: Apache-2.0

/** A decimal for people: thousands apart, no zeros at the end of its fraction. */
export function grouped(decimal: string): string {
    const [whole = '', fraction = ''] = decimal.split('.');
    const decimals = fraction.replace(/0+$/, '');
    return `${whole.replace(/\B(?=(\d{3})+$)/g, ' ')}${decimals === '' ? '' : `.${decimals}`}`;
}
