// SPDX-License-Identifier: Apache-2.0
import {
    type BundleId,
    type CertificateAction,
    type CertificateBundle,
    checkDistinctBundles,
    type DomainEvent,
    existingBundle,
    type FacilityId,
    type ForeignEntry,
    type IntervalEnergy,
    type IntervalStart,
    type Issued,
    rangeOf,
    type RequestId,
    type ResultOf,
    totalWh,
    type WhRange,
} from '@power-currency/domain';
import type { LedgerContext } from './ledgerContext.js';
import type { LedgerSession } from './ledgerSession.js';
import { refTo, type StateRef } from './stateTable.js';
import { tables } from './tables.js';

type Action = CertificateAction;
type Receipt = ResultOf<'Certificate:Claim'>;
type Facts = Pick<Receipt, 'bundleIds' | 'energyWh'>;

type WithoutFacts<E> = E extends Facts ? Omit<E, keyof Facts> : never;
/** An event about bundles, without them. */
type Told = WithoutFacts<DomainEvent>;

/** Digits of a watt-hour's number in a key, so that keys are in order of ranges. */
const whDigits = 19;
const changeDigits = 10;

export function bundleRef(bundleId: BundleId): StateRef<CertificateBundle> {
    return refTo(tables.certificate, ...partsOf(rangeOf(bundleId)));
}

export function bundleRefs(bundleIds: readonly BundleId[]): readonly StateRef<CertificateBundle>[] {
    return bundleIds.map(bundleRef);
}

/** Where it is written that a cancellation elsewhere was used. */
export function cancellationRef({ registry, reference }: ForeignEntry): StateRef<{ readonly requestId: RequestId }> {
    return refTo(tables.certificateCancellation, registry, reference);
}

export function intervalRef(facilityId: FacilityId, start: IntervalStart): StateRef<IntervalEnergy> {
    return refTo(tables.intervalEnergy, facilityId, start);
}

/** The bundles named, which must have been loaded. Throws CERTIFICATE_REPEATED or CERTIFICATE_NOT_FOUND. */
export function namedBundles(session: LedgerSession, bundleIds: readonly BundleId[]): readonly CertificateBundle[] {
    checkDistinctBundles(bundleIds);
    return bundleIds.map((bundleId) => existingBundle(bundleId, session.get(bundleRef(bundleId))));
}

/** Writes new bundles, each under a key that the energy of its interval makes its own. */
export function addBundles(context: LedgerContext, action: Action, bundles: readonly CertificateBundle[]): void {
    for (const bundle of bundles) {
        // Only who changes the interval's record, or the bundle it is a part of, can write this key.
        context.session.insertBlind(bundleRef(bundle.certificateBundleId), bundle);
        noteChange(context, action, bundle);
        if (isHeld(bundle)) hold(context, bundle);
    }
}

/** Writes what became of bundles that were loaded, and that this transaction did it. */
export function changeBundles(context: LedgerContext, action: Action, bundles: readonly CertificateBundle[]): void {
    const { session } = context;
    for (const bundle of bundles) {
        const { certificateBundleId: bundleId } = bundle;
        const before = existingBundle(bundleId, session.get(bundleRef(bundleId)));
        const after = { ...bundle, changeCount: before.changeCount + 1 };
        const isMoved = before.accountId !== after.accountId;
        session.put(bundleRef(bundleId), after);
        noteChange(context, action, after);
        // Its bundle was read, so that nobody else can be changing whose it is.
        if (isHeld(before) && (isMoved || !isHeld(after))) session.deleteBlind(holdingRef(before));
        if (isHeld(after) && (isMoved || !isHeld(before))) hold(context, after);
    }
}

interface Changed {
    readonly result: Receipt;
    readonly events: readonly DomainEvent[];
}

/** Writes what became of bundles, and answers and tells it: all are in one state afterwards, and of one owner. */
export function changed(
    context: LedgerContext,
    action: Action,
    bundles: readonly CertificateBundle[],
    told: Told,
): Changed {
    changeBundles(context, action, bundles);
    return { result: receiptOf(bundles), events: [{ ...told, ...factsOf(bundles) }] };
}

/** Writes newly certified energy: the bundles, and the intervals of which they are now a part. */
export function writeIssued(context: LedgerContext, action: Action, { bundles, intervals }: Issued): void {
    for (const interval of intervals) context.session.put(intervalRef(interval.facilityId, interval.start), interval);
    addBundles(context, action, bundles);
}

/** What a transaction answers about the bundles it made or changed: all are in one state, and of one owner. */
export function receiptOf(bundles: readonly CertificateBundle[]): Receipt {
    const [first] = bundles;
    if (first === undefined) throw new Error('a receipt of no bundles');
    const { certificateBundleStatus, accountId } = first;
    return { ...factsOf(bundles), certificateBundleStatus, accountId };
}

/** What events say of bundles. */
export function factsOf(bundles: readonly CertificateBundle[]): Facts {
    return {
        bundleIds: bundles.map(({ certificateBundleId }) => certificateBundleId),
        energyWh: totalWh(bundles),
    };
}

function noteChange({ session, stub, now }: LedgerContext, action: Action, bundle: CertificateBundle): void {
    const { certificateBundleId, changeCount, certificateBundleStatus, accountId } = bundle;
    const count = String(changeCount).padStart(changeDigits, '0');
    session.insertBlind(refTo(tables.certificateChange, ...partsOf(rangeOf(certificateBundleId)), count), {
        ...{ certificateBundleId, changeCount, action, certificateBundleStatus, accountId },
        ...{ transactionId: stub.getTxID(), at: now },
    });
}

function hold({ session }: LedgerContext, bundle: CertificateBundle): void {
    session.insertBlind(holdingRef(bundle), { certificateBundleId: bundle.certificateBundleId });
}

/** Whether it is in a wallet's list of what it has. */
function isHeld({ certificateBundleStatus: status }: CertificateBundle): boolean {
    return status === 'Active' || status === 'Reserved' || status === 'Locked';
}

function holdingRef({
    accountId,
    certificateBundleId,
}: CertificateBundle): StateRef<{ certificateBundleId: BundleId }> {
    return refTo(tables.certificateHolding, accountId, ...partsOf(rangeOf(certificateBundleId)));
}

function partsOf({ facilityId, start, first, last }: WhRange): readonly string[] {
    return [facilityId, start, ...[first, last].map((wh) => wh.toString().padStart(whDigits, '0'))];
}
