// SPDX-License-Identifier: Apache-2.0
import {
    type Day,
    type EnergyWh,
    type FacilityId,
    type HolderId,
    issueCertificatesIntent,
    parseEventEnvelope,
    type Period,
    type WalletId,
} from '@power-currency/domain';
import { closedYearsRef } from '../ledger/tables.js';
import { activeEntity, facilityOf } from '../testing/energySteps.js';
import { Scenario } from '../testing/index.js';
import { Measuring, verifiedDay } from '../testing/measuring.js';
import '../testing/quiet.js';
import { expectRefusal } from '../testing/refusals.js';

const day = '2026-11-20';
const mwh = 1_000_000n;
const energy = 96n * mwh;
let scenario: Scenario;
let wind: Measuring;

beforeEach(async () => {
    scenario = await Scenario.founded();
    const entityId = await activeEntity(scenario, 'windmill', 'cooperative');
    const facility = await facilityOf(scenario, entityId, 'mill', { carrier: 'B19', nameplateW: 10n * mwh });
    wind = await Measuring.of(scenario, facility);
});
afterEach(() => {
    scenario.close();
});

type Stored = Readonly<Record<string, string>>;
/** A record as it is on the ledger. */
const recordOf = async (...parts: readonly string[]): Promise<Stored | undefined> => {
    const text = (await scenario.ledger.state()).get(parts.join('~'));
    return text === undefined ? undefined : (JSON.parse(text) as Stored);
};
const entityYear = async (year = '2026') => recordOf('entity-year', 'windmill', year);
const withheld = async () => (await recordOf('withheld', 'mill'))?.withheldWh ?? '0';
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
const intervals = async (of = day): Promise<readonly (Stored | undefined)[]> => {
    const state = await scenario.ledger.state();
    return hours
        .map((hour) => state.get(`energy~mill~${of}T${hour}:00Z`))
        .map((text) => (text === undefined ? undefined : (JSON.parse(text) as Stored)));
};
const certifiable = async (of = day): Promise<readonly string[]> =>
    (await intervals(of)).map((interval) => interval?.verifiedWh ?? '');
/** The entity certifies so much of each hour. */
const certify = async (perHour: bigint, of = day): Promise<void> => {
    const wallet = 'windmill' as WalletId;
    const wish = { facilityId: 'mill' as FacilityId, day: of as Day, starts: [], energyWh: perHour as EnergyWh };
    const fields = scenario.intentFields(wallet, 0n);
    const intent = { ...fields, type: 'power/issue-certificates', ...wish } as const;
    const signed = scenario.signed(issueCertificatesIntent, intent);
    await scenario.ledger.submit(scenario.person('CooperativeMSP'), 'Certificate:Issue', signed);
};
const total = (texts: readonly string[]): bigint => texts.reduce((sum, text) => sum + BigInt(text), 0n);
const describeDay = async () =>
    scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Measurement:Describe', {
        ...{ facilityId: 'mill' as FacilityId, period: day as Period },
    });
const flagged = async () =>
    (
        await scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Measurement:ListFlagged', {
            ...{ pageSize: 10, bookmark: '' },
        })
    ).rows;

