// SPDX-License-Identifier: Apache-2.0
import { Certifying, Measuring } from '@power-currency/chaincode/testing';
import { type LedgerDesk, openLedgerDesk } from '../testing/ledgerDesk.js';

let desk: LedgerDesk;
let certifying: Certifying;

beforeEach(async () => {
    desk = await openLedgerDesk();
    certifying = await Certifying.of(desk.scenario);
});
afterEach(() => {
    desk.scenario.close();
    desk.leave();
});

/** Of 600 Wh, 100 are claimed, 400 the entity's, and 100 nobody's yet. */
async function anHour(): Promise<void> {
    await certifying.verified(13, 600n);
    const [whole] = await certifying.issue([13], 500n);
    const [used] = await certifying.split(whole!, 100n, 400n);
    const use = { bundleIds: [used!], beneficiary: 'Bakery', purpose: 'ovens' };
    await certifying.sign('Certificate:Claim', certifying.entity, use);
}

interface Life {
    readonly states: Readonly<Record<string, string>>;
    readonly intervals: readonly {
        readonly ranges: readonly {
            readonly certificateBundleId: string;
            readonly steps: readonly { readonly action: string; readonly transactionId: string }[];
        }[];
    }[];
}

describe('power energy life', () => {
    it('tells where each watt-hour of an hour is, from its certification on, with transaction ids', async () => {
        await anHour();
        const life = (await desk.ask('energy', 'life', 'sunny-plant', '2027-01-14T13')) as unknown as Life;
        expect(life.states).toEqual({
            ...{ unallocated: '100', certificate: '400', claimed: '100' },
            ...{ backingCredits: '0', withdrawn: '0', expired: '0' },
        });
        const ranges = life.intervals.flatMap((interval) => interval.ranges);
        expect(ranges.map(({ steps }) => steps.map(({ action }) => action))).toEqual([
            ['issue', 'split', 'claim'],
            ['issue', 'split'],
        ]);
        const ids = ranges.flatMap(({ steps }) => steps.map(({ transactionId }) => transactionId));
        expect(new Set(ids).size).toBe(3);
        for (const id of ids) expect(id).toMatch(/^[0-9a-f]{64}$/);
    });

    it('is told to people in lines', async () => {
        await anHour();
        const { out } = await desk.power(['energy', 'life', 'sunny-plant', '2027-01-14T13']);
        const lines = out.split('\n').map((line) => line.replace(/[0-9a-f]{64}/, 'ID'));
        expect(lines).toEqual([
            'sunny-plant 2027-01-14T13:00Z: 600 Wh verified',
            '  unallocated 100 Wh, certificate 400 Wh, claimed 100 Wh',
            '  0-99  100 Wh Claimed for Bakery',
            '    2027-01-15T08:00:00Z  issue      ID  sunny',
            '    2027-01-15T08:00:00Z  split      ID  sunny',
            '    2027-01-15T08:00:00Z  claim      ID  sunny',
            '  100-499  400 Wh Active of sunny',
            '    2027-01-15T08:00:00Z  issue      ID  sunny',
            '    2027-01-15T08:00:00Z  split      ID  sunny',
            '  500-599  100 Wh unallocated',
            '',
        ]);
    });

    it('begins with the reports that were reconciled', async () => {
        const { ledger } = desk.scenario;
        const facilityId = certifying.plant;
        const reader = desk.scenario.person('RegulatorMSP');
        const facility = await ledger.evaluate(reader, 'EnergyRegistry:DescribeFacility', { facilityId });
        const measuring = await Measuring.of(desk.scenario, facility);
        // Eight hours of sun, 3,000 Wh each.
        await measuring.measured('2027-01-14', 24_000n);
        await certifying.issue([13]);
        const { out } = await desk.power(['energy', 'life', 'sunny-plant', '2027-01-14T13']);
        const lines = out.split('\n').map((line) => line.replace(/[0-9a-f]{64}/, 'ID'));
        expect(lines.slice(0, 9)).toEqual([
            '2027-01-14 is verified, vintage 1: 24000 Wh, confidence 1.000000',
            '    report     ID  audit sunny-plant-audit says 24000 Wh',
            '    report     ID  financial sunny-plant-financial says 24000 Wh',
            '    report     ID  satellite sunny-plant-satellite says 24000 Wh',
            '    report     ID  sensor sunny-plant-sensor says 24000 Wh',
            '    reconcile  ID  2027-01-15T08:00:00Z verified',
            '',
            'sunny-plant 2027-01-14T13:00Z: 3000 Wh verified',
            '  certificate 3000 Wh',
        ]);
        const answer = await desk.ask('energy', 'life', 'sunny-plant', '2027-01-14T13');
        expect(answer.verification).toMatchObject({ state: 'verified', vintage: { vintage: 1 } });
    });

    it('tells who verified a flagged day, and without which source', async () => {
        const { ledger } = desk.scenario;
        const reader = desk.scenario.person('RegulatorMSP');
        const facility = await ledger.evaluate(reader, 'EnergyRegistry:DescribeFacility', {
            facilityId: certifying.plant,
        });
        const measuring = await Measuring.of(desk.scenario, facility);
        await measuring.measured('2027-01-14', 24_000n, { audit: 48_000n });
        await measuring.openReview('2027-01-14');
        for (const mspId of ['CooperativeMSP', 'AuthorityMSP']) {
            await measuring.verdict(mspId, '2027-01-14', 'verify', ['sunny-plant-audit']);
        }
        const { out } = await desk.power(['energy', 'life', 'sunny-plant', '2027-01-14T13']);
        const lines = out.split('\n').map((line) => line.replace(/[0-9a-f]{64}/, 'ID'));
        expect(lines[0]).toBe('2027-01-14 is verified, vintage 1: 24000 Wh, confidence 0.800000');
        expect(lines.slice(5, 8)).toEqual([
            '    reconcile  ID  2027-01-15T08:00:00Z flagged',
            '    verdict    ID  data of cooperative: verify without sunny-plant-audit',
            '    verdict    ID  ops of authority: verify without sunny-plant-audit',
        ]);
    });

    it('covers every interval of the hour', async () => {
        const quarterly = await Certifying.of(desk.scenario, 'quarters', '15');
        for (const minute of ['00', '15', '45']) await quarterly.verifiedAt(`2027-01-14T13:${minute}Z`, 10n);
        await quarterly.verifiedAt('2027-01-14T14:00Z', 10n);
        const life = (await desk.ask('energy', 'life', 'quarters-plant', '2027-01-14T13')) as unknown as Life;
        expect(life.intervals).toHaveLength(3);
        expect(life.states).toMatchObject({ unallocated: '30' });
    });

    it.each([
        ['2027-01-14', /not an hour/],
        ['2027-01-14T25', /start/],
        ['2027-01-14T12', /no.*verified energy/i],
    ])('refuses %s', async (hour, problem) => {
        expect(await desk.fail('energy', 'life', 'sunny-plant', hour)).toMatch(problem);
    });

    it('refuses a facility nobody registered', async () => {
        expect(await desk.fail('energy', 'life', 'nowhere', '2027-01-14T12')).toMatch(/FACILITY_NOT_FOUND/);
    });
});
