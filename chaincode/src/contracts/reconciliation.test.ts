// SPDX-License-Identifier: Apache-2.0
import { type HolderId, parseEventEnvelope } from '@power-currency/domain';
import { activeEntity, facilityOf } from '../testing/energySteps.js';
import type { Scenario } from '../testing/index.js';
import { Measuring, verifiedDay } from '../testing/measuring.js';
import '../testing/quiet.js';
import { expectRefusal } from '../testing/refusals.js';
import { totalOf, WindMill } from '../testing/windMill.js';

const day = '2026-11-20';
const mwh = 1_000_000n;
const energy = 96n * mwh;
const hours = Array.from({ length: 24 }, (_, hour) => hour);
let mill: WindMill;
let scenario: Scenario;
let wind: Measuring;

beforeEach(async () => {
    mill = await WindMill.founded();
    ({ scenario, wind } = mill);
});
afterEach(() => {
    scenario.close();
});

describe('a reconciliation', () => {
    it('counts what all sources agree on, in the entity and interval by interval', async () => {
        const said = hours.map((hour) => (BigInt(hour) * mwh) / 10n);
        const { reconciliation, vintage } = await wind.measured(day, said);
        expect(reconciliation).toMatchObject({ status: 'verified', estimateWh: 27_600_000n, cv: 0n, confidence: mwh });
        expect(vintage).toBe(1);
        expect(await mill.entityYear()).toMatchObject({ verifiedWh: '27600000', carriedWh: '0' });
        expect(await mill.certifiable(day)).toEqual(said.map(String));
        // Days that withhold nothing do not meet at the facility's one counter.
        expect(await mill.recordOf('withheld', 'mill')).toBeUndefined();
    });

    it('spreads the estimate as the device measured, to the last watt-hour', async () => {
        const { reconciliation } = await wind.measured(day, energy, { satellite: 97n * mwh + 1n });
        expect(reconciliation.status).toBe('verified');
        const spread = await mill.certifiable(day);
        expect(totalOf(spread)).toBe(reconciliation.estimateWh);
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
        expect(await mill.entityYear()).toBeUndefined();
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
        expect(await mill.entityYear()).toBeUndefined();
        expect(await mill.certifiable(day)).toEqual(hours.map(() => ''));
        expect(await mill.flagged()).toEqual([{ facilityId: 'mill', period: day, vintage: 1, isUnderReview: false }]);
        const { explanation } = await mill.describe(day);
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
        expect(await mill.entityYear()).toMatchObject({ verifiedWh: (700n * mwh).toString() });
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
        expect(await mill.recordOf('source-deviations', 'mill', 'mill-sensor')).toBeUndefined();
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
    const started = hours.map((hour) => (hour < 12 ? 0n : 4n * mwh));

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