describe('a reconciliation', () => {
    it('counts what all sources agree on, in the entity and interval by interval', async () => {
        const said = hours.map((_, hour) => (BigInt(hour) * mwh) / 10n);
        const { reconciliation, vintage } = await wind.measured(day, said);
        expect(reconciliation).toMatchObject({ status: 'verified', estimateWh: 27_600_000n, cv: 0n, confidence: mwh });
        expect(vintage).toBe(1);
        expect(await entityYear()).toMatchObject({ verifiedWh: '27600000', carriedWh: '0' });
        expect(await certifiable()).toEqual(said.map(String));
    });

    it('spreads the estimate as the device measured, to the last watt-hour', async () => {
        const { reconciliation } = await wind.measured(day, energy, { satellite: 97n * mwh + 1n });
        expect(reconciliation.status).toBe('verified');
        const spread = await certifiable();
        expect(total(spread)).toBe(reconciliation.estimateWh);
        expect(new Set(spread.map((each) => BigInt(each) - reconciliation.estimateWh / 24n))).toEqual(
            new Set([0n, 1n]),
        );
    });

    it('uses every report there is: no caller can leave an honest source out', async () => {
        await wind.say('sensor', day, 150n * mwh);
        await wind.say('satellite', day, 100n * mwh);
        const { readings, reconciliation } = await wind.reconcile(day);
        expect(readings.map(({ sourceId }) => sourceId)).toEqual(['mill-satellite', 'mill-sensor']);
        expect(reconciliation.status).toBe('flagged');
    });

    it('verifies nothing on one source, nor without an independent one', async () => {
        for (const kind of ['sensor', 'financial'] as const) {
            await wind.say(kind, day, energy);
            expect((await wind.reconcile(day)).reconciliation.status).toBe('insufficient');
        }
        expect(await entityYear()).toBeUndefined();
        await wind.say('audit', day, energy);
        expect((await wind.reconcile(day)).reconciliation).toMatchObject({
            status: 'verified',
            weightPresent: 750_000n,
        });
    });

    it('is refused while there is nothing new to reconcile', async () => {
        await expectRefusal(wind.reconcile(day), 'MEASUREMENT_NOT_FOUND');
        await wind.measured(day, energy);
        await expectRefusal(wind.reconcile(day), 'MEASUREMENT_UNCHANGED', { vintage: 1 });
    });

    it('counts for an entity only while that counts itself [V50]', async () => {
        for (const kind of ['sensor', 'audit'] as const) await wind.say(kind, day, energy);
        const suspension = { entityId: 'windmill' as HolderId, reason: 'audit open' };
        await scenario.submit(scenario.person('AuthorityMSP', 'admin'), 'EnergyRegistry:SuspendEntity', suspension);
        await expectRefusal(wind.reconcile(day), 'ENTITY_NOT_ACTIVE');
    });

    it('of a flagged period counts nothing and lists it for review', async () => {
        await wind.measured(day, energy, { sensor: 130n * mwh });
        expect(await entityYear()).toBeUndefined();
        expect(await certifiable()).toEqual(hours.map(() => ''));
        expect(await flagged()).toEqual([{ facilityId: 'mill', period: day, vintage: 1, isUnderReview: false }]);
        const { explanation } = await describeDay();
        expect(explanation[0]).toMatch(/^mill-sensor says more than the others can explain: /);
    });

    it('knows a year in days, months or as a whole, and no mixture', async () => {
        await verifiedDay(wind, day, energy);
        await expectRefusal(wind.say('audit', '2026-10', 700n * mwh), 'PERIOD_GRANULARITY_MIXED', {
            granularity: 'day',
        });
    });

    it('counts nothing of a month whose days were verified while its reports waited', async () => {
        for (const kind of ['satellite', 'audit'] as const) await wind.say(kind, '2026-10', 700n * mwh);
        await verifiedDay(wind, day, energy);
        await expectRefusal(wind.reconcile('2026-10'), 'PERIOD_GRANULARITY_MIXED');
    });

    it('of a month counts for the year and gives nothing to certify', async () => {
        await wind.measured('2026-10', 700n * mwh);
        expect(await entityYear()).toMatchObject({ verifiedWh: (700n * mwh).toString() });
        expect([...(await scenario.ledger.state()).keys()].filter((key) => key.startsWith('energy~'))).toEqual([]);
    });
});

describe('a source that lies a little in every period', () => {
    const days = ['2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13', '2026-11-14'];
    const tenthMore = { financial: (energy * 11n) / 10n };

    it('is named once its deviations add up, though none of them is an outlier', async () => {
        const found = [];
        for (const each of days) found.push((await wind.measured(each, energy, tenthMore)).reconciliation);
        expect(found.map(({ status }) => status)).toEqual(['verified', 'verified', 'verified', 'flagged', 'flagged']);
        expect(found[4]?.findings.map(({ rule, sourceId, direction }) => [rule, sourceId, direction])).toEqual([
            ['persistent-bias', 'mill-financial', 'above'],
        ]);
    });

    it('is not an honest one that leans now this way, now that way', async () => {
        for (const [index, each] of days.entries()) {
            const financial = (energy * (index % 2 === 0 ? 11n : 9n)) / 10n;
            expect((await wind.measured(each, energy, { financial })).reconciliation.status).toBe('verified');
        }
    });

    it('is not remembered by what two sources of producers say of each other', async () => {
        await wind.say('sensor', day, energy);
        await wind.say('financial', day, tenthMore.financial);
        await wind.reconcile(day);
        expect(await recordOf('source-deviations', 'mill', 'mill-sensor')).toBeUndefined();
    });

    it('is counted once for a period, however often that is reconciled', async () => {
        for (let vintage = 1; vintage <= 5; vintage += 1) {
            const { reconciliation } = await wind.measured(day, energy, tenthMore);
            expect(reconciliation.status).toBe('verified');
        }
    });
});

