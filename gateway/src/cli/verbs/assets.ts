// SPDX-License-Identifier: Apache-2.0
import { type AssetCode, assetCode, assetOf, isDomainError, type Json } from '@power-currency/domain';
import { type Surface } from '../surface.js';

/** The asset that was named, or else the other. @throws INVALID_ARGUMENT */
export function assetCodeOf(named: Json | undefined, otherwise: AssetCode): AssetCode {
    return named === undefined || named === null ? otherwise : assetCode.decode(named, 'asset');
}

/** Decimals of an asset; the ledger is asked about private ones alone. @throws ASSET_NOT_FOUND */
export async function decimalsOf(code: AssetCode, surface: Surface): Promise<number> {
    const known = knownDecimals(code);
    if (known !== undefined) return known;
    const { decimals } = (await surface.query('Asset:Describe', { asset: code })) as { readonly decimals: number };
    return decimals;
}

/** Decimals of an asset that every ledger has, without asking; undefined for any other. */
export function knownDecimals(code: AssetCode): number | undefined {
    try {
        return assetOf(code, undefined).decimals;
    } catch (error) {
        if (isDomainError(error, 'ASSET_NOT_FOUND')) return undefined;
        throw error;
    }
}
