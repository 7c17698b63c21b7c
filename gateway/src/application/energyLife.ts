// SPDX-License-Identifier: Apache-2.0
import {
    type BundleId,
    type CertificateBundle,
    type CertificateChange,
    type Facility,
    type FacilityId,
    type IntervalStart,
    isDomainError,
    type Period,
    type ResultOf,
    type Review,
    type Vintage,
} from '@power-currency/domain';
import { Failure } from './failure.js';
import { type Ledger } from './ledger.js';

type IntervalRecord = ResultOf<'Certificate:DescribeInterval'>;

/** One transaction in the life of a range of watt-hours, and what they were afterwards. */
export type LifeStep = CertificateChange;

/** Watt-hours that always shared one fate, from their certification to where they are now. */
export interface RangeLife {
    readonly bundle: CertificateBundle;
    readonly steps: readonly LifeStep[];
}

/** What one source said of the day, and the transaction that brought its report. */
type SourceWord = Vintage['readings'][number] & { readonly transactionId: string | null };

/** How the day's energy was verified: the last vintage, or null where nobody reconciled it. */
export interface DayVerification {
    readonly state: string;
    readonly vintage: Vintage | null;
    /** Certified before later data took it back; negative where the day makes up for energy of others. */
    readonly withheldWh: bigint;
    /** Of that vintage, if it was flagged and is reviewed. */
    readonly review: Review | null;
    readonly sources: readonly SourceWord[];
}

/** The life of one metering interval. */
export interface IntervalLife extends Pick<IntervalRecord, 'energy' | 'states'> {
    readonly ranges: readonly RangeLife[];
}

/** The life of an hour: where it was made, how its day was verified, and its intervals. */
export interface HourLife {
    readonly facility: Facility;
    /** Null where the ledger knows of no report. */
    readonly verification: DayVerification | null;
    readonly intervals: readonly IntervalLife[];
}

/**
 * Everything that happened to the energy of one facility and hour.
 * @throws Failure INPUT_INVALID for what is no hour; NOT_FOUND where nothing of it was verified
 */
export async function lifeOfHour(ledger: Ledger, facilityId: FacilityId, hour: string): Promise<HourLife> {
    if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}$/.test(hour)) {
        throw new Failure('INPUT_INVALID', { field: 'hour', problem: 'not an hour of UTC such as 2026-11-20T13' });
    }
    const facility = await ledger.energyRegistry.describeFacility({ facilityId });
    const starts = minutesOf[facility.intervalMinutes].map((minute) => `${hour}:${minute}Z` as IntervalStart);
    const found = await Promise.all(starts.map((start) => intervalOf(ledger, facilityId, start)));
    const intervals = found.flatMap((record) => (record === undefined ? [] : [intervalLife(record)]));
    if (intervals.length === 0) throw new Failure('NOT_FOUND', { what: `verified energy of ${facilityId} in ${hour}` });
    return { facility, verification: await verificationOf(ledger, facilityId, hour.slice(0, 10) as Period), intervals };
}

async function verificationOf(ledger: Ledger, facilityId: FacilityId, period: Period): Promise<DayVerification | null> {
    try {
        const { measurement, vintage, review } = await ledger.measurement.describe({ facilityId, period });
        const reports = await ledger.measurement.listReports({ facilityId, period });
        const sources = (vintage?.readings ?? []).map((reading) => {
            const { sourceId, sequence } = reading;
            // A report that came after the vintage is not what was verified.
            const used = reports.find(({ report }) => report.sourceId === sourceId && report.sequence === sequence);
            return { ...reading, transactionId: used?.transactionId ?? null };
        });
        const { state, withheldWh } = measurement;
        return { state, withheldWh, vintage, review, sources };
    } catch (error) {
        if (isDomainError(error, 'MEASUREMENT_NOT_FOUND')) return null;
        throw error;
    }
}

const minutesOf = { '60': ['00'], '30': ['00', '30'], '15': ['00', '15', '30', '45'] } as const;

async function intervalOf(
    ledger: Ledger,
    facilityId: FacilityId,
    start: IntervalStart,
): Promise<IntervalRecord | undefined> {
    try {
        return await ledger.certificate.describeInterval({ facilityId, start });
    } catch (error) {
        if (isDomainError(error, 'ENERGY_NOT_VERIFIED')) return undefined;
        throw error;
    }
}

function intervalLife({ energy, states, bundles, changes }: IntervalRecord): IntervalLife {
    const byId = new Map(bundles.map((bundle) => [bundle.certificateBundleId, bundle]));
    const ends = bundles.filter(({ splitInto }) => splitInto.length === 0);
    return { energy, states, ranges: ends.map((bundle) => ({ bundle, steps: stepsOf(bundle, byId, changes) })) };
}

/** What happened to the bundle and to those it was split from. A split is told of the whole and of its parts. */
function stepsOf(
    bundle: CertificateBundle,
    byId: ReadonlyMap<BundleId, CertificateBundle>,
    changes: readonly CertificateChange[],
): readonly LifeStep[] {
    const lineage = new Set<BundleId>();
    for (let one: CertificateBundle | undefined = bundle; one !== undefined;) {
        lineage.add(one.certificateBundleId);
        one = one.parentId === null ? undefined : byId.get(one.parentId);
    }
    return changes
        .filter(({ certificateBundleId, certificateBundleStatus }) => {
            return lineage.has(certificateBundleId) && certificateBundleStatus !== 'Split';
        })
        .sort((a, b) => a.changeCount - b.changeCount);
}
