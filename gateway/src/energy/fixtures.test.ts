// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from '../application/failure.js';
import { isoDay, localDay } from './localDay.js';
import { type LoadedDay, loadDay } from './loadDay.js';
import { parseMarketDocument, type TimeSeries } from './marketDocument.js';
import { parsePriceDocument, zoneDayPrices } from './priceDocument.js';
import { EUROPEAN_ZONES, zoneNamed, zoneOf } from './zones.js';

const folder = join(__dirname, '../../fixtures/entsoe');
const read = (name: string): Uint8Array => readFileSync(join(folder, `${name}.xml`));
const load = (name: string, day = '2025-11-19'): LoadedDay =>
    loadDay([{ name, bytes: read(name) }], EUROPEAN_ZONES, day);
const tried = new Set<string>();

function failureOf(act: () => unknown): Failure {
    try {
        act();
    } catch (error) {
        expect(error).toBeInstanceOf(Failure);
        return error as Failure;
    }
    throw new Error('accepted');
}

describe('a day is added up', () => {
    it.each([
        ['over 23 hours when clocks go forward', 'day-of-23-hours', '2025-03-30', 23_000_000_000n],
        ['over 24 hours', 'day-of-24-hours', '2025-11-19', 24_000_000_000n],
        ['over 25 hours when clocks go back', 'day-of-25-hours', '2025-10-26', 25_000_000_000n],
        ['without what a document gives beyond it', '25-hours-of-a-day-of-24', '2025-11-19', 24_000_000_000n],
        ['from every hour of an A01 curve', 'curve-a01', '2025-11-19', 18_000_000_000n],
        ['from an A03 curve that leaves out what repeats', 'curve-a03', '2025-11-19', 18_000_000_000n],
        ['from hours and quarters of an hour in one series', 'mixed-resolutions', '2025-11-19', 18_000_000_000n],
        ['from hours and quarters in two', 'mixed-resolutions-in-two-series', '2025-11-19', 18_000_000_000n],
        ['without what pumped storage consumes (A04)', 'business-a04-pumped-storage', '2025-11-19', 2_400_000_000n],
        ['of wind (A93) and solar (A94)', 'business-a93-wind', '2025-11-19', 3_600_000_000n],
    ])('%s', (_, name, day, energyWh) => {
        tried.add(name);
        const { readings, forecasts } = load(name, day);
        expect(readings.map((reading) => [reading.zone.name, reading.energyWh])).toEqual([['NL', energyWh]]);
        expect(forecasts).toEqual([]);
    });

    it('from forecasts too, and says that they are none of measured values (process A01)', () => {
        tried.add('process-a01-day-ahead');
        expect(load('process-a01-day-ahead')).toMatchObject({
            readings: [{ energyWh: 24_000_000_000n }],
            forecasts: ['process-a01-day-ahead'],
        });
    });
});

describe('a day is not added up', () => {
    it.each([
        ['that lacks an hour of its 25', '24-hours-of-a-day-of-25', '2025-10-26', 'ENERGY_DAY_INCOMPLETE', '22:00:00'],
        ['with a position missing from an A01 curve', 'missing-position', '', 'ENERGY_DAY_INCOMPLETE', 'T05:00'],
        ['with hours missing between periods', 'missing-days-between-periods', '', 'ENERGY_DAY_INCOMPLETE', 'T11:00'],
        ['with two series for one time', 'overlapping-series', '', 'ENERGY_DAY_OVERLAP', 'T11:00'],
        ['with two periods for one time', 'overlapping-periods', '', 'ENERGY_DAY_OVERLAP', 'T11:00'],
        ['the publisher has no data for', 'acknowledgement-999', '', 'ENERGY_NO_DATA', 'reasonCode: 999'],
    ])('%s', (_, name, day, code, text) => {
        tried.add(name);
        const failure = failureOf(() => load(name, day === '' ? undefined : day));
        expect(failure.code).toBe(code);
        expect(failure.message).toContain(text);
    });

    it('of another zone than was asked for', () => {
        const [bytes, askedFor] = [read('day-of-24-hours'), zoneNamed(EUROPEAN_ZONES, 'FI')];
        const failure = failureOf(() => loadDay([{ name: 'FI', bytes, askedFor }], EUROPEAN_ZONES, '2025-11-19'));
        expect(failure).toMatchObject({ code: 'ENERGY_DOCUMENT_INVALID', details: { where: 'FI' } });
        expect(failure.message).toContain('it is about 10YNL----------L');
    });
});

