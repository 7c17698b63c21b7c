// SPDX-License-Identifier: Apache-2.0
import { closedYearsRef } from '../ledger/tables.js';
import type { Scenario } from '../testing/index.js';
import { type Measuring, verifiedDay } from '../testing/measuring.js';
import '../testing/quiet.js';
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

describe('late data', () => {
    it('makes a new vintage, keeps the first, and carries the difference both ways', async () => {
        await verifiedDay(wind, day, energy);
        await wind.say('sensor', day, 97n * mwh);
        const { vintage, reconciliation } = await wind.reconcile(day);
        expect([vintage, reconciliation.estimateWh]).toEqual([2, 96_350_000n]);
        expect(await mill.entityYear()).toMatchObject({ verifiedWh: '96350000' });
        expect(totalOf(await mill.certifiable(day))).toBe(96_350_000n);
        await wind.say('sensor', day, 95n * mwh);
        await wind.reconcile(day);
        expect(await mill.entityYear()).toMatchObject({ verifiedWh: '95650000' });
        const rows = await mill.vintages(day);
        expect(rows.map((row) => row.reconciliation.estimateWh)).toEqual([energy, 96_350_000n, 95_650_000n]);
    });

    it('of a closed year counts in the first open one', async () => {
        await verifiedDay(wind, day, energy);
        await scenario.ledger.plant([[closedYearsRef, { first: 2025, last: 2026 }]]);
        await wind.say('sensor', day, 95n * mwh);
        await wind.reconcile(day);
        expect(await mill.entityYear()).toMatchObject({ verifiedWh: energy.toString() });
        expect(await mill.entityYear('2027')).toMatchObject({ verifiedWh: '0', carriedWh: '-350000' });
        expect(await mill.recordOf('facility-year', 'mill', '2026')).toMatchObject({ verifiedWh: '95650000' });
    });

    it('of a year before the first that was closed is carried nowhere', async () => {
        await scenario.ledger.plant([[closedYearsRef, { first: 2027, last: 2028 }]]);
        await verifiedDay(wind, day, energy);
        expect(await mill.entityYear()).toMatchObject({ verifiedWh: energy.toString() });
        expect(await mill.entityYear('2029')).toBeUndefined();
    });

    it('is carried from vintage to vintage, whichever years are closed by then', async () => {
        await verifiedDay(wind, day, energy);
        const carried = async (last: number, sensor: bigint): Promise<readonly string[]> => {
            await scenario.ledger.plant([[closedYearsRef, { first: 2025, last }]]);
            await wind.say('sensor', day, sensor);
            await wind.reconcile(day);
            const years = [await mill.entityYear('2027'), await mill.entityYear('2028')];
            return years.map((year) => year?.carriedWh ?? '');
        };
        expect(await carried(2026, 95n * mwh)).toEqual(['-350000', '']);
        expect(await carried(2027, 97n * mwh)).toEqual(['-350000', '700000']);
        // Flagged: all of it is owed until somebody decides.
        expect(await carried(2027, 130n * mwh)).toEqual(['-350000', '-95650000']);
        expect(await carried(2027, energy)).toEqual(['-350000', '350000']);
        expect(await mill.entityYear('2026')).toMatchObject({ verifiedWh: energy.toString(), carriedWh: '0' });
        expect(await mill.recordOf('facility-year', 'mill', '2026')).toMatchObject({ verifiedWh: energy.toString() });
    });

    it('that agrees takes a flagged day off the list of those to be reviewed', async () => {
        await wind.measured(day, energy, { sensor: 130n * mwh });
        expect(await mill.flagged()).toHaveLength(1);
        await wind.say('sensor', day, energy);
        expect((await wind.reconcile(day)).reconciliation.status).toBe('verified');
        expect(await mill.flagged()).toEqual([]);
    });

    it('leaves what is certified as it is, and withholds it from the next days', async () => {
        await verifiedDay(wind, day, energy);
        await mill.certify(4n * mwh, day);
        await wind.say('sensor', day, 95n * mwh);
        await wind.reconcile(day);
        expect(await mill.certifiable(day)).toEqual(hours.map(() => (4n * mwh).toString()));
        expect(await mill.withheld()).toBe('350000');
        await verifiedDay(wind, '2026-11-21', energy);
        expect(totalOf(await mill.certifiable('2026-11-21'))).toBe(energy - 350_000n);
        expect([await mill.withheld(), (await mill.entityYear())?.verifiedWh]).toEqual([
            '0',
            (energy - 350_000n + energy).toString(),
        ]);
    });

    it('that flags a verified day takes its energy back until somebody has decided', async () => {
        await verifiedDay(wind, day, energy);
        await mill.certify(1n * mwh, day);
        await wind.say('audit', day, 60n * mwh);
        expect((await wind.reconcile(day)).reconciliation.status).toBe('flagged');
        expect(await mill.entityYear()).toMatchObject({ verifiedWh: '0' });
        expect([totalOf(await mill.certifiable(day)), await mill.withheld()]).toEqual([24n * mwh, '0']);
        await wind.openReview(day);
        for (const msp of ['AuthorityMSP', 'CentralBankMSP']) await wind.verdict(msp, day, 'verify', ['mill-audit']);
        expect(await mill.entityYear()).toMatchObject({ verifiedWh: energy.toString() });
        expect(totalOf(await mill.certifiable(day))).toBe(energy);
    });

    it('that ends in rejection withholds everything that was certified', async () => {
        await verifiedDay(wind, day, energy);
        await mill.certify(1n * mwh, day);
        await wind.say('audit', day, 60n * mwh);
        await wind.reconcile(day);
        await wind.openReview(day);
        for (const msp of ['AuthorityMSP', 'CentralBankMSP']) await wind.verdict(msp, day, 'reject');
        expect([totalOf(await mill.certifiable(day)), await mill.withheld()]).toEqual([
            24n * mwh,
            (24n * mwh).toString(),
        ]);
        expect(await mill.entityYear()).toMatchObject({ verifiedWh: '0' });
    });
});
