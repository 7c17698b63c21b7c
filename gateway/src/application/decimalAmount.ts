// SPDX-License-Identifier: Apache-2.0

/**
 * Minor units of an amount written in units: "12.50" of an asset with six decimals is 12500000. Only one way to write a
 * number is read: digits, and after a point at least one and at most `decimals` more. Undefined for anything else.
 */
export function parseUnits(text: string, decimals: number): bigint | undefined {
    const match = /^(0|[1-9]\d{0,18})(?:\.(\d+))?$/.exec(text);
    const fraction = match?.[2] ?? '';
    if (match === null || fraction.length > decimals) return undefined;
    return BigInt(`${match[1] ?? ''}${fraction.padEnd(decimals, '0')}`);
}

/** The amount in units, with all of the asset's decimals: 12500000 of an asset with six decimals is "12.500000". */
export function formatUnits(minorUnits: bigint, decimals: number): string {
    const sign = minorUnits < 0n ? '-' : '';
    const digits = (minorUnits < 0n ? -minorUnits : minorUnits).toString().padStart(decimals + 1, '0');
    const point = digits.length - decimals;
    return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
