// SPDX-License-Identifier: Apache-2.0
import {
    type Authorisation,
    type BundleId,
    type CertificateBundle,
    checkFacilityOf,
    checkNoNonce,
    checkNotSelf,
    checkPayee,
    type Codec,
    type Day,
    type Facility,
    type FacilityId,
    holderOf,
    type Instant,
    type Intent,
    intervalsOfDay,
    type IntervalEnergy,
    type IntervalStart,
    type WalletId,
} from '@power-currency/domain';
import { bundleRefs, intervalRef, namedBundles } from './certificates.js';
import { checkMayBePaid, checkMayPay, restrictedRef } from './compliance.js';
import { checkActiveEntity, facilityOf, facilityRef, standingRefs } from './energyRegistry.js';
import { authorised, requestOfIntent } from './intents.js';
import type { LedgerContext } from './ledgerContext.js';
import type { RequestIdentity } from './requests.js';
import type { StateRef } from './stateTable.js';
import { parametersRef } from './tables.js';
import { walletRef } from './walletRefs.js';

interface Signed<I extends Intent> {
    readonly intent: I;
    readonly authorisation: Authorisation;
}

interface Signer {
    readonly by: WalletId;
    readonly now: Instant;
}

/** What {@link bundleSteps} needs loaded. */
export function signedBundleRefs(wallet: WalletId, bundleIds: readonly BundleId[]): readonly StateRef[] {
    return [...partyRefs(wallet), ...bundleRefs(bundleIds)];
}

type BundlesIntent = Intent & { readonly bundleIds: readonly BundleId[] };

/** The steps of a transaction in which a wallet signs for bundles: reads them, checks who signed, lets `decide` decide. */
export function bundleSteps<I extends BundlesIntent, R>(
    context: LedgerContext,
    codec: Codec<I>,
    decide: (bundles: readonly CertificateBundle[], use: Signer, intent: I) => R,
    moreRefs: (intent: I) => readonly StateRef[] = () => [],
): {
    readonly requestOf: (command: Signed<I>) => RequestIdentity;
    readonly load: (command: Signed<I>) => readonly StateRef[];
    readonly decide: (command: Signed<I>) => R;
} {
    return {
        requestOf: requestOfIntent(codec),
        load: ({ intent }) => [...signedBundleRefs(intent.wallet, intent.bundleIds), ...moreRefs(intent)],
        decide: (command) => {
            const use = signedBy(context, codec, command);
            return decide(namedBundles(context.session, command.intent.bundleIds), use, command.intent);
        },
    };
}

/** The wallet that signed, if its holder is not restricted: who may not pay may not dispose of certificates either. */
export function signedBy<I extends Intent>(context: LedgerContext, codec: Codec<I>, command: Signed<I>): Signer {
    const { walletId } = authorised(context, codec, command);
    checkMayPay(context, walletId);
    checkNoNonce(command.intent);
    return { by: walletId, now: context.now };
}

/** What {@link signedFacility} needs loaded. */
export function signedFacilityRefs(wallet: WalletId, facilityId: FacilityId): readonly StateRef[] {
    return [...partyRefs(wallet), ...[facilityRef(facilityId), ...standingRefs(holderOf(wallet)), parametersRef]];
}

/** Who signed for the energy of a facility of its own, with a wallet that takes certificates. */
export function signedFacility<I extends Intent & { readonly facilityId: FacilityId }>(
    context: LedgerContext,
    codec: Codec<I>,
    command: Signed<I>,
): Signer & { readonly facility: Facility } {
    const { session } = context;
    const signer = signedBy(context, codec, command);
    checkReceiver(context, signer.by);
    const facility = facilityOf(session, command.intent.facilityId);
    checkFacilityOf(facility, signer.by);
    checkActiveEntity(context, facility.entityId);
    return { ...signer, facility };
}

/** A wallet and what its holder is forbidden: what {@link signedBy} and {@link checkReceiver} need loaded. */
export function partyRefs(walletId: WalletId): readonly StateRef[] {
    return [walletRef(walletId), restrictedRef(holderOf(walletId))];
}

/** Whether the wallet can be given certificates. */
export function checkReceiver(context: LedgerContext, to: WalletId, from?: WalletId): void {
    if (from !== undefined) checkNotSelf(from, [to]);
    checkPayee(to, context.session.get(walletRef(to)));
    checkMayBePaid(context, to);
}

/** The intervals of a facility that were loaded. */
export function energyOf(
    { session }: LedgerContext,
    facilityId: FacilityId,
): (start: IntervalStart) => IntervalEnergy | undefined {
    return (start) => session.get(intervalRef(facilityId, start));
}

/** The intervals that are named, or all that a day can have. */
export function intervalRefs(wish: {
    readonly facilityId: FacilityId;
    readonly day: Day;
    readonly starts: readonly IntervalStart[];
}): readonly StateRef[] {
    const { facilityId, day, starts } = wish;
    return (starts.length > 0 ? starts : intervalsOfDay(day, '15')).map((start) => intervalRef(facilityId, start));
}