describe('a document is refused', () => {
    it.each([
        [
            'whose A03 curve has nothing to repeat',
            'curve-a03-without-first',
            'ENERGY_DOCUMENT_INVALID',
            'no first point',
        ],
        ['of curve type A04', 'curve-a04', 'ENERGY_DOCUMENT_INVALID', 'curve type A04 is neither A01 nor A03'],
        ['with a position twice', 'repeated-position', 'ENERGY_DOCUMENT_INVALID', 'position 3 is given twice'],
        ['with a position beyond its period', 'position-beyond-period', 'ENERGY_DOCUMENT_INVALID', 'position 25 lies'],
        ['with a negative load', 'negative-load', 'ENERGY_DOCUMENT_INVALID', '"-10" is no power'],
        ['with a negative generation', 'negative-generation', 'ENERGY_DOCUMENT_INVALID', '"-10" is no power'],
        [
            'about activated reserve (A11)',
            'business-a11',
            'ENERGY_DOCUMENT_INVALID',
            'business type A11 is none of A04',
        ],
        ['about a week to come (A31)', 'process-a31-week-ahead', 'ENERGY_DOCUMENT_INVALID', 'process A31 is neither'],
        ['of a zone whose clock nobody knows', 'zone-unknown', 'ENERGY_ZONE_UNKNOWN', '10YDOM-REGION-1V'],
        ['of a zone that is none', 'zone-check-character', 'INPUT_INVALID', 'should be L'],
        ['in energy instead of power', 'unit-mwh', 'ENERGY_DOCUMENT_INVALID', 'unit MWH is not MAW'],
        ['that grows without bound', 'hostile-entity-bomb', 'XML_FORBIDDEN', 'DOCTYPE'],
        ['that reads files', 'hostile-external-entity', 'XML_FORBIDDEN', 'DOCTYPE'],
        ['that calls servers', 'hostile-parameter-entity', 'XML_FORBIDDEN', 'DOCTYPE'],
        ['nested too deeply', 'hostile-nesting', 'XML_TOO_DEEP', 'depthMax'],
        ['with a number of 400 digits', 'hostile-huge-number', 'ENERGY_DOCUMENT_INVALID', 'is no power in MW'],
        ['with a power nobody has', 'hostile-huge-power', 'ENERGY_DOCUMENT_INVALID', 'beyond any power system'],
        ['with a position of 30 digits', 'hostile-huge-position', 'ENERGY_DOCUMENT_INVALID', 'is no count'],
        ['over a century', 'hostile-century', 'ENERGY_DOCUMENT_INVALID', 'over a year'],
        ['with an exponent', 'hostile-exponent', 'ENERGY_DOCUMENT_INVALID', '"1e9" is no power'],
    ])('%s', (_, name, code, text) => {
        tried.add(name);
        const failure = failureOf(() => load(name));
        expect(failure.code).toBe(code);
        expect(failure.message).toContain(text);
        expect(failure.message.length).toBeLessThan(500);
    });
});

