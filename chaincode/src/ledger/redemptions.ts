// SPDX-License-Identifier: Apache-2.0
import {
    type BundleId,
    type CertificateBundle,
    deliverCertificates,
    type DomainEvent,
    redeemBundle,
    type RedemptionDay,
    returnBundle,
    existingRedemption,
    holderOf,
    powerCredit,
    type Redemption,
    type RedemptionId,
    type Voucher,
    type VoucherId,
    type WalletId,
} from '@power-currency/domain';
import { bundleRefs, changeBundles, changed, namedBundles } from './certificates.js';
import { checkMayPay } from './compliance.js';
import { creditWallet } from './crediting.js';
import type { LedgerContext } from './ledgerContext.js';
import type { LedgerSession } from './ledgerSession.js';
import { refTo, type StateRef } from './stateTable.js';
import { redeem } from './supplies.js';
import { supplyRef, tables } from './tables.js';
import { timeKey } from './timeKey.js';

const asset = powerCredit;

export const redemptionRef = (redemptionId: RedemptionId): StateRef<Redemption> =>
    refTo(tables.redemption, asset, redemptionId);
export const voucherRef = (provider: WalletId, voucherId: VoucherId): StateRef<Voucher> =>
    refTo(tables.voucher, provider, voucherId);
/** What a holder asked for on its latest day: written by that holder's own requests alone. */
export const holderDayRef = (walletId: WalletId): StateRef<RedemptionDay> =>
    refTo(tables.redemptionDay, 'holder', holderOf(walletId));
/** What was issued on the latest day: written by every voucher, which is what makes the limit one. */
export const systemDayRef = refTo(tables.redemptionDay, 'system');
/** What {@link settle} needs loaded beside the redemption. */
export const burnRef = supplyRef(asset);

interface Ended {
    readonly result: Redemption;
    readonly events: readonly DomainEvent[];
}

/** The redemption, which must have been loaded. Throws REDEMPTION_NOT_FOUND. */
export function redemptionOf(session: LedgerSession, redemptionId: RedemptionId): Redemption {
    return existingRedemption(redemptionId, session.get(redemptionRef(redemptionId)));
}

/** A new request takes its place in the queue. */
export function enqueue({ session }: LedgerContext, redemption: Redemption): void {
    const { redemptionId, provider, amount, queuedAt } = redemption;
    session.put(redemptionRef(redemptionId), redemption);
    session.insertBlind(queueRef(redemption), { redemptionId, provider, amount, queuedAt });
}

/** What became of a redemption; one that waits no more leaves the queue. */
export function replace({ session }: LedgerContext, redemption: Redemption): void {
    const ref = redemptionRef(redemption.redemptionId);
    // Its redemption was read, so that nobody else can be removing it.
    if (session.get(ref)?.state === 'queued') session.deleteBlind(queueRef(redemption));
    session.put(ref, redemption);
}

/** Keeps the provider's certificates for the redemption they deliver. */
export function deliverEnergy(context: LedgerContext, redemption: Redemption, certificates: readonly BundleId[]): void {
    checkMayPay(context, redemption.provider);
    const bundles = namedBundles(context.session, certificates);
    changeBundles(context, 'deliver', deliverCertificates(redemption, bundles, context.now));
}

/** Writes down that a redemption ended well, burns its credits and uses its certificates for the holder. */
export async function settle(
    context: LedgerContext,
    redemption: Redemption,
    cause: 'accepted' | 'undisputed' | 'resolved',
): Promise<Ended> {
    const { redemptionId, amount, resolution, wallet } = redemption;
    const use = { beneficiary: wallet, purpose: `redemption ${redemptionId}` };
    const told = { type: 'CertificatesClaimed', walletId: redemption.provider, ...use } as const;
    const used = await endDelivery(
        context,
        redemption,
        'redeem',
        (bundle) => redeemBundle(bundle, redemptionId, use),
        told,
    );
    replace(context, redemption);
    const { redeemed } = redeem(context, asset, amount, { kind: 'redemption', redemptionId });
    const by = resolution?.by ?? null;
    const settled = { type: 'RedemptionSettled', redemptionId, amount, cause, by, redeemed } as const;
    return { result: redemption, events: [settled, ...used] };
}

/** Writes down that a redemption came to nothing, and gives the holder its credits and the provider its certificates back. */
export async function giveBack(
    context: LedgerContext,
    redemption: Redemption,
    cause: 'cancelled' | 'expired' | 'resolved',
): Promise<Ended> {
    const { redemptionId, wallet: walletId, provider, amount, resolution } = redemption;
    const told = { type: 'CertificatesReturned', redemptionId, walletId: provider } as const;
    const freed = await endDelivery(
        context,
        redemption,
        'return',
        (bundle) => returnBundle(bundle, redemptionId),
        told,
    );
    replace(context, redemption);
    const creditId = creditWallet(context, asset, walletId, { amount, origin: 'redemption', from: walletId });
    const by = resolution?.by ?? null;
    const facts = { redemptionId, walletId, amount, cause, by, creditId };
    return { result: redemption, events: [{ type: 'RedemptionReturned', ...facts }, ...freed] };
}

/** What becomes of the certificates that were kept for a delivery: only its record names them. */
async function endDelivery(
    context: LedgerContext,
    { delivery }: Redemption,
    action: 'redeem' | 'return',
    end: (bundle: CertificateBundle) => CertificateBundle,
    told: Parameters<typeof changed>[3],
): Promise<readonly DomainEvent[]> {
    const certificates = delivery?.certificates ?? [];
    if (certificates.length === 0) return [];
    await context.session.load(bundleRefs(certificates));
    return changed(context, action, namedBundles(context.session, certificates).map(end), told).events;
}

const queueRef = ({ queuedAt, redemptionId }: Redemption): StateRef =>
    refTo(tables.redemptionQueue, timeKey(queuedAt), redemptionId);
