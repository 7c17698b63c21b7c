// SPDX-License-Identifier: Apache-2.0
import { initialParameters, type Parameters } from '@power-currency/domain';
import { Failure } from '../application/failure.js';
import { encodeGridByZone, encodeGridSummary, gridTotals, parseGridByZone, updateGridLoad } from './gridFiles.js';
import { type LoadedDay } from './loadDay.js';
import { EUROPEAN_ZONES, zoneNamed } from './zones.js';

const NL = zoneNamed(EUROPEAN_ZONES, 'NL');
const FI = zoneNamed(EUROPEAN_ZONES, 'FI');
const loaded: LoadedDay = {
    day: '2020-11-19',
    type: 'A65',
    readings: [{ zone: NL, energyWh: 338_385_500_000n }],
    forecasts: [],
    missing: [
        {
            name: FI.name,
            eic: FI.eic,
            problem: new Failure('ENERGY_NO_DATA', {
                zone: 'FI',
                reasonCode: '999',
                reasonText: 'No matching data found',
            }),
        },
    ],
};
const totals = gridTotals(loaded, initialParameters);

describe('gridTotals', () => {
    it('commits the base share, rounded down', () => {
        expect(totals).toEqual({
            zonesOk: 1,
            whRaw: 338_385_500_000n,
            whCommit: 60_909_390_000n,
            alphaBase: '0.180000',
            alphaEffective: '0.180000',
        });
    });

    it('commits less when fewer zones than the minimum are complete', () => {
        const strict = { ...initialParameters, zonesMinimum: 2n, zonesFloor: 1n } as Parameters;
        expect(gridTotals(loaded, strict)).toMatchObject({ alphaEffective: '0.090000', whCommit: 30_454_695_000n });
    });
});

describe('grid_by_zone_DAY.csv', () => {
    it('has the columns name, eic, wh and reads back', () => {
        const csv = encodeGridByZone(loaded);
        expect(csv).toBe('name,eic,wh\nNL,10YNL----------L,338385500000\n');
        expect(parseGridByZone(csv, 'f')).toEqual([{ name: 'NL', eic: '10YNL----------L', wh: 338_385_500_000n }]);
    });

    it.each([
        '',
        'name,wh\nNL,1\n',
        'name,eic,wh\nNL,10YNL----------L,1.5\n',
        'name,eic,wh\n',
        'name,eic,wh\nNL,10YNL----------M,1\n',
    ])('refuses %j', (csv) => {
        expect(() => parseGridByZone(csv, 'f')).toThrow(Failure);
    });
});

describe('grid_summary_DAY.json', () => {
    it('has the fields of the paper, and says why a zone is missing', () => {
        expect(JSON.parse(encodeGridSummary(loaded, totals))).toEqual({
            day: '2020-11-19',
            zones_ok: 1,
            wh_dc_raw: '338385500000',
            wh_dc_commit: '60909390000',
            alpha_base: '0.180000',
            alpha_effective: '0.180000',
            zones: [
                { name: 'NL', eic: '10YNL----------L', wh: '338385500000' },
                { name: 'FI', eic: '10YFI-1--------U', wh: null, problem: 'ENERGY_NO_DATA' },
            ],
        });
    });
});

describe('grid_load.csv', () => {
    const HEADER = 'date,grid_wh_dc,grid_wh_dc_commit\n';
    const ROW = '2020-11-19,338385500000,60909390000\n';

    it('begins with its header', () => {
        expect(updateGridLoad(undefined, '2020-11-19', totals, 'f')).toBe(HEADER + ROW);
    });

    it('keeps one row per day, in order', () => {
        const present = `${HEADER}2020-11-18,1,1\n2020-11-19,2,2\n2020-11-20,3,3\n`;
        expect(updateGridLoad(present, '2020-11-19', totals, 'f')).toBe(
            `${HEADER}2020-11-18,1,1\n${ROW}2020-11-20,3,3\n`,
        );
    });

    it('refuses to touch a file of another form', () => {
        expect(() => updateGridLoad('date,mwh\n2020-11-18,1\n', '2020-11-19', totals, 'f')).toThrow(
            'ENERGY_FILE_INVALID',
        );
    });
});
