// SPDX-License-Identifier: Apache-2.0
import {
    acceptReport,
    agreedVerdict,
    checkExpired,
    checkReconcilable,
    type DomainEvent,
    type EnergyWh,
    findingTexts,
    founding,
    giveVerdict,
    listReport,
    nextHistory,
    nextVintage,
    openReview,
    noReports,
    refuse,
    type Review,
    type Vintage,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { parametersOf, plausibilityRulesOf } from '../ledger/basis.js';
import { participantOf } from '../ledger/caller.js';
import { accountFor, facilityYearRef } from '../ledger/energyAccounts.js';
import { checkActiveEntity, facilityRef, sourceRef } from '../ledger/energyRegistry.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import {
    basisOf,
    loadPeriod,
    measurementOf,
    measurementRef,
    openFlagRef,
    periodRefs,
    remember,
    reportRef,
    reportsAt,
    reviewRef,
    sourceHeadRef,
    vintageRef,
} from '../ledger/measurements.js';
import { pageOfValues } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import { endReview, flagOrClear, openReviewOf } from '../ledger/reviews.js';
import { parametersRef, plausibilityRulesRef, tables } from '../ledger/tables.js';

/** What the sources say of a facility's period, whether they agree, and who decides where they do not. */
export class MeasurementContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Measurement', platform);
    }

    @Transaction()
    @Returns('string')
    async SubmitReport(context: LedgerContext, request: string): Promise<string> {
        const { session, stub } = context;
        return submit(context, 'Measurement:SubmitReport', request, {
            load: ({ report }) => [
                ...[sourceRef(report.sourceId), facilityRef(report.facilityId), sourceHeadRef(report.sourceId)],
                ...[reportRef(report), measurementRef(report), facilityYearRef(report), parametersRef],
            ],
            decide: ({ report, signature }, caller) => {
                const { sourceId, kind, facilityId, period, sequence, energyWh } = report;
                const digest = acceptReport({
                    ...{ report, signature, now: context.now, parameters: parametersOf(session) },
                    place: { network: founding.network, channel: stub.getChannelID() },
                    source: session.get(sourceRef(sourceId)),
                    facility: session.get(facilityRef(facilityId)),
                    head: session.get(sourceHeadRef(sourceId)),
                    existing: session.get(reportRef(report)),
                    facilityYear: session.get(facilityYearRef(report)),
                    primitives: context.platform.primitives,
                });
                const relayedBy = participantOf(caller).participantId;
                const accepted = { acceptedAt: context.now, transactionId: stub.getTxID() };
                const result = { report, signature, digest, relayedBy, ...accepted };
                session.put(measurementRef(report), listReport(session.get(measurementRef(report)), report));
                session.put(reportRef(report), result);
                session.put(sourceHeadRef(sourceId), { sequence, digest });
                const facts = { sourceId, kind, facilityId, period, sequence, digest, energyWh, relayedBy };
                return { result, events: [{ type: 'ReportAccepted', ...facts }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Reconcile(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Measurement:Reconcile', request, {
            load: periodRefs,
            decide: async (command) => {
                const { facility, measurement: found } = await loadPeriod(session, command);
                checkActiveEntity(context, facility.entityId);
                checkReconcilable(found);
                const reports = reportsAt(session, found.reports);
                const basis = basisOf(context, facility, found);
                const made = nextVintage(found, reports, basis);
                remember(session, command, nextHistory(found, reports, basis));
                const result = { ...made, transactionId: context.stub.getTxID() };
                const { status, estimateWh } = result.reconciliation;
                const accounted = accountFor(session, {
                    measurement: { ...found, vintage: result.vintage, reconciled: found.reports, state: status },
                    ...{ facility, reports, isPending: status !== 'verified' },
                    countedWh: status === 'verified' ? estimateWh : (0n as EnergyWh),
                });
                session.put(vintageRef(command, result.vintage), result);
                session.put(measurementRef(command), accounted.measurement);
                flagOrClear(session, result);
                return { result, events: [reconciledEvent(result), ...accounted.events] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async OpenReview(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Measurement:OpenReview', request, {
            load: periodRefs,
            decide: async (command, caller) => {
                const { facility, measurement: found } = await loadPeriod(session, command);
                const { facilityId } = facility;
                const openedBy = participantOf(caller).participantId;
                const result = openReview(found, openedBy, parametersOf(session), context.now);
                const { period, vintage, deadline } = result;
                session.put(reviewRef(command, vintage), result);
                session.put(measurementRef(command), { ...found, state: 'under-review' });
                session.put(openFlagRef(command), { facilityId, period, vintage, isUnderReview: true });
                context.advanceClock();
                return {
                    result,
                    events: [{ type: 'ReviewOpened', facilityId, period, vintage, openedBy, deadline }],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async ReviewVerdict(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Measurement:ReviewVerdict', request, {
            load: periodRefs,
            decide: async ({ facilityId, period, verdict, reason, evidence, withoutSources }, caller) => {
                const word = { verdict, reason, evidence, withoutSources };
                const open = await openReviewOf(session, { facilityId, period });
                const { measurement, review, vintage } = open;
                const { participantId, attesterRole: role } = participantOf(caller);
                const given = giveVerdict({
                    ...{ review, vintage, reviewer: { participantId, role }, word, now: context.now },
                    transactionId: context.stub.getTxID(),
                });
                const agreed = agreedVerdict(given);
                if (agreed === undefined) {
                    session.put(reviewRef(measurement, vintage.vintage), given);
                    return { result: given, events: [verdictEvent(given)] };
                }
                const ended = endReview(context, { ...open, review: given }, agreed);
                return { result: ended.review, events: [verdictEvent(given), ...ended.events] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async ExpireReview(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Measurement:ExpireReview', request, {
            load: periodRefs,
            decide: async ({ facilityId, period }) => {
                const open = await openReviewOf(session, { facilityId, period });
                checkExpired(open.review, context.now);
                const expired = { verdict: 'expired', withoutSources: [] } as const;
                const ended = endReview(context, open, expired);
                return { result: ended.review, events: ended.events };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async Describe(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Measurement:Describe', request, async (of) => {
            await session.load([measurementRef(of)]);
            const measurement = measurementOf(session, of);
            if (measurement.vintage === 0) return { measurement, vintage: null, explanation: [], review: null };
            const refs = [vintageRef(of, measurement.vintage), reviewRef(of, measurement.vintage)] as const;
            await session.load(refs);
            const vintage = session.get(refs[0]) ?? null;
            const explanation = vintage === null ? [] : findingTexts(vintage.reconciliation);
            return { measurement, vintage, explanation, review: session.get(refs[1]) ?? null };
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListVintages(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Measurement:ListVintages', request, ({ facilityId, period, ...paging }) =>
            pageOfValues(context.session, tables.vintage, [facilityId, period], paging),
        );
    }

    @Transaction(false)
    @Returns('string')
    async ListReports(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Measurement:ListReports', request, async (of) => {
            await session.load([measurementRef(of)]);
            const { reports } = measurementOf(session, of);
            await session.load(reports.map(reportRef));
            return reportsAt(session, reports);
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListFlagged(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Measurement:ListFlagged', request, (paging) =>
            pageOfValues(context.session, tables.openFlag, [], paging),
        );
    }

    @Transaction(false)
    @Returns('string')
    async DescribeChain(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Measurement:DescribeChain', request, async ({ sourceId }) => {
            await session.load([sourceRef(sourceId), sourceHeadRef(sourceId)]);
            if (session.get(sourceRef(sourceId)) === undefined) refuse('SOURCE_NOT_FOUND', { sourceId });
            return session.get(sourceHeadRef(sourceId)) ?? noReports;
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListChain(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Measurement:ListChain', request, ({ sourceId, ...paging }) =>
            pageOfValues(context.session, tables.sourceReport, [sourceId], paging),
        );
    }

    @Transaction(false)
    @Returns('string')
    async DescribeRules(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Measurement:DescribeRules', request, async () => {
            await context.session.load([plausibilityRulesRef]);
            return plausibilityRulesOf(context.session);
        });
    }
}

function reconciledEvent({ facilityId, period, vintage, reconciliation }: Vintage): DomainEvent {
    const { status, estimateWh, cv, confidence, findings } = reconciliation;
    const suspects = [...new Set(findings.flatMap(({ sourceId }) => sourceId ?? []))];
    return {
        ...{ type: 'MeasurementReconciled', facilityId, period, vintage },
        ...{ status, estimateWh, cv, confidence, suspects },
    };
}

/** The last verdict of a review. */
function verdictEvent({ facilityId, period, vintage, verdicts }: Review): DomainEvent {
    const [given] = verdicts.slice(-1);
    if (given === undefined) throw new Error('a review without a verdict');
    const { role, participantId, verdict, evidence, withoutSources } = given;
    return {
        ...{ type: 'VerdictGiven', facilityId, period, vintage },
        ...{ role, participantId, verdict, evidence, withoutSources },
    };
}
