// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDay, type LoadedDay } from './loadDay.js';
import { acknowledgementXml, flatDay, marketDocumentXml, type SeriesSpec } from './testing/energyDocuments.js';
import { EUROPEAN_ZONES } from './zones.js';

const NL = '10YNL----------L';
const FI = '10YFI-1--------U';
const DAY = '2025-11-19';
const [START, NOON, END] = ['2025-11-18T23:00Z', '2025-11-19T11:00Z', '2025-11-19T23:00Z'];

function load(day: string, ...documents: readonly Uint8Array[]): LoadedDay {
    const named = documents.map((bytes, index) => ({ name: `document ${String(index + 1)}`, bytes }));
    return loadDay(named, EUROPEAN_ZONES, day);
}

function a65(...series: readonly SeriesSpec[]): Uint8Array {
    return marketDocumentXml('A65', series);
}

function energies(loaded: LoadedDay): Record<string, bigint> {
    return Object.fromEntries(loaded.readings.map(({ zone, energyWh }) => [zone.name, energyWh]));
}

function period(start: string, end: string, resolution: string, megawatts: string): SeriesSpec['periods'][number] {
    const minutes = Number(resolution.slice(2, 4));
    const count = (Date.parse(end) - Date.parse(start)) / (minutes * 60_000);
    return {
        start,
        end,
        resolution,
        points: Array.from({ length: count }, (_, index) => [index + 1, megawatts] as const),
    };
}