describe('the plausibility rules', () => {
    const tightened = { kind: 'plausibility-rule', carrier: 'B19', rule: 'riseMax', value: '0.300000' } as const;
    const started = hours.map((_, hour) => (hour < 12 ? 0n : 4n * mwh));

    it('are changed by vote alone, and a finding names their version', async () => {
        await verifiedDay(wind, day, started);
        await scenario.mandate('tighten', tightened);
        const rules = await scenario.ledger.evaluate(
            ...([scenario.person('RegulatorMSP'), 'Measurement:DescribeRules', {}] as const),
        );
        expect([rules.version, rules.limits.B19.riseMax]).toEqual([2, 300_000n]);
        const { reconciliation } = await wind.measured('2026-11-21', started);
        expect(reconciliation).toMatchObject({ status: 'flagged', rulesVersion: 2 });
        expect(reconciliation.findings).toEqual([
            {
                ...{ rule: 'rise', sourceId: 'mill-sensor', interval: '2026-11-21T12:00Z', direction: 'above' },
                ...{ score: 400_000n, limit: 300_000n },
            },
        ]);
    });

    it('are told by the event what they were', async () => {
        const { ledger } = scenario;
        const events: unknown[] = [];
        const endorse = ledger.endorse.bind(ledger);
        ledger.endorse = async (call) => {
            const endorsed = await endorse(call);
            events.push(...parseEventEnvelope(endorsed.eventPayload?.toString() ?? '').events);
            return endorsed;
        };
        await scenario.mandate('tighten', tightened);
        const facts = { carrier: 'B19', rule: 'riseMax', from: '1.020000', to: '0.300000', version: 2 };
        expect(events).toContainEqual({ type: 'PlausibilityRuleChanged', proposalId: 'tighten', ...facts });
    });
});

describe('storage and aggregates', () => {
    const measured = async (name: string, type: 'storage' | 'aggregate', kind: 'nation' | 'cooperative') => {
        const entityId = await activeEntity(scenario, `${name}-owner`, kind);
        const facility = await facilityOf(scenario, entityId, name, { type, nameplateW: 10n * mwh });
        await verifiedDay(await Measuring.of(scenario, facility, ['audit', 'sensor']), day, 24n * mwh);
        const state = await scenario.ledger.state();
        return [state.has(`entity-year~${name}-owner~2026`), state.has(`energy~${name}~${day}T00:00Z`)];
    };

    it('storage makes no energy of its own, but what it gives back can be certified', async () => {
        expect(await measured('battery', 'storage', 'cooperative')).toEqual([false, true]);
    });

    it('an aggregate counts, and is certified plant by plant', async () => {
        expect(await measured('country', 'aggregate', 'nation')).toEqual([true, false]);
    });
});

