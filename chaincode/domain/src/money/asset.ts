// SPDX-License-Identifier: Apache-2.0

/** The assets of the ledger. Power Credits have six decimals, fine enough to price a single watt-hour. */
export const assets = {
    PC: { name: 'Power Credit', decimals: 6 },
} as const;

export type AssetCode = keyof typeof assets;

/** Minor units in one Power Credit. */
export const minorUnitsPerPowerCredit = 10n ** BigInt(assets.PC.decimals);
