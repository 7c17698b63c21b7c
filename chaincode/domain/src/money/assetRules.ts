// SPDX-License-Identifier: Apache-2.0
import { type Decoded, object } from '../encoding/codec.js';
import { holderOf, type WalletId } from '../encoding/identifier.js';
import { instant } from '../encoding/quantityCodec.js';
import { refuse } from '../error/domainError.js';
import { type Asset, checkActive } from './asset.js';

/** A wallet's place on an asset's list, by its issuer's word. */
export const allowance = object({ allowedAt: instant });
export type Allowance = Decoded<typeof allowance>;

/** Units of an asset about to reach a wallet, with what the ledger knows of the wallet. */
export interface AssetCredit {
    readonly asset: Asset;
    /** Whose units they are, or null for new ones. */
    readonly from: WalletId | null;
    readonly to: WalletId;
    readonly allowance: Allowance | undefined;
    /** The KYC tier of its holder now. */
    readonly tier: number;
}

/**
 * Whether the asset's rules let the wallet receive it from there. As in ERC-3643, the list says who may receive: who is
 * taken off it keeps what it has and can pay it away, because only a freeze keeps somebody from paying. The issuer may
 * always receive. Throws ASSET_NOT_ACTIVE, ASSET_NOT_ALLOWED, TIER_TOO_LOW or ASSET_NOT_TRANSFERABLE.
 */
export function checkAssetCredit({ asset, from, to, allowance, tier }: AssetCredit): void {
    checkActive(asset);
    const { code, rules, issuer } = asset;
    if (rules === null || to === issuer) return;
    if (rules.access === 'allow-list' && allowance === undefined) {
        refuse('ASSET_NOT_ALLOWED', { asset: code, walletId: to });
    }
    if (rules.access === 'tier-gated' && tier < rules.tierMin) {
        refuse('TIER_TOO_LOW', { holderId: holderOf(to), tier, tierMin: rules.tierMin });
    }
    if (!rules.isTransferable && from !== null && from !== issuer) {
        refuse('ASSET_NOT_TRANSFERABLE', { asset: code, issuer: issuer ?? '' });
    }
}