describe('late data', () => {
    it('makes a new vintage, keeps the first, and carries the difference both ways', async () => {
        await verifiedDay(wind, day, energy);
        await wind.say('sensor', day, 97n * mwh);
        const { vintage, reconciliation } = await wind.reconcile(day);
        expect([vintage, reconciliation.estimateWh]).toEqual([2, 96_350_000n]);
        expect(await entityYear()).toMatchObject({ verifiedWh: '96350000' });
        expect(total(await certifiable())).toBe(96_350_000n);
        await wind.say('sensor', day, 95n * mwh);
        await wind.reconcile(day);
        expect(await entityYear()).toMatchObject({ verifiedWh: '95650000' });
        const { rows } = await scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Measurement:ListVintages', {
            ...{ facilityId: 'mill' as FacilityId, period: day as Period, pageSize: 10, bookmark: '' },
        });
        expect(rows.map((row) => row.reconciliation.estimateWh)).toEqual([energy, 96_350_000n, 95_650_000n]);
    });

    it('of a closed year counts in the first open one', async () => {
        await verifiedDay(wind, day, energy);
        await scenario.ledger.plant([[closedYearsRef, { first: 2025, last: 2026 }]]);
        await wind.say('sensor', day, 95n * mwh);
        await wind.reconcile(day);
        expect(await entityYear()).toMatchObject({ verifiedWh: energy.toString() });
        expect(await entityYear('2027')).toMatchObject({ verifiedWh: '0', carriedWh: '-350000' });
        expect(await recordOf('facility-year', 'mill', '2026')).toMatchObject({ verifiedWh: '95650000' });
    });

    it('of a year before the first that was closed is carried nowhere', async () => {
        await scenario.ledger.plant([[closedYearsRef, { first: 2027, last: 2028 }]]);
        await verifiedDay(wind, day, energy);
        expect(await entityYear()).toMatchObject({ verifiedWh: energy.toString() });
        expect(await entityYear('2029')).toBeUndefined();
    });

    it('leaves what is certified as it is, and withholds it from the next days', async () => {
        await verifiedDay(wind, day, energy);
        await certify(4n * mwh);
        await wind.say('sensor', day, 95n * mwh);
        await wind.reconcile(day);
        expect(await certifiable()).toEqual(hours.map(() => (4n * mwh).toString()));
        expect(await withheld()).toBe('350000');
        await verifiedDay(wind, '2026-11-21', energy);
        expect(total(await certifiable('2026-11-21'))).toBe(energy - 350_000n);
        expect([await withheld(), (await entityYear())?.verifiedWh]).toEqual([
            '0',
            (energy - 350_000n + energy).toString(),
        ]);
    });

    it('that flags a verified day takes its energy back until somebody has decided', async () => {
        await verifiedDay(wind, day, energy);
        await certify(1n * mwh);
        await wind.say('audit', day, 60n * mwh);
        expect((await wind.reconcile(day)).reconciliation.status).toBe('flagged');
        expect(await entityYear()).toMatchObject({ verifiedWh: '0' });
        expect([total(await certifiable()), await withheld()]).toEqual([24n * mwh, '0']);
        await wind.openReview(day);
        for (const msp of ['AuthorityMSP', 'CentralBankMSP']) await wind.verdict(msp, day, 'verify', ['mill-audit']);
        expect(await entityYear()).toMatchObject({ verifiedWh: energy.toString() });
        expect(total(await certifiable())).toBe(energy);
    });

    it('that ends in rejection withholds everything that was certified', async () => {
        await verifiedDay(wind, day, energy);
        await certify(1n * mwh);
        await wind.say('audit', day, 60n * mwh);
        await wind.reconcile(day);
        await wind.openReview(day);
        for (const msp of ['AuthorityMSP', 'CentralBankMSP']) await wind.verdict(msp, day, 'reject');
        expect([total(await certifiable()), await withheld()]).toEqual([24n * mwh, (24n * mwh).toString()]);
        expect(await entityYear()).toMatchObject({ verifiedWh: '0' });
    });
});