describe('prices', () => {
    const FR = zoneNamed(EUROPEAN_ZONES, 'FR');
    const pricesOf = (name: string, day = '2025-11-19'): readonly bigint[] => {
        tried.add(name);
        return zoneDayPrices(parsePriceDocument(read(name), name), FR, day).map(({ value }) => value);
    };
    const repeated = (count: number, price: bigint): readonly bigint[] => Array.from({ length: count }, () => price);

    it.each([
        [
            'are exact, below zero too',
            'price-day',
            '2025-11-19',
            [...repeated(18, 80_500_000n), ...repeated(6, -1_250_000n)],
        ],
        [
            'come in quarters of an hour',
            'price-quarters',
            '2025-11-19',
            [...repeated(72, 80_500_000n), ...repeated(24, -1_250_000n)],
        ],
        ['need no market agreement', 'price-without-contract', '2025-11-19', repeated(24, 80_500_000n)],
        ['are 25 when clocks go back', 'price-day-25-hours', '2025-10-26', repeated(25, 10_000_000n)],
    ])('%s', (_, name, day, prices) => {
        expect(pricesOf(name, day)).toEqual(prices);
    });

    it.each([
        ['of the year (A04)', 'price-contract-a04', 'market agreement A04 is not A01'],
        ['of intraday auctions (A07)', 'price-contract-a07', 'market agreement A07 is not A01'],
        ['in another currency', 'price-in-pounds', 'currency_Unit.name GBP is not EUR'],
        ['per another unit', 'price-per-kwh', 'price_Measure_Unit.name KWH is not MWH'],
        ['between two zones', 'price-between-zones', 'no price of one'],
        ['finer than a millionth of a euro', 'price-too-fine', 'is no price'],
        ['of thirty digits', 'price-huge', 'is no price'],
        ['with a gap', 'price-gap', 'ENERGY_DAY_INCOMPLETE'],
    ])('%s are refused', (_, name, problem) => {
        expect(failureOf(() => pricesOf(name)).message).toContain(problem);
    });

    it('are no energy, and energy is no price', () => {
        expect(failureOf(() => load('price-day')).code).toBe('ENERGY_DOCUMENT_UNKNOWN');
        expect(failureOf(() => pricesOf('curve-a01')).code).toBe('ENERGY_DOCUMENT_UNKNOWN');
        expect(failureOf(() => pricesOf('acknowledgement-999')).code).toBe('ENERGY_NO_DATA');
    });
});

describe('the fixtures', () => {
    const names = readdirSync(folder).map((file) => file.replace(/\.xml$/, ''));

    it('are each tried above', () => {
        expect(names.filter((name) => !tried.has(name))).toEqual([]);
    });

    it('say in a comment that they are ours', () => {
        for (const name of names) {
            expect(Buffer.from(read(name)).toString()).toContain('<!-- Written for Power Currency');
        }
    });
});

/** Documents as the platform published them, which are not part of this repository. */
const published = resolve(__dirname, '../../..', process.env.POWER_ENTSOE_SAMPLES ?? '../shared/data/entsoe');
const publishedFiles = existsSync(published) ? readdirSync(published).filter((file) => file.endsWith('.xml')) : [];

// There is nothing to try on a machine without the folder.
if (publishedFiles.length > 0) {
    it.each(publishedFiles)('the published document %s loads, every day of it that is whole', (file) => {
        const bytes = readFileSync(join(published, file));
        if (Buffer.from(bytes).includes('<Publication_MarketDocument')) {
            const prices = parsePriceDocument(bytes, file);
            expect(prices.flatMap(({ periods }) => periods).length).toBeGreaterThan(0);
            return;
        }
        const days = wholeDaysOf(parseMarketDocument(bytes, file).series);
        expect(days.length).toBeGreaterThan(0);
        for (const day of days) {
            const { readings, missing } = loadDay([{ name: file, bytes }], EUROPEAN_ZONES, day);
            expect(missing).toEqual([]);
            expect(readings[0]?.energyWh).toBeGreaterThan(0n);
        }
    });
}

/** The days of a zone's clock that lie wholly in a document, which may begin and end at any hour. */
function wholeDaysOf(series: readonly TimeSeries[]): readonly string[] {
    const zone = zoneOf(EUROPEAN_ZONES, series[0]?.zone ?? '');
    const intervals = series.flatMap(({ periods }) => periods.map(({ interval }) => interval));
    const startMs = Math.min(...intervals.map((interval) => interval.startMs));
    const endMs = Math.max(...intervals.map((interval) => interval.endMs));
    const days = new Set<string>();
    for (let timeMs = startMs; timeMs <= endMs; timeMs += 3_600_000) days.add(isoDay(timeMs));
    return [...days].filter((day) => {
        const whole = localDay(day, zone.timeZone);
        return whole.startMs >= startMs && whole.endMs <= endMs;
    });
}
