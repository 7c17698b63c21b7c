// SPDX-License-Identifier: Apache-2.0
import {
    type Day,
    endOfPeriod,
    type EnergyWh,
    type FacilityId,
    type Period,
    requestId,
    type SourceKind,
    sourceKinds,
} from '@power-currency/domain';
import { Failure } from '../application/failure.js';
import { primitives } from '../keys/ed25519.js';
import { readSourceFile } from '../sources/readSourceFile.js';
import { sampleFile } from '../sources/simulation/sampleFile.js';
import { signReport } from '../sources/signedReport.js';
import { sourceReportOf } from '../sources/sourceReportOf.js';
import { solarPark, sourceNamed } from './plantStep.js';
import { energy } from './quantities.js';
import { memberWithRole, type Stage } from './stage.js';
import { type StepLog } from './stepLog.js';

/** The books claim a quarter more than was made. */
const liar: SourceKind = 'financial';
const LIE_PPM = 250_000n;

interface Measured {
    readonly reported: Readonly<Record<SourceKind, EnergyWh>>;
    /** Named by the reconciliation, the worst first. */
    readonly suspected: readonly string[];
    readonly verifiedWh: EnergyWh;
}

/**
 * Four sources report on a day, one of them falsely. Every endorser reconciles them and the day is flagged; two attester
 * roles look at it and verify it without the source that stood out.
 */
export async function measureDay(stage: Stage, log: StepLog, plant: FacilityId, day: Day): Promise<Measured> {
    const reported = await report(stage, log, plant, day);
    const of = { facilityId: plant, period: day as string as Period };
    const request = (step: string): ReturnType<typeof requestId.decode> =>
        requestId.decode(`${step}-${plant}-${day}`, 'requestId');
    const member = memberWithRole(stage, 'data').client;
    const { reconciliation } = await log.did(member.measurement.reconcile({ requestId: request('reconcile'), ...of }));
    const suspected = reconciliation.findings.flatMap(({ sourceId }) => sourceId ?? []);
    const [worst] = suspected;
    if (reconciliation.status !== 'flagged' || worst === undefined) {
        throw new Failure('DEMO_STEP_FAILED', {
            step: 'reconciliation',
            problem: `one source lies and the day is ${reconciliation.status}`,
        });
    }
    const { explanation } = await stage.regulator.client.measurement.describe(of);
    explanation.forEach((line) => {
        stage.tell(`  flagged: ${line}`);
    });
    await log.did(memberWithRole(stage, 'ops').admin.measurement.openReview({ requestId: request('review'), ...of }));
    for (const role of ['data', 'risk'] as const) {
        const word = { verdict: 'verify', reason: 'The books were corrected after a visit.' } as const;
        await log.did(
            memberWithRole(stage, role).admin.measurement.reviewVerdict({
                ...{ requestId: request(`verdict-${role}`), ...of, ...word },
                ...{ evidence: primitives.sha256(Buffer.from(`visit-${role}`)), withoutSources: [worst] },
            }),
        );
    }
    const { measurement } = await stage.regulator.client.measurement.describe(of);
    return { reported, suspected, verifiedWh: measurement.countedWh };
}

/** Each source writes its file, and the file becomes a signed report: the first of that source. */
async function report(stage: Stage, log: StepLog, plant: FacilityId, day: Day): Promise<Record<SourceKind, EnergyWh>> {
    const reported = {} as Record<SourceKind, EnergyWh>;
    const { network, channel } = await stage.regulator.client.attestation.describeBasis({});
    const madeAt = endOfPeriod(day as string as Period);
    for (const kind of sourceKinds) {
        const { name, content } = sampleFile({
            ...{ plant: { ...solarPark, facilityId: plant }, kind, day, seed: 'demo', form: 'json' },
            inflationPpm: kind === liar ? LIE_PPM : 0n,
        });
        const bytes = Buffer.from(content);
        const file = { name, data: readSourceFile(bytes, name), digest: primitives.sha256(bytes) };
        const source = sourceNamed(plant, kind);
        const place = { network, channel, sourceId: source, sequence: 1n as never, previousDigest: new Uint8Array(32) };
        const facility = { ...solarPark, facilityId: plant, intervalMinutes: '60' } as const;
        const signed = signReport(sourceReportOf(file, facility, place, madeAt), stage.key(source).sign);
        const submission = { requestId: requestId.decode(`report-${source}-${day}`, 'requestId'), ...signed };
        await log.did(memberWithRole(stage, 'data').client.measurement.submitReport(submission));
        reported[kind] = signed.report.energyWh;
        stage.tell(`  ${kind.padEnd(10)} reports ${energy(signed.report.energyWh)}`);
    }
    return reported;
}