describe('a review', () => {
    beforeEach(async () => {
        await wind.measured(day, energy, { sensor: 130n * mwh });
    });
    const states = async () => (await describeDay()).measurement.state;

    it('is opened for a flagged period that is up to date, by a delegate', async () => {
        await wind.say('sensor', day, 131n * mwh);
        await expectRefusal(wind.openReview(day), 'MEASUREMENT_NOT_CURRENT');
        await wind.reconcile(day);
        const { deadline, openedAt } = await wind.openReview(day);
        expect(deadline - openedAt).toBe(1_209_600n);
        expect(await flagged()).toEqual([{ facilityId: 'mill', period: day, vintage: 2, isUnderReview: true }]);
        await expectRefusal(wind.openReview(day), 'MEASUREMENT_NOT_FLAGGED', { state: 'under-review' });
        await expectRefusal(wind.reconcile(day), 'MEASUREMENT_UNDER_REVIEW');
    });

    it('clears the energy when two roles agree, without the sources both leave out', async () => {
        await wind.openReview(day);
        const first = await wind.verdict('AuthorityMSP', day, 'verify', ['mill-sensor']);
        expect([first.outcome, await states()]).toEqual([null, 'under-review']);
        const { outcome } = await wind.verdict('CentralBankMSP', day, 'verify', ['mill-sensor']);
        expect(outcome).toMatchObject({
            verdict: 'verify',
            reconciliation: { estimateWh: energy, status: 'verified' },
        });
        expect([await states(), await flagged()]).toEqual(['verified', []]);
        expect(await entityYear()).toMatchObject({ verifiedWh: energy.toString() });
        // The device that says when it was made is not believed, so nothing can be certified by the hour.
        expect(await certifiable()).toEqual(hours.map(() => ''));
    });

    it('goes on while the reviewers would leave different sources out', async () => {
        await wind.openReview(day);
        await wind.verdict('AuthorityMSP', day, 'verify', ['mill-sensor']);
        expect((await wind.verdict('CentralBankMSP', day, 'verify')).outcome).toBeNull();
        const { outcome } = await wind.verdict('CooperativeMSP', day, 'verify');
        expect(outcome?.reconciliation?.estimateWh).toBe(107_900_000n);
        expect(total(await certifiable())).toBe(107_900_000n);
    });

    it('clears nothing for an entity that does not count [V50]', async () => {
        await wind.openReview(day);
        await wind.verdict('AuthorityMSP', day, 'verify');
        const suspension = { entityId: 'windmill' as HolderId, reason: 'audit open' };
        await scenario.submit(scenario.person('AuthorityMSP', 'admin'), 'EnergyRegistry:SuspendEntity', suspension);
        await expectRefusal(wind.verdict('CentralBankMSP', day, 'verify'), 'ENTITY_NOT_ACTIVE');
        await wind.verdict('CentralBankMSP', day, 'reject');
        expect((await wind.verdict('CooperativeMSP', day, 'reject')).outcome?.verdict).toBe('reject');
    });

    it('ends in rejection when two roles say so', async () => {
        await wind.openReview(day);
        await wind.verdict('AuthorityMSP', day, 'reject');
        await wind.verdict('CentralBankMSP', day, 'verify');
        const { outcome } = await wind.verdict('CooperativeMSP', day, 'reject');
        expect([outcome?.verdict, await states(), await entityYear()]).toEqual(['reject', 'rejected', undefined]);
        await expectRefusal(wind.verdict('CooperativeMSP', day, 'reject'), 'MEASUREMENT_NOT_UNDER_REVIEW');
    });

    it('counts a role and an organisation once [V46 V84]', async () => {
        await expectRefusal(wind.verdict('AuthorityMSP', day, 'reject'), 'MEASUREMENT_NOT_UNDER_REVIEW');
        await wind.openReview(day);
        await wind.verdict('AuthorityMSP', day, 'reject');
        await expectRefusal(wind.verdict('AuthorityMSP', day, 'reject'), 'VERDICT_GIVEN_ALREADY', { role: 'ops' });
    });

    it('leaves out only sources the vintage has, once each, and keeps enough of them', async () => {
        await wind.openReview(day);
        const without = (...sources: readonly string[]) => wind.verdict('AuthorityMSP', day, 'verify', sources);
        await expectRefusal(without('nobody'), 'REVIEW_SOURCE_INVALID');
        await expectRefusal(without('mill-sensor', 'mill-sensor'), 'REVIEW_SOURCE_INVALID');
        await expectRefusal(without('mill-satellite', 'mill-audit'), 'REVIEW_SOURCES_INSUFFICIENT', { remaining: 2 });
        await expectRefusal(wind.verdict('AuthorityMSP', day, 'reject', ['mill-sensor']), 'REVIEW_SOURCE_INVALID');
    });

    it('takes no verdict after its deadline, and rejects the energy then [V80]', async () => {
        const { deadline } = await wind.openReview(day);
        scenario.ledger.time = deadline - 1n;
        await expectRefusal(wind.expireReview(day), 'REVIEW_NOT_DUE');
        await wind.verdict('AuthorityMSP', day, 'verify');
        scenario.ledger.time = deadline;
        await expectRefusal(wind.verdict('CentralBankMSP', day, 'verify'), 'REVIEW_TIME_OVER');
        const { outcome } = await wind.expireReview(day);
        expect([outcome?.verdict, await states()]).toEqual(['expired', 'rejected']);
    });

    it('is over for good, but a late report makes a new vintage', async () => {
        const { deadline } = await wind.openReview(day);
        await wind.say('sensor', day, energy);
        await expectRefusal(wind.reconcile(day), 'MEASUREMENT_UNDER_REVIEW');
        scenario.ledger.time = deadline;
        await wind.expireReview(day);
        const { vintage, reconciliation } = await wind.reconcile(day);
        expect([vintage, reconciliation.status, await states()]).toEqual([2, 'verified', 'verified']);
        expect(await entityYear()).toMatchObject({ verifiedWh: energy.toString() });
    });
});
