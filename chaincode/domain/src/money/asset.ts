// SPDX-License-Identifier: Apache-2.0
import {
    boolean,
    type Codec,
    type Decoded,
    freeText,
    integer,
    nullable,
    object,
    oneOf,
    text,
} from '../encoding/codec.js';
import { walletId } from '../encoding/identifier.js';
import { instant, positiveAmount } from '../encoding/quantityCodec.js';
import { refuse } from '../error/domainError.js';
import { zeroInstant } from '../time/ledgerClock.js';

declare const kind: unique symbol;

/** The code of an asset: 2 to 12 capital letters and digits, a letter first. Never reused. */
export type AssetCode = string & { readonly [kind]: 'asset' };
export const assetCode = text(/^[A-Z][A-Z0-9]{1,11}$/, 'asset code') as Codec<AssetCode>;

/** Which rule lets units come into being (Q39). */
const assetClasses = ['power-credit', 'growth-currency', 'treasury-note', 'private'] as const;

/** `active` ones are issued and paid; a suspended one is neither until it is resumed. */
const assetStates = ['applied', 'active', 'refused', 'suspended'] as const;
export const assetState = oneOf(assetStates);
export type AssetState = (typeof assetStates)[number];

/**
 * What the issuer of a private asset lays down when it applies, for good.
 * - `access`: who may hold it: anybody, wallets on the issuer's list, or holders of KYC tier `tierMin` and above.
 * - `cap`: most units outstanding at any time, in minor units; null for none.
 * - `isTransferable`: whether holders may pay each other with it; the issuer always may.
 */
export const assetRules = object({
    access: oneOf(['open', 'allow-list', 'tier-gated']),
    tierMin: integer(0, 3),
    cap: nullable(positiveAmount),
    isTransferable: boolean,
});
export type AssetRules = Decoded<typeof assetRules>;

/** Most decimals an asset may have. */
export const decimalsMax = 6;

export const asset = object({
    code: assetCode,
    name: freeText(80),
    /** Minor units in one unit are ten to this power. */
    decimals: integer(0, decimalsMax),
    class: oneOf(assetClasses),
    /** The wallet whose key issues a private asset; null where the ledger's own rules issue. */
    issuer: nullable(walletId),
    state: assetState,
    rules: nullable(assetRules),
    /** Why its state last changed. */
    reason: freeText(200),
    registeredAt: instant,
});
export type Asset = Decoded<typeof asset>;

/** Six decimals are fine enough to price a single watt-hour. */
const powerCreditDecimals = 6;

/** The assets every ledger has from its first block on. */
const builtInAssets: readonly Asset[] = [
    builtIn('PC', 'Power Credit', 'power-credit'),
    builtIn('KD', 'K-Dollar', 'growth-currency'),
    builtIn('TN', 'Treasury Note', 'treasury-note'),
];

export const powerCredit = 'PC' as AssetCode;
export const growthCurrency = 'KD' as AssetCode;
export const treasuryNote = 'TN' as AssetCode;

/** Minor units in one Power Credit. */
export const minorUnitsPerPowerCredit = 10n ** BigInt(powerCreditDecimals);

/** The asset of this code, from its record where it has one. Throws ASSET_NOT_FOUND. */
export function assetOf(code: AssetCode, record: Asset | undefined): Asset {
    return record ?? builtInAssets.find((known) => known.code === code) ?? refuse('ASSET_NOT_FOUND', { asset: code });
}

/** Whether every ledger has the asset: it has no record, and no rules but those of its class. */
export function isBuiltIn(code: AssetCode): boolean {
    return builtInAssets.some((known) => known.code === code);
}

/** Throws ASSET_NOT_ACTIVE for one that is not, or not now, in circulation. */
export function checkActive({ code, state }: Asset): void {
    if (state !== 'active') refuse('ASSET_NOT_ACTIVE', { asset: code, state });
}

function builtIn(code: string, name: string, assetClass: Asset['class']): Asset {
    return {
        code: code as AssetCode,
        name,
        decimals: powerCreditDecimals,
        class: assetClass,
        issuer: null,
        state: 'active',
        rules: null,
        reason: 'founding agreement',
        registeredAt: zeroInstant,
    };
}
