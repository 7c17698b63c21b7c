// SPDX-License-Identifier: Apache-2.0
import { object } from '../encoding/codec.js';
import { type ParticipantId, walletId, type WalletId } from '../encoding/identifier.js';
import { instant } from '../encoding/quantityCodec.js';
import { refuse } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';
import { type Asset, type AssetCode, type AssetRules, type AssetState, isBuiltIn } from './asset.js';
import type { RegisterAssetIntent } from './assetIntents.js';
import { type Money, subtractMoney, zeroMoney } from './money.js';
import { outstandingSupply, type Supply } from './supply.js';

/** A wallet on an asset's list. */
export const listedWallet = object({ walletId, allowedAt: instant });

/** An asset that an issuer made the rules of. */
export type PrivateAsset = Asset & { readonly rules: AssetRules; readonly issuer: WalletId };

/** An application for a new asset; guards in the documented order. */
export function registerAsset(intent: RegisterAssetIntent, existing: Asset | undefined, now: Instant): Asset {
    const { asset: code, name, decimals, rules, wallet: issuer } = intent;
    checkNotBuiltIn(code);
    if (existing !== undefined) refuse('ASSET_EXISTS', { asset: code, state: existing.state });
    checkRules(code, rules);
    const facts = { code, name, decimals, class: 'private', issuer, state: 'applied', rules } as const;
    return { ...facts, reason: '', registeredAt: now };
}

/** The asset, if its issuer made its rules. Throws ASSET_CODE_RESERVED or ASSET_NOT_FOUND. */
export function privateAsset(code: AssetCode, record: Asset | undefined): PrivateAsset {
    checkNotBuiltIn(code);
    if (record === undefined) refuse('ASSET_NOT_FOUND', { asset: code });
    const { rules, issuer } = record;
    if (rules === null || issuer === null) {
        refuse('STATE_CORRUPT', { objectType: 'asset', reason: 'a private asset without rules or issuer' });
    }
    return { ...record, rules, issuer };
}

/** Throws ASSET_NOT_ISSUER. */
export function checkIssuer({ code, issuer }: PrivateAsset, by: WalletId): void {
    if (issuer !== by) refuse('ASSET_NOT_ISSUER', { asset: code, walletId: by });
}

/** Throws ASSET_HAS_NO_LIST. */
export function checkHasList({ code, rules }: PrivateAsset): void {
    if (rules.access !== 'allow-list') refuse('ASSET_HAS_NO_LIST', { asset: code });
}

/** Whether so many more units may be outstanding. Throws ASSET_CAP_EXCEEDED. */
export function checkCap({ code, rules: { cap } }: PrivateAsset, supply: Supply, amount: Money): void {
    if (cap === null) return;
    const available = subtractMoney(cap, outstandingSupply(supply)) ?? zeroMoney;
    if (amount > available) {
        refuse('ASSET_CAP_EXCEEDED', { asset: code, amount: amount.toString(), available: available.toString() });
    }
}

/** A member's word on an asset. */
export interface AssetDecision {
    readonly asset: Asset;
    readonly by: ParticipantId;
    /** Who keeps the issuer's wallet: it does not speak for its own client. */
    readonly custodian: ParticipantId;
    readonly reason: string;
}

/** Accepts or refuses an application, for good. */
export function reviewAsset(decision: AssetDecision, isAccepted: boolean): Asset {
    checkState(decision.asset, 'applied');
    checkIndependent(decision);
    return { ...decision.asset, state: isAccepted ? 'active' : 'refused', reason: decision.reason };
}

/** Stops an asset at once: any member may, the issuer's own custodian included. */
export function suspendAsset(asset: Asset, reason: string): Asset {
    checkState(asset, 'active');
    return { ...asset, state: 'suspended', reason };
}

/** Puts a suspended asset back in circulation. */
export function resumeAsset(decision: AssetDecision): Asset {
    checkState(decision.asset, 'suspended');
    checkIndependent(decision);
    return { ...decision.asset, state: 'active', reason: decision.reason };
}

function checkState({ code, state }: Asset, expected: AssetState): void {
    if (state !== expected) refuse('ASSET_STATE_MISMATCH', { asset: code, state, expected });
}

function checkIndependent({ asset: { code }, by, custodian }: AssetDecision): void {
    if (by === custodian) refuse('ASSET_DECISION_NOT_INDEPENDENT', { asset: code, participantId: by });
}

function checkNotBuiltIn(code: AssetCode): void {
    if (isBuiltIn(code)) refuse('ASSET_CODE_RESERVED', { asset: code });
}

function checkRules(code: AssetCode, { access, tierMin }: AssetRules): void {
    if ((access === 'tier-gated') !== tierMin > 0) refuse('ASSET_RULES_INVALID', { asset: code, access, tierMin });
}
