// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    type Day,
    endOfPeriod,
    type EnergyWh,
    type Facility,
    founding,
    intervalsOfDay,
    type Measurement,
    noReports,
    type Period,
    type ResultOf,
    type SourceHead,
    type SourceId,
    type SourceKind,
    type SourceReport,
    sourceReportBytes,
} from '@power-currency/domain';
import { sign } from 'node:crypto';
import { sourceFor } from './energySteps.js';
import { type Holder, type Scenario, sha256 } from './scenario.js';

interface Source extends Holder {
    readonly sourceId: SourceId;
    readonly kind: SourceKind;
    head: SourceHead;
}

/** What a source says: energy in Wh, of a whole period or interval by interval. */
type Said = bigint | readonly bigint[];

/** The sources of one facility, and what they report. */
export class Measuring {
    readonly scenario: Scenario;
    readonly facility: Facility;
    readonly sources = new Map<SourceKind, Source>();

    private constructor(scenario: Scenario, facility: Facility) {
        this.scenario = scenario;
        this.facility = facility;
    }

    /** Registers a source of each kind for the facility, called `<facility>-<kind>`. */
    static async of(
        scenario: Scenario,
        facility: Facility,
        kinds: readonly SourceKind[] = ['satellite', 'sensor', 'financial', 'audit'],
    ): Promise<Measuring> {
        const measuring = new Measuring(scenario, facility);
        for (const kind of kinds) await measuring.add(kind);
        return measuring;
    }

    async add(kind: SourceKind, sourceId = `${this.facility.facilityId}-${kind}`): Promise<void> {
        const holder = await sourceFor(
            this.scenario,
            kind,
            sourceId,
            kind === 'sensor' ? this.facility.facilityId : null,
        );
        this.sources.set(kind, { ...holder, sourceId: sourceId as SourceId, kind, head: noReports });
    }

    source(kind: SourceKind): Source {
        const source = this.sources.get(kind);
        if (source === undefined) throw new Error(`no source of kind ${kind}`);
        return source;
    }

    /** The source's next report; a sensor's energy of a day is spread evenly over its intervals, or those of daylight. */
    report(kind: SourceKind, period: string, said: Said, change: Partial<SourceReport> = {}): SourceReport {
        const { sourceId, head } = this.source(kind);
        const isMetered = kind === 'sensor' && period.length === 10;
        const starts = isMetered ? intervalsOfDay(period as Day, this.facility.intervalMinutes) : [];
        const energies = typeof said === 'bigint' ? evenly(said, starts, this.facility.carrier === 'B16') : said;
        return {
            ...{ type: 'power/source-report', version: '1' },
            ...{ network: founding.network, channel: this.scenario.ledger.channelId },
            ...{ sourceId, kind, facilityId: this.facility.facilityId, period: period as Period },
            ...{ sequence: (head.sequence + 1n) as SourceReport['sequence'], previousDigest: head.digest },
            producedAt: endOfPeriod(period as Period),
            energyWh: (typeof said === 'bigint' ? said : said.reduce((sum, each) => sum + each, 0n)) as EnergyWh,
            readings: starts.map((start, index) => ({ start, energyWh: (energies[index] ?? 0n) as EnergyWh })),
            evidence: null,
            ...change,
        };
    }

    /** The report with its source's signature. */
    signed(
        report: SourceReport,
        key = this.source(report.kind),
    ): Omit<ArgumentsOf<'Measurement:SubmitReport'>, 'requestId'> {
        return { report, signature: sign(null, sourceReportBytes(report), key.privateKey) };
    }

    /** Signs and submits a report, and continues the source's chain. */
    async submit(report: SourceReport): Promise<ResultOf<'Measurement:SubmitReport'>> {
        const relay = this.scenario.person('CentralBankMSP');
        const accepted = await this.scenario.submit(relay, 'Measurement:SubmitReport', this.signed(report));
        this.source(report.kind).head = { sequence: report.sequence, digest: sha256(sourceReportBytes(report)) };
        return accepted;
    }

    async say(kind: SourceKind, period: string, said: Said): Promise<ResultOf<'Measurement:SubmitReport'>> {
        return this.submit(this.report(kind, period, said));
    }

    async reconcile(period: string): Promise<ResultOf<'Measurement:Reconcile'>> {
        const of = { facilityId: this.facility.facilityId, period: period as Period };
        return this.scenario.submit(this.scenario.person('AuthorityMSP'), 'Measurement:Reconcile', of);
    }

    /** Every source says what `said` has for it, or `energy`; the ledger's time is after the period. */
    async measured(
        period: string,
        energy: Said,
        said: Partial<Record<SourceKind, Said>> = {},
    ): Promise<ResultOf<'Measurement:Reconcile'>> {
        this.await(period);
        const whole = typeof energy === 'bigint' ? energy : energy.reduce((sum, each) => sum + each, 0n);
        for (const kind of this.sources.keys()) {
            await this.say(kind, period, said[kind] ?? (kind === 'sensor' ? energy : whole));
        }
        return this.reconcile(period);
    }

    /** Lets time pass until the period is over. */
    await(period: string): void {
        const { ledger } = this.scenario;
        const end = endOfPeriod(period as Period);
        if (ledger.time < end) ledger.time = end;
    }

    async describe(period: string): Promise<Measurement> {
        const of = { facilityId: this.facility.facilityId, period: period as Period };
        const regulator = this.scenario.person('RegulatorMSP');
        return (await this.scenario.ledger.evaluate(regulator, 'Measurement:Describe', of)).measurement;
    }

    async openReview(period: string): Promise<ResultOf<'Measurement:OpenReview'>> {
        const of = { facilityId: this.facility.facilityId, period: period as Period };
        return this.scenario.submit(this.scenario.person('AuthorityMSP', 'admin'), 'Measurement:OpenReview', of);
    }

    async expireReview(period: string): Promise<ResultOf<'Measurement:ExpireReview'>> {
        const of = { facilityId: this.facility.facilityId, period: period as Period };
        return this.scenario.submit(this.scenario.person('CentralBankMSP'), 'Measurement:ExpireReview', of);
    }

    async verdict(
        mspId: string,
        period: string,
        verdict: 'verify' | 'reject',
        withoutSources: readonly string[] = [],
    ): Promise<ResultOf<'Measurement:ReviewVerdict'>> {
        const of = { facilityId: this.facility.facilityId, period: period as Period };
        return this.scenario.submit(this.scenario.person(mspId, 'admin'), 'Measurement:ReviewVerdict', {
            ...{ ...of, verdict, reason: 'site visit', evidence: sha256(Buffer.from(mspId)) },
            withoutSources: withoutSources as readonly SourceId[],
        });
    }
}

/**
 * A day that all four sources of a facility agree on, verified: the energy is what each says, spread evenly over the
 * intervals unless it is told interval by interval.
 */
export async function verifiedDay(measuring: Measuring, day: string, energy: Said): Promise<void> {
    const { reconciliation } = await measuring.measured(day, energy);
    if (reconciliation.status !== 'verified') throw new Error(`${day} is ${reconciliation.status}`);
}

/** Solar plants give from 08:00 to 16:00 UTC. */
function evenly(energy: bigint, starts: readonly string[], isSolar: boolean): readonly bigint[] {
    const isLit = (start: string): boolean => !isSolar || (start.slice(11) >= '08:00Z' && start.slice(11) < '16:00Z');
    const lit = starts.filter(isLit);
    const count = BigInt(lit.length);
    return starts.map((start) => {
        if (!isLit(start)) return 0n;
        return energy / count + (BigInt(lit.indexOf(start)) < energy % count ? 1n : 0n);
    });
}
