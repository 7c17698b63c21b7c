// SPDX-License-Identifier: Apache-2.0
import { Certifying, Measuring } from '@power-currency/chaincode/testing';
import { type LedgerDesk, openLedgerDesk } from '../testing/ledgerDesk.js';

const day = '2027-01-14';
let desk: LedgerDesk;
let measuring: Measuring;

beforeAll(async () => {
    desk = await openLedgerDesk();
    const { plant: facilityId } = await Certifying.of(desk.scenario);
    const reader = desk.scenario.person('RegulatorMSP');
    const facility = await desk.scenario.ledger.evaluate(reader, 'EnergyRegistry:DescribeFacility', { facilityId });
    measuring = await Measuring.of(desk.scenario, facility);
});
afterAll(() => {
    desk.scenario.close();
    desk.leave();
});

const shown = async (): Promise<readonly string[]> =>
    (await desk.power(['measurement', 'show', 'sunny-plant', day])).out.trimEnd().split('\n');

it('power measurement show tells people what was found, who reviewed it and what comes next', async () => {
    for (const kind of ['satellite', 'sensor'] as const) await measuring.say(kind, day, 24_000n);
    expect(await shown()).toEqual([
        'sunny-plant 2027-01-14 is reported: 0 Wh count',
        'next: reports wait: power measurement reconcile sunny-plant 2027-01-14',
    ]);
    await measuring.say('audit', day, 48_000n);
    await measuring.reconcile(day);
    const flagged = await shown();
    expect(flagged.slice(0, 5)).toEqual([
        'sunny-plant 2027-01-14 is flagged: 0 Wh count',
        'vintage 1, 2027-01-15T08:00:00Z: flagged, 30000 Wh, CV 0.346411, confidence 0.522871',
        '  audit sunny-plant-audit says 48000 Wh',
        '  satellite sunny-plant-satellite says 24000 Wh',
        '  sensor sunny-plant-sensor says 24000 Wh',
    ]);
    expect(flagged[5]).toMatch(/^ {2}found: sunny-plant-audit says more than the others can explain: /);
    expect(flagged.at(-1)).toBe(
        'next: a delegate has it reviewed: power measurement open-review sunny-plant 2027-01-14',
    );
    await measuring.openReview(day);
    await measuring.verdict('AuthorityMSP', day, 'verify', ['sunny-plant-audit']);
    expect((await shown()).slice(-3)).toEqual([
        'review opened by authority, until 2027-01-29T08:00:00Z',
        '  ops of authority: verify without sunny-plant-audit: site visit',
        'next: reviewers of two roles agree: power measurement verdict sunny-plant 2027-01-14',
    ]);
    await measuring.verdict('CentralBankMSP', day, 'verify', ['sunny-plant-audit']);
    const cleared = await shown();
    expect(cleared[0]).toBe('sunny-plant 2027-01-14 is verified: 24000 Wh count');
    expect(cleared.at(-1)).toBe('  ended 2027-01-15T08:00:00Z: verify, 24000 Wh');
});

it('power measurement show gives programs the whole answer', async () => {
    const answer = await desk.ask('measurement', 'show', 'sunny-plant', day);
    expect(answer).toMatchObject({ measurement: { state: 'verified', countedWh: '24000' }, vintage: { vintage: 1 } });
});
