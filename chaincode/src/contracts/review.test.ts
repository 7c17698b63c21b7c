// SPDX-License-Identifier: Apache-2.0
import { type HolderId } from '@power-currency/domain';
import type { Scenario } from '../testing/index.js';
import { type Measuring } from '../testing/measuring.js';
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

describe('a review', () => {
    beforeEach(async () => {
        await wind.measured(day, energy, { sensor: 130n * mwh });
    });
    const states = async () => (await mill.describe(day)).measurement.state;

    it('is opened for a flagged period that is up to date, by a delegate', async () => {
        await wind.say('sensor', day, 131n * mwh);
        await expectRefusal(wind.openReview(day), 'MEASUREMENT_NOT_CURRENT');
        await wind.reconcile(day);
        const { deadline, openedAt } = await wind.openReview(day);
        expect(deadline - openedAt).toBe(1_209_600n);
        expect(await mill.flagged()).toEqual([{ facilityId: 'mill', period: day, vintage: 2, isUnderReview: true }]);
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
        expect([await states(), await mill.flagged()]).toEqual(['verified', []]);
        expect(await mill.entityYear()).toMatchObject({ verifiedWh: energy.toString() });
        // The device that says when it was made is not believed, so nothing can be certified by the hour.
        expect(await mill.certifiable(day)).toEqual(hours.map(() => ''));
    });

    it('goes on while the reviewers would leave different sources out', async () => {
        await wind.openReview(day);
        await wind.verdict('AuthorityMSP', day, 'verify', ['mill-sensor']);
        expect((await wind.verdict('CentralBankMSP', day, 'verify')).outcome).toBeNull();
        const { outcome } = await wind.verdict('CooperativeMSP', day, 'verify');
        expect(outcome?.reconciliation?.estimateWh).toBe(107_900_000n);
        expect(totalOf(await mill.certifiable(day))).toBe(107_900_000n);
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
        expect([outcome?.verdict, await states(), await mill.entityYear()]).toEqual(['reject', 'rejected', undefined]);
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

    it('is not judged by a clock that was put back [V80]', async () => {
        const { ledger } = scenario;
        ledger.time += 100n;
        const { openedAt } = await wind.openReview(day);
        ledger.time -= 100n;
        const { verdicts } = await wind.verdict('AuthorityMSP', day, 'reject');
        expect(verdicts.map(({ givenAt }) => givenAt)).toEqual([openedAt]);
        ledger.time += 200n;
        const { outcome } = await wind.verdict('CentralBankMSP', day, 'reject');
        await wind.say('sensor', day, energy);
        ledger.time -= 50n;
        expect((await wind.reconcile(day)).reconciledAt).toBe(outcome?.endedAt);
    });

    it('is over for good, but a late report makes a new vintage', async () => {
        const { deadline } = await wind.openReview(day);
        await wind.say('sensor', day, energy);
        await expectRefusal(wind.reconcile(day), 'MEASUREMENT_UNDER_REVIEW');
        scenario.ledger.time = deadline;
        await wind.expireReview(day);
        const { vintage, reconciliation } = await wind.reconcile(day);
        expect([vintage, reconciliation.status, await states()]).toEqual([2, 'verified', 'verified']);
        expect(await mill.entityYear()).toMatchObject({ verifiedWh: energy.toString() });
    });

    it('holds nothing against the others that differed from a source it left out', async () => {
        await wind.openReview(day);
        const score = async (kind: string) =>
            (await mill.recordOf('source-deviations', 'mill', `mill-${kind}`))?.deviations;
        const [satellite, sensor] = [await score('satellite'), await score('sensor')];
        expect(satellite).toMatchObject([{ period: day, isAbove: false }]);
        for (const msp of ['AuthorityMSP', 'CentralBankMSP']) await wind.verdict(msp, day, 'verify', ['mill-sensor']);
        expect([await score('satellite'), await score('audit')]).toEqual([[], []]);
        expect(await score('sensor')).toEqual(sensor);
    });
});