describe('loadDay', () => {
    it.each([
        ['2025-11-19', '2025-11-18T23:00Z', '2025-11-19T23:00Z', 24n],
        ['2025-03-30', '2025-03-29T23:00Z', '2025-03-30T22:00Z', 23n],
        ['2025-10-26', '2025-10-25T22:00Z', '2025-10-26T23:00Z', 25n],
    ])('adds up all hours of %s', (day, start, end, hours) => {
        expect(energies(load(day, a65(flatDay(NL, start, end, '1000'))))).toEqual({ NL: hours * 1_000_000_000n });
    });

    it('takes each zone on its own clock, in order of codes', () => {
        const loaded = load(
            DAY,
            a65(flatDay(NL, START, END, '2')),
            a65(flatDay(FI, '2025-11-18T22:00Z', '2025-11-19T22:00Z', '1')),
        );
        expect(loaded.readings.map(({ zone }) => zone.name)).toEqual(['FI', 'NL']);
        expect(energies(loaded)).toEqual({ FI: 24_000_000n, NL: 48_000_000n });
    });

    it('adds up mixed resolutions, in periods of one series or in several series', () => {
        const [hours, quarters] = [period(START, NOON, 'PT60M', '4'), period(NOON, END, 'PT15M', '8')];
        const whole = 12n * 4_000_000n + 12n * 8_000_000n;
        expect(energies(load(DAY, a65({ periods: [quarters, hours] })))).toEqual({ NL: whole });
        expect(energies(load(DAY, a65({ periods: [hours] }, { periods: [quarters] })))).toEqual({ NL: whole });
    });

    it('takes from a longer document only the day', () => {
        const longer = period('2025-11-17T00:00Z', '2025-11-22T00:00Z', 'PT30M', '3');
        expect(energies(load(DAY, a65({ periods: [longer] })))).toEqual({ NL: 72_000_000n });
    });

    it('keeps fractions of a Wh until the end and rounds the day down', () => {
        const odd = { start: START, end: END, resolution: 'PT15M', points: [[1, '0.000001'] as const] };
        // 96 quarters of one watt are 24 Wh; rounding each quarter down would give none.
        expect(energies(load(DAY, a65({ curve: 'A03', periods: [odd] })))).toEqual({ NL: 24n });
    });

    it('adds up production types and leaves out what storage takes', () => {
        const flat = period(START, END, 'PT60M', '10');
        const document = marketDocumentXml('A75', [
            { psrType: 'B14', periods: [flat] },
            { psrType: 'B16', periods: [flat] },
            { psrType: 'B10', direction: 'out', periods: [flat] },
        ]);
        expect(energies(load(DAY, document))).toEqual({ NL: 480_000_000n });
    });

    it('leaves out a zone with a gap and says which hours are missing', () => {
        const gap = a65({ periods: [period(START, NOON, 'PT60M', '4')] });
        const { readings, missing } = load(DAY, gap, a65(flatDay(FI, '2025-11-18T22:00Z', '2025-11-19T22:00Z', '1')));
        expect(readings.map(({ zone }) => zone.name)).toEqual(['FI']);
        expect(missing[0]).toMatchObject({
            name: 'NL',
            problem: {
                code: 'ENERGY_DAY_INCOMPLETE',
                details: {
                    series: 'NL load',
                    day: DAY,
                    missingFrom: '2025-11-19T11:00:00.000Z',
                    missingTo: '2025-11-19T23:00:00.000Z',
                },
            },
        });
    });

    it('leaves out a zone with a gap in the middle of the day', () => {
        const [before, after] = [period(START, NOON, 'PT60M', '4'), period('2025-11-19T12:00Z', END, 'PT60M', '4')];
        expect(() => load(DAY, a65({ periods: [before, after] }))).toThrow('missingTo: 2025-11-19T12:00:00.000Z');
    });

    it('leaves out a zone with two values for one hour', () => {
        const twice = a65(flatDay(NL, START, END, '1'), { zone: NL, periods: [period(NOON, END, 'PT15M', '1')] });
        const { missing } = load(DAY, twice, a65(flatDay(FI, '2025-11-18T22:00Z', '2025-11-19T22:00Z', '1')));
        expect(missing[0]?.problem).toMatchObject({
            code: 'ENERGY_DAY_OVERLAP',
            details: { at: '2025-11-19T11:00:00.000Z' },
        });
    });

    it('leaves out a zone the publisher has no data for', () => {
        const { missing } = load(
            DAY,
            a65(flatDay(NL, START, END, '1')),
            acknowledgementXml('999', 'No matching data found'),
        );
        expect(missing[0]?.problem).toMatchObject({ code: 'ENERGY_NO_DATA', details: { reasonCode: '999' } });
    });

    it('fails with the first reason when no zone is left', () => {
        expect(() => load(DAY, acknowledgementXml('999', 'No matching data found'))).toThrow('ENERGY_NO_DATA');
    });

    it.each<[string, () => LoadedDay, string]>([
        ['no documents', () => load(DAY), 'INPUT_INVALID'],
        [
            'one zone twice',
            () => load(DAY, a65(flatDay(NL, START, END, '1')), a65(flatDay(NL, START, END, '1'))),
            'ENERGY_ZONE_REPEATED',
        ],
        [
            'one zone twice, of which the first time is incomplete',
            () => load(DAY, a65(flatDay(NL, NOON, END, '1')), a65(flatDay(NL, START, END, '1'))),
            'ENERGY_ZONE_REPEATED',
        ],
        [
            'load and generation together',
            () =>
                load(
                    DAY,
                    a65(flatDay(NL, START, END, '1')),
                    marketDocumentXml('A75', [{ psrType: 'B16', periods: [period(START, END, 'PT60M', '1')] }]),
                ),
            'INPUT_INVALID',
        ],
        [
            'a zone without a clock',
            () => load(DAY, a65(flatDay('10YDOM-REGION-1V', START, END, '1'))),
            'ENERGY_ZONE_UNKNOWN',
        ],
        [
            'a broken document beside a good one',
            () => load(DAY, a65(flatDay(NL, START, END, '1')), new Uint8Array([60])),
            'XML_MALFORMED',
        ],
    ])('refuses %s', (_, act, code) => {
        expect(act).toThrow(code);
    });
});

describe('the samples of this project', () => {
    const folder = join(__dirname, '..', '..', 'samples');
    const samples = (type: string): LoadedDay => {
        const names = readdirSync(folder).filter((name) => name.endsWith(`${type}.xml`));
        return loadDay(
            names.map((name) => ({ name, bytes: readFileSync(join(folder, name)) })),
            EUROPEAN_ZONES,
            DAY,
        );
    };

    it('give a whole day of load for several zones', () => {
        const loaded = samples('A65');
        expect(loaded.missing).toEqual([]);
        expect(Object.keys(energies(loaded)).sort()).toEqual(['BE', 'FI', 'NL', 'PT']);
    });

    it('give a day of generation', () => {
        expect(samples('A75').readings).toHaveLength(1);
    });

    it('say in a comment that they are ours', () => {
        for (const name of readdirSync(folder)) {
            expect(readFileSync(join(folder, name), 'utf8')).toContain('A sample written for Power Currency');
        }
    });
});

describe('the zone table', () => {
    it('is read with every code and clock checked', () => {
        expect(EUROPEAN_ZONES.get(NL)).toEqual({ name: 'NL', eic: NL, timeZone: 'Europe/Amsterdam' });
        expect(EUROPEAN_ZONES.size).toBe(49);
    });
});
