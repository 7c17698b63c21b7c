// SPDX-License-Identifier: Apache-2.0
import {
    claimBundle,
    claimCertificatesIntent,
    existingBundle,
    expireBundle,
    issueCertificates,
    issueCertificatesIntent,
    lockBundle,
    lockCertificatesIntent,
    refuse,
    reissueBundle,
    releaseBundle,
    releaseCertificatesIntent,
    reserveBundle,
    reserveCertificatesIntent,
    splitBundle,
    splitCertificateIntent,
    takeBundle,
    takeCertificatesIntent,
    transferBundle,
    transferCertificatesIntent,
    unlockBundle,
    unlockCertificatesIntent,
    withdrawBundle,
    withdrawCertificatesIntent,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { approvalRefs, approvedByTwo } from '../ledger/approvals.js';
import { parametersOf } from '../ledger/basis.js';
import { holdingsOf, lifeOf } from '../ledger/certificateQueries.js';
import {
    addBundles,
    bundleRef,
    bundleRefs,
    cancellationRef,
    changed,
    changeBundles,
    factsOf,
    namedBundles,
    receiptOf,
    writeIssued,
} from '../ledger/certificates.js';
import {
    bundleSteps,
    checkReceiver,
    energyOf,
    intervalRefs,
    partyRefs,
    signedBundleRefs,
    signedBy,
    signedFacility,
    signedFacilityRefs,
} from '../ledger/certificateSigners.js';
import { addToContracted, contractedRefs, takeFromContracted } from '../ledger/contractedReserve.js';
import { checkMayPay } from '../ledger/compliance.js';
import { requestOfIntent } from '../ledger/intents.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import { pageOfValues } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import { tables } from '../ledger/tables.js';

/** Certificates of verified energy: each watt-hour is in at most one bundle, and each bundle in one state. */
export class CertificateContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Certificate', platform);
    }

    @Transaction()
    @Returns('string')
    async Issue(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Certificate:Issue', request, {
            requestOf: requestOfIntent(issueCertificatesIntent),
            load: ({ intent }) => [...signedFacilityRefs(intent.wallet, intent.facilityId), ...intervalRefs(intent)],
            decide: (command) => {
                const wish = command.intent;
                const { facilityId } = wish;
                const { by, now, facility } = signedFacility(context, issueCertificatesIntent, command);
                const issued = issueCertificates({
                    ...{ wish, facility, accountId: by, now },
                    ...{ energyOf: energyOf(context, facilityId), parameters: parametersOf(context.session) },
                });
                writeIssued(context, 'issue', issued);
                const facts = { facilityId, walletId: by, dischargeId: null, ...factsOf(issued.bundles) };
                return { result: receiptOf(issued.bundles), events: [{ type: 'CertificatesIssued', ...facts }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Split(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Certificate:Split', request, {
            requestOf: requestOfIntent(splitCertificateIntent),
            load: ({ intent: { wallet, bundleId } }) => signedBundleRefs(wallet, [bundleId]),
            decide: (command) => {
                const { bundleId, quantities } = command.intent;
                const { by: walletId } = signedBy(context, splitCertificateIntent, command);
                const whole = existingBundle(bundleId, context.session.get(bundleRef(bundleId)));
                const { parent, parts } = splitBundle(whole, walletId, quantities);
                changeBundles(context, 'split', [parent]);
                addBundles(context, 'split', parts);
                const result = { bundleId, splitInto: parent.splitInto };
                return { result, events: [{ type: 'CertificateSplit', walletId, ...result }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Transfer(context: LedgerContext, request: string): Promise<string> {
        const steps = bundleSteps(
            context,
            transferCertificatesIntent,
            (bundles, use, { to }) => {
                const given = bundles.map((bundle) => transferBundle(bundle, use, to));
                checkReceiver(context, to, use.by);
                return changed(context, 'transfer', given, { type: 'CertificatesTransferred', from: use.by, to });
            },
            ({ to }) => partyRefs(to),
        );
        return submit(context, 'Certificate:Transfer', request, steps);
    }

    @Transaction()
    @Returns('string')
    async Reserve(context: LedgerContext, request: string): Promise<string> {
        const steps = bundleSteps(
            context,
            reserveCertificatesIntent,
            (bundles, use, { to, until }) => {
                const reserved = bundles.map((bundle) => reserveBundle(bundle, use, { to, until }));
                checkReceiver(context, to, use.by);
                return changed(context, 'reserve', reserved, {
                    type: 'CertificatesReserved',
                    walletId: use.by,
                    to,
                    until,
                });
            },
            ({ to }) => partyRefs(to),
        );
        return submit(context, 'Certificate:Reserve', request, steps);
    }

    @Transaction()
    @Returns('string')
    async Take(context: LedgerContext, request: string): Promise<string> {
        const steps = bundleSteps(
            context,
            takeCertificatesIntent,
            (bundles, use, { from }) => {
                const taken = bundles.map((bundle) => takeBundle(bundle, use, from));
                // Whoever has stolen a key could reserve for itself first: what is taken after that is held up as well.
                checkMayPay(context, from);
                checkReceiver(context, use.by);
                return changed(context, 'take', taken, { type: 'CertificatesTransferred', from, to: use.by });
            },
            ({ from }) => partyRefs(from),
        );
        return submit(context, 'Certificate:Take', request, steps);
    }

    @Transaction()
    @Returns('string')
    async Release(context: LedgerContext, request: string): Promise<string> {
        const steps = bundleSteps(context, releaseCertificatesIntent, (bundles, use) => {
            const released = bundles.map((bundle) => releaseBundle(bundle, use));
            return changed(context, 'release', released, { type: 'CertificatesReleased', walletId: use.by });
        });
        return submit(context, 'Certificate:Release', request, steps);
    }

    @Transaction()
    @Returns('string')
    async Claim(context: LedgerContext, request: string): Promise<string> {
        const steps = bundleSteps(context, claimCertificatesIntent, (bundles, use, { beneficiary, purpose }) => {
            const claimed = bundles.map((bundle) => claimBundle(bundle, use, { beneficiary, purpose }));
            const told = { type: 'CertificatesClaimed', walletId: use.by, beneficiary, purpose } as const;
            return changed(context, 'claim', claimed, told);
        });
        return submit(context, 'Certificate:Claim', request, steps);
    }

    @Transaction()
    @Returns('string')
    async Lock(context: LedgerContext, request: string): Promise<string> {
        const steps = bundleSteps(
            context,
            lockCertificatesIntent,
            (bundles, use) => {
                const locked = bundles.map((bundle) => lockBundle(bundle, use));
                const lockedWh = addToContracted(context, bundles);
                return changed(context, 'lock', locked, { type: 'CertificatesLocked', walletId: use.by, lockedWh });
            },
            () => contractedRefs,
        );
        return submit(context, 'Certificate:Lock', request, steps);
    }

    @Transaction()
    @Returns('string')
    async Unlock(context: LedgerContext, request: string): Promise<string> {
        const steps = bundleSteps(
            context,
            unlockCertificatesIntent,
            (bundles, { by }) => {
                const unlocked = bundles.map((bundle) => unlockBundle(bundle, by));
                const lockedWh = takeFromContracted(context, bundles);
                return changed(context, 'unlock', unlocked, { type: 'CertificatesUnlocked', walletId: by, lockedWh });
            },
            () => contractedRefs,
        );
        return submit(context, 'Certificate:Unlock', request, steps);
    }

    @Transaction()
    @Returns('string')
    async Withdraw(context: LedgerContext, request: string): Promise<string> {
        const steps = bundleSteps(context, withdrawCertificatesIntent, (bundles, use, { destination }) => {
            const gone = bundles.map((bundle) => withdrawBundle(bundle, use, destination));
            return changed(context, 'withdraw', gone, { type: 'CertificatesWithdrawn', walletId: use.by, destination });
        });
        return submit(context, 'Certificate:Withdraw', request, steps);
    }

    @Transaction()
    @Returns('string')
    async Reissue(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Certificate:Reissue', request, {
            load: (command) => [
                ...[...bundleRefs(command.bundleIds), ...partyRefs(command.to), cancellationRef(command.cancellation)],
                ...approvalRefs(context, 'Certificate:Reissue', command),
            ],
            decide: (command) => {
                const { requestId, bundleIds, to, cancellation } = command;
                const bundles = namedBundles(session, bundleIds);
                checkReceiver(context, to);
                const back = bundles.map((bundle) => reissueBundle(bundle, to, cancellation));
                const ref = cancellationRef(cancellation);
                if (session.get(ref) !== undefined) refuse('CANCELLATION_USED', cancellation);
                const approvals = approvedByTwo(context, 'Certificate:Reissue', command);
                session.put(ref, { requestId });
                const told = { type: 'CertificatesReissued', walletId: to, cancellation } as const;
                const { result, events } = changed(context, 'reissue', back, told);
                return { result, events: [...approvals, ...events] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Expire(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Certificate:Expire', request, {
            load: ({ bundleIds }) => bundleRefs(bundleIds),
            decide: ({ bundleIds }) => {
                const bundles = namedBundles(context.session, bundleIds);
                const expired = bundles.map((bundle) => expireBundle(bundle, context.now));
                changeBundles(context, 'expire', expired);
                const facts = factsOf(expired);
                return { result: facts, events: [{ type: 'CertificatesExpired', ...facts }] };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async Describe(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Certificate:Describe', request, async ({ bundleId }) =>
            existingBundle(bundleId, await context.session.read(bundleRef(bundleId))),
        );
    }

    @Transaction(false)
    @Returns('string')
    async DescribeInterval(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Certificate:DescribeInterval', request, ({ facilityId, start }) =>
            lifeOf(context.session, facilityId, start),
        );
    }

    @Transaction(false)
    @Returns('string')
    async ListHoldings(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Certificate:ListHoldings', request, ({ walletId, ...paging }) =>
            holdingsOf(context.session, walletId, paging),
        );
    }

    @Transaction(false)
    @Returns('string')
    async ListOfFacility(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Certificate:ListOfFacility', request, ({ facilityId, ...paging }) =>
            pageOfValues(context.session, tables.certificate, [facilityId], paging),
        );
    }
}
