// SPDX-License-Identifier: Apache-2.0
import {
    type Asset,
    type AssetCode,
    type AssetDecision,
    checkIssuer,
    checkNoNonce,
    type Codec,
    type DomainEvent,
    type Intent,
    type ParticipantId,
    type PrivateAsset,
    privateAsset,
    refuse,
    type WalletId,
} from '@power-currency/domain';
import { checkCredentialOf, credentialRef } from './credentials.js';
import { authorised } from './intents.js';
import type { LedgerContext } from './ledgerContext.js';
import type { StateRef } from './stateTable.js';
import { assetRef, walletRef } from './walletRefs.js';

/** What {@link issuedAsset} needs loaded. */
export function issuerRefs(asset: AssetCode, issuer: WalletId): readonly StateRef[] {
    return [walletRef(issuer), assetRef(asset), credentialRef('asset-issuer', issuer)];
}

/** The private asset an intent is about, if its issuer signed it; guards in the documented order. */
export function issuedAsset<I extends Intent & { readonly asset: AssetCode }>(
    context: LedgerContext,
    codec: Codec<I>,
    command: Parameters<typeof authorised<I>>[2],
): PrivateAsset {
    const { asset, wallet } = command.intent;
    authorised(context, codec, command);
    checkNoNonce(command.intent);
    const known = privateAsset(asset, context.session.get(assetRef(asset)));
    checkIssuer(known, wallet);
    checkCredentialOf(context, 'asset-issuer', wallet);
    return known;
}

/** A member's word on an asset. Whose client the issuer is can be told only from the asset's record. */
export async function assetDecisionOf(
    { session }: LedgerContext,
    code: AssetCode,
    by: ParticipantId,
    reason: string,
): Promise<AssetDecision> {
    const asset = privateAsset(code, session.get(assetRef(code)));
    const issuer = await session.read(walletRef(asset.issuer));
    if (issuer === undefined) refuse('STATE_CORRUPT', { objectType: 'asset', reason: 'an issuer without a wallet' });
    return { asset, by, custodian: issuer.custodian, reason };
}

/** Writes down the state a member's word has put an asset into. */
export function changeState(
    { session }: LedgerContext,
    asset: Asset,
    by: ParticipantId,
): { readonly result: Asset; readonly events: readonly DomainEvent[] } {
    const { code, state, reason } = asset;
    session.put(assetRef(code), asset);
    return { result: asset, events: [{ type: 'AssetStateChanged', asset: code, state, by, reason }] };
}
