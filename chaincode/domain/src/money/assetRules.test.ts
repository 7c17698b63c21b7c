// SPDX-License-Identifier: Apache-2.0
import type { WalletId } from '../encoding/identifier.js';
import { isDomainError } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';
import { type Asset, type AssetCode, type AssetRules, assetOf, isBuiltIn, powerCredit } from './asset.js';
import { type AssetCredit, checkAssetCredit } from './assetRules.js';

const [issuer, anna, bert] = ['issuer', 'anna', 'bert'] as WalletId[] as [WalletId, WalletId, WalletId];
const now = 1_800_000_000n as Instant;
const assetWith = (rules: Partial<AssetRules>, state: Asset['state'] = 'active'): Asset => ({
    ...{ code: 'SOLAR' as AssetCode, name: 'Solar share', decimals: 0, class: 'private', issuer, state, reason: '' },
    ...{ rules: { access: 'open', tierMin: 0, cap: null, isTransferable: true, ...rules }, registeredAt: now },
});
const credit = (asset: Asset, facts: Partial<AssetCredit> = {}): AssetCredit => ({
    ...{ asset, from: anna, to: bert, allowance: undefined, tier: 0, ...facts },
});

function refusalOf(facts: AssetCredit): string {
    try {
        checkAssetCredit(facts);
        return 'none';
    } catch (thrown) {
        return isDomainError(thrown) ? thrown.code : String(thrown);
    }
}

describe('an open asset', () => {
    it('reaches everybody', () => {
        expect(refusalOf(credit(assetWith({})))).toBe('none');
    });

    it.each(['applied', 'refused', 'suspended'] as const)('reaches nobody while %s', (state) => {
        expect(refusalOf(credit(assetWith({}, state)))).toBe('ASSET_NOT_ACTIVE');
    });
});

describe('an asset with a list', () => {
    const listed = assetWith({ access: 'allow-list' });

    it('reaches those on it, and its issuer', () => {
        expect(refusalOf(credit(listed))).toBe('ASSET_NOT_ALLOWED');
        expect(refusalOf(credit(listed, { allowance: { allowedAt: now } }))).toBe('none');
        expect(refusalOf(credit(listed, { to: issuer }))).toBe('none');
    });

    it('does not even reach others when it is issued', () => {
        expect(refusalOf(credit(listed, { from: null }))).toBe('ASSET_NOT_ALLOWED');
    });
});

it('an asset behind a tier reaches holders of that tier and above', () => {
    const gated = assetWith({ access: 'tier-gated', tierMin: 2 });
    expect([0, 1, 2, 3].map((tier) => refusalOf(credit(gated, { tier })))).toEqual([
        ...['TIER_TOO_LOW', 'TIER_TOO_LOW', 'none', 'none'],
    ]);
});

describe('an asset that is not transferable', () => {
    const bound = assetWith({ isTransferable: false });

    it.each<[string, Partial<AssetCredit>, string]>([
        ['between holders', {}, 'ASSET_NOT_TRANSFERABLE'],
        ['from the issuer', { from: issuer }, 'none'],
        ['to the issuer', { to: issuer }, 'none'],
        ['newly issued', { from: null }, 'none'],
    ])('%s: %s', (_name, facts, expected) => {
        expect(refusalOf(credit(bound, facts))).toBe(expected);
    });
});

it('every ledger has three assets with no rules of their own', () => {
    expect(['PC', 'KD', 'TN', 'SOLAR'].map((code) => isBuiltIn(code as AssetCode))).toEqual([true, true, true, false]);
    expect(refusalOf(credit(assetOf(powerCredit, undefined)))).toBe('none');
});
