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

/** What people read, without transaction ids. */
async function linesOf(hour: string): Promise<readonly string[]> {
    const { out } = await desk.power(['energy', 'life', 'sunny-plant', hour]);
    return out.split('\n').map((line) => line.replace(/[0-9a-f]{64}/, 'ID'));
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

    it('tells people where the energy is, and what happened to each part of it', async () => {
        await anHour();
        expect(await linesOf('2027-01-14T13')).toEqual([
            'sunny-plant (sunny-plant): solar, of sunny',
            '',
            '600 Wh from 13:00 to 14:00 UTC',
            '  100 Wh  not certified yet',
            '  400 Wh  certified, and not used yet',
            '  100 Wh  used: nobody can use it again',
            '',
            'Wh 0-99 (100 Wh): used for Bakery: ovens',
            '  2027-01-15T08:00:00Z  certified for sunny  ID',
            '  2027-01-15T08:00:00Z  divided              ID',
            '  2027-01-15T08:00:00Z  used by sunny        ID',
            '',
            'Wh 100-499 (400 Wh): owned by sunny, to be used before 2029-01-13T14:00:00Z',
            '  2027-01-15T08:00:00Z  certified for sunny  ID',
            '  2027-01-15T08:00:00Z  divided              ID',
            '',
            'Wh 500-599 (100 Wh): not certified yet',
            '',
        ]);
    });

    it('tells people what is promised, locked or gone elsewhere', async () => {
        const { entity } = certifying;
        await desk.scenario.openWallet('anna');
        const [kept, locked, gone] = await certifying.split(await certifying.bundle(13, 30n), 10n, 10n, 10n);
        const until = desk.scenario.later(3_600n);
        await certifying.sign('Certificate:Reserve', entity, { bundleIds: [kept!], to: 'anna' as never, until });
        await certifying.sign('Certificate:Lock', entity, { bundleIds: [locked!] });
        const destination = { registry: 'grexel', reference: 'GO-1' as never };
        await certifying.sign('Certificate:Withdraw', entity, { bundleIds: [gone!], destination });
        const lines = await linesOf('2027-01-14T13');
        expect(lines.filter((line) => line.startsWith('Wh '))).toEqual([
            'Wh 0-9 (10 Wh): owned by sunny, promised to anna until 2027-01-15T09:00:00Z',
            'Wh 10-19 (10 Wh): owned by sunny, locked behind Power Credits',
            'Wh 20-29 (10 Wh): gone to grexel as GO-1',
        ]);
    });

    describe('of a day that sources reported', () => {
        const day = '2027-01-14';
        let measuring: Measuring;

        beforeEach(async () => {
            const reader = desk.scenario.person('RegulatorMSP');
            const { plant: facilityId } = certifying;
            const plant = await desk.scenario.ledger.evaluate(reader, 'EnergyRegistry:DescribeFacility', {
                facilityId,
            });
            measuring = await Measuring.of(desk.scenario, plant);
        });

        it('begins with what they said', async () => {
            // Eight hours of sun, 3,000 Wh each.
            await measuring.measured(day, 24_000n);
            await certifying.issue([13]);
            const lines = await linesOf('2027-01-14T13');
            expect(lines.slice(2, 11)).toEqual([
                '2027-01-14 as a whole: 24 000 Wh, verified (vintage 1, confidence 100 %)',
                '  audit sunny-plant-audit          says 24 000 Wh      ID',
                '  financial sunny-plant-financial  says 24 000 Wh      ID',
                '  satellite sunny-plant-satellite  says 24 000 Wh      ID',
                '  sensor sunny-plant-sensor        says 24 000 Wh      ID',
                '  2027-01-15T08:00:00Z             compared: verified  ID',
                '',
                '3 000 Wh from 13:00 to 14:00 UTC',
                '  3 000 Wh  certified, and not used yet',
            ]);
            const answer = await desk.ask('energy', 'life', 'sunny-plant', '2027-01-14T13');
            expect(answer.verification).toMatchObject({ state: 'verified', vintage: { vintage: 1 }, withheldWh: '0' });
        });

        it('tells who verified a flagged day, and without which source', async () => {
            await measuring.measured(day, 24_000n, { audit: 48_000n });
            await measuring.openReview(day);
            for (const mspId of ['CooperativeMSP', 'AuthorityMSP']) {
                await measuring.verdict(mspId, day, 'verify', ['sunny-plant-audit']);
            }
            const lines = await linesOf('2027-01-14T13');
            expect(lines[2]).toBe('2027-01-14 as a whole: 24 000 Wh, verified (vintage 1, confidence 80 %)');
            const words = lines.map((line) => line.replace(/ {2,}/g, ' '));
            expect(words[3]).toBe(' audit sunny-plant-audit says 48 000 Wh, left out ID');
            expect(words.slice(7, 10)).toEqual([
                ' 2027-01-15T08:00:00Z compared: flagged ID',
                ' data of cooperative verify without sunny-plant-audit ID',
                ' ops of authority verify without sunny-plant-audit ID',
            ]);
        });

        it('tells what was certified before later data took it back, and which day makes up for it', async () => {
            await measuring.measured(day, 24_000n);
            await certifying.issue();
            await measuring.measured(day, 20_000n);
            await measuring.measured('2027-01-13', 24_000n);
            expect((await linesOf('2027-01-14T13')).slice(8, 10)).toEqual([
                '  4 000 Wh were certified that later data took back: other days of the facility make up for them',
                '',
            ]);
            expect((await linesOf('2027-01-13T13')).slice(8, 12)).toEqual([
                '  4 000 Wh of the day are not certified: they make up for energy of other days',
                '',
                '2 500 Wh from 13:00 to 14:00 UTC',
                '  2 500 Wh  not certified yet',
            ]);
        });
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
