// SPDX-License-Identifier: Apache-2.0
import {
    type EnergyWh,
    endOfPeriod,
    type FacilityId,
    initialParameters,
    type Period,
    quantityMax,
    type SourceId,
    type SourceReport,
    sourceReportBytes,
} from '@power-currency/domain';
import { facilityOf } from '../testing/energySteps.js';
import type { Scenario } from '../testing/index.js';
import '../testing/quiet.js';
import type { Measuring } from '../testing/measuring.js';
import { expectRefusal } from '../testing/refusals.js';
import { newHolder, sha256 } from '../testing/scenario.js';
import { WindMill } from '../testing/windMill.js';

const day = '2026-11-20';
const mwh = 1_000_000n;
let scenario: Scenario;
let wind: Measuring;

beforeEach(async () => {
    ({ scenario, wind } = await WindMill.founded());
});
afterEach(() => {
    scenario.close();
});

const submit = async (change: Partial<SourceReport>, kind: 'sensor' | 'satellite' | 'audit' = 'satellite') =>
    scenario.submit(
        scenario.person('AuthorityMSP'),
        'Measurement:SubmitReport',
        wind.signed(wind.report(kind, change.period ?? day, 100n * mwh, change)),
    );

describe('a report', () => {
    it('is kept for ever with its signature, whoever relays it', async () => {
        const { report, digest, relayedBy } = await wind.say('satellite', day, 100n * mwh);
        expect([relayedBy, digest]).toEqual(['centralbank', sha256(sourceReportBytes(report))]);
        await wind.say('satellite', day, 101n * mwh);
        const chain = await scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Measurement:ListChain', {
            ...{ sourceId: 'mill-satellite' as SourceId, pageSize: 10, bookmark: '' },
        });
        expect(chain.rows.map((row) => row.report.energyWh)).toEqual([100n * mwh, 101n * mwh]);
        const head = await scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Measurement:DescribeChain', {
            sourceId: 'mill-satellite' as SourceId,
        });
        expect(head.sequence).toBe(2n);
    });

    it('is of the energies the table allows and no other', async () => {
        await submit({ energyWh: quantityMax as EnergyWh });
        await expectRefusal(submit({ energyWh: (quantityMax + 1n) as EnergyWh }, 'audit'), 'INVALID_ARGUMENT');
        await expectRefusal(submit({ energyWh: -1n as EnergyWh }, 'audit'), 'INVALID_ARGUMENT');
    });

    it('of another network or channel means nothing here [V81]', async () => {
        await expectRefusal(submit({ network: 'power-main' }), 'REPORT_FOR_ANOTHER_LEDGER');
        await expectRefusal(submit({ channel: 'other' }), 'REPORT_FOR_ANOTHER_LEDGER');
    });

    it('comes from a registered source of that kind', async () => {
        await expectRefusal(submit({ sourceId: 'nobody' as SourceId }), 'SOURCE_NOT_FOUND');
        await expectRefusal(submit({ kind: 'audit' }), 'REPORT_KIND_MISMATCH');
    });

    it('of a revoked device is refused', async () => {
        const revocation = { sourceId: 'mill-sensor' as SourceId, reason: 'stolen' };
        await scenario.submit(scenario.person('CooperativeMSP', 'admin'), 'EnergyRegistry:RevokeSource', revocation);
        await expectRefusal(wind.say('sensor', day, 24n * mwh), 'SOURCE_REVOKED');
    });

    it('is about a facility there is, and a device about its own', async () => {
        await expectRefusal(submit({ facilityId: 'none' as FacilityId }), 'FACILITY_NOT_FOUND');
        await facilityOf(scenario, wind.facility.entityId, 'other', { carrier: 'B19' });
        await expectRefusal(submit({ facilityId: 'other' as FacilityId }, 'sensor'), 'SOURCE_OF_ANOTHER_FACILITY');
    });

    it.each(['satellite', 'audit'] as const)(
        'of kind %s is refused for facilities of the member that registered its source [V46]',
        async (kind) => {
            const { publicKey, privateKey } = newHolder();
            const sourceId = `own-${kind}` as SourceId;
            const facts = { sourceId, kind, publicKey, displayName: kind, facilityId: null };
            await scenario.submit(scenario.person('CooperativeMSP', 'admin'), 'EnergyRegistry:RegisterSource', facts);
            const report = wind.report(kind, day, 100n * mwh, { sourceId });
            const signed = wind.signed(report, { ...wind.source(kind), publicKey, privateKey });
            await expectRefusal(
                scenario.submit(scenario.person('AuthorityMSP'), 'Measurement:SubmitReport', signed),
                'SOURCE_NOT_INDEPENDENT',
                { sourceId, facilityId: 'mill', participantId: 'cooperative' },
            );
        },
    );

    it("of books or a meter may come through the facility's own member", async () => {
        for (const kind of ['sensor', 'financial'] as const) {
            await expect(wind.say(kind, day, 96n * mwh)).resolves.toMatchObject({ report: { kind } });
        }
    });

    it('is signed with the key of its source over every word of it', async () => {
        const report = wind.report('satellite', day, 100n * mwh);
        const relay = scenario.person('AuthorityMSP');
        const forged = wind.signed(report, { ...wind.source('audit'), ...newHolder() });
        await expectRefusal(scenario.submit(relay, 'Measurement:SubmitReport', forged), 'REPORT_SIGNATURE_INVALID');
        const { signature } = wind.signed(report);
        const altered = { report: { ...report, energyWh: (report.energyWh + 1n) as EnergyWh }, signature };
        await expectRefusal(scenario.submit(relay, 'Measurement:SubmitReport', altered), 'REPORT_SIGNATURE_INVALID');
    });

    it('shows gaps and rewrites in the chain of its source [V81]', async () => {
        const first = wind.report('satellite', day, 100n * mwh);
        await wind.submit(first);
        const relay = scenario.person('AuthorityMSP');
        await expectRefusal(
            scenario.submit(relay, 'Measurement:SubmitReport', wind.signed(first)),
            'REPORT_ACCEPTED_ALREADY',
        );
        const chained = (sequence: bigint, change: Partial<SourceReport> = {}) =>
            submit({ sequence: sequence as SourceReport['sequence'], ...change });
        await expectRefusal(chained(3n), 'REPORT_GAP');
        await expectRefusal(chained(1n), 'REPORT_REWRITTEN');
        await expectRefusal(chained(0n), 'REPORT_REWRITTEN');
        await expectRefusal(chained(2n, { previousDigest: new Uint8Array(32).fill(1) }), 'REPORT_REWRITTEN');
        await chained(2n);
    });

    it('is about a time at which the facility was at work', async () => {
        await expectRefusal(submit({ period: '2009-12-31' as Period }), 'FACILITY_NOT_OPERATING');
        await submit({ period: '2010-01-01' as Period, producedAt: endOfPeriod('2010-01-01' as Period) });
    });

    it('is made after its period and not in the future', async () => {
        await expectRefusal(submit({ period: '2027-01-15' as Period }), 'PERIOD_NOT_OVER');
        const end = endOfPeriod(day as Period);
        const made = (producedAt: bigint) => submit({ producedAt: producedAt as SourceReport['producedAt'] });
        await expectRefusal(made(end - 1n), 'REPORT_TIME_INVALID');
        await expectRefusal(made(scenario.ledger.time + 1n), 'REPORT_TIME_INVALID');
        await made(end);
    });

    it.each([
        ['sensor', initialParameters.reportDaysSensorMax],
        ['satellite', initialParameters.reportDaysSatelliteMax],
        ['financial', initialParameters.reportDaysFinancialMax],
        ['audit', initialParameters.reportDaysAuditMax],
    ] as const)('of kind %s is made within the days of that kind', async (kind, days) => {
        const latest = endOfPeriod(day as Period) + days * 86_400n;
        scenario.ledger.time = latest + 1n;
        const made = (producedAt: bigint) =>
            wind.submit(wind.report(kind, day, 96n * mwh, { producedAt: producedAt as SourceReport['producedAt'] }));
        await expectRefusal(made(latest + 1n), 'REPORT_STALE', { kind });
        await expect(made(latest)).resolves.toBeDefined();
    });

    it('of a device on a day has every interval in order, and they add up', async () => {
        const { readings } = wind.report('sensor', day, 100n * mwh);
        const withReadings = (changed: SourceReport['readings']) => submit({ readings: changed }, 'sensor');
        await expectRefusal(withReadings([]), 'REPORT_READINGS_INCOMPLETE');
        await expectRefusal(withReadings(readings.slice(1)), 'REPORT_READINGS_INCOMPLETE');
        await expectRefusal(withReadings([...readings].reverse()), 'REPORT_READINGS_INCOMPLETE');
        const raised = readings.map((each, index) => (index === 0 ? { ...each, energyWh: 0n as EnergyWh } : each));
        await expectRefusal(withReadings(raised), 'REPORT_SUM_MISMATCH');
        await expectRefusal(
            submit({ period: '2026-10' as Period, producedAt: endOfPeriod('2026-10' as Period), readings }, 'sensor'),
            'REPORT_READINGS_INCOMPLETE',
        );
        await withReadings(readings);
    });

    it('is one of sixteen sources at most', async () => {
        for (let index = 0; index < 15; index += 1) {
            await wind.add('audit', `auditor-${String(index)}`);
            await wind.say('audit', day, 100n * mwh);
        }
        await wind.say('satellite', day, 100n * mwh);
        await expectRefusal(wind.say('financial', day, 100n * mwh), 'SOURCE_COUNT_EXCEEDED');
        await wind.say('satellite', day, 101n * mwh);
    });
});
