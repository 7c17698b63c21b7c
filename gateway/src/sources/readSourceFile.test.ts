// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { type Failure, isFailure } from '../application/failure.js';
import { inIntervalsOf } from './meterReadings.js';
import { readSourceFile } from './readSourceFile.js';
import { type SourceData } from './sourceData.js';
import {
    auditWords,
    bytesOf,
    facilityWords,
    financialWords,
    meterCsv,
    meterWords,
    sale,
    satelliteWords,
} from './testing/sampleFiles.js';

function read(content: string | object): SourceData {
    return readSourceFile(bytesOf(content), 'f');
}

function refusal(content: string | object | Uint8Array): Failure<'SOURCE_FILE_INVALID'>['details'] {
    try {
        readSourceFile(content instanceof Uint8Array ? content : bytesOf(content), 'f');
    } catch (error) {
        if (isFailure(error, 'SOURCE_FILE_INVALID')) return error.details;
        throw error;
    }
    throw new Error('accepted');
}

const { facility: facilityId, zone, carrier } = facilityWords;
const said = { facilityId, zone, carrier, energyWh: 2_400_000n };

describe('a file of a source says the same in every form', () => {
    it.each([
        ['sensor', 'CSV', meterCsv(), '2026-11-20'],
        ['sensor', 'JSON', meterWords, '2026-11-20'],
        ['satellite', 'JSON', satelliteWords, '2026-11-20'],
        ['financial', 'JSON', financialWords, '2026-11'],
        ['audit', 'JSON', auditWords, '2026-11-20'],
    ] as const)('%s, %s', (kind, _, content, period) => {
        expect(read(content)).toMatchObject({ kind, period, ...said });
    });

    it('whatever the unit, the offset of the clock, the order of rows and the ends of lines', () => {
        const rows = meterCsv({
            0: { start: '2026-11-20T01:00+01:00', energy: '100000', unit: 'Wh' },
            1: { start: '2026-11-19T19:30:00-05:30', energy: '0.100000', unit: 'MWh' },
        });
        const [header, ...lines] = rows.trimEnd().split('\n');
        const shuffled = [header, ...lines.toReversed()].join('\r\n');
        expect(read(shuffled)).toEqual(read(meterCsv()));
    });

    it('a day that is 25 hours on its own clock is still 24 in UTC', () => {
        const change = { '2026-11-20': '2026-10-25' };
        const csv = meterCsv().replaceAll('2026-11-20', change['2026-11-20']);
        // Vienna: +02:00 until 01:00Z, +01:00 after; both write 02:30 for different hours.
        const local = csv
            .replace('2026-10-25T00:00Z', '2026-10-25T02:00+02:00')
            .replace('2026-10-25T01:00Z', '2026-10-25T02:00+01:00');
        expect(read(local)).toEqual(read(csv));
    });
});

describe('intervals', () => {
    it('shorter than the facility’s are added up, and the day stays what it was', () => {
        const hourly = read(meterCsv({ 3: { energy: '7.5' } }));
        const quarters = {
            ...hourly,
            ...{ minutes: '15' as const },
            readings: hourly.readings.flatMap(({ start, energyWh }) =>
                ['00', '15', '30', '45'].map((minute) => ({
                    start: start.replace(':00Z', `:${minute}Z`) as typeof start,
                    energyWh: (energyWh / 4n) as typeof energyWh,
                })),
            ),
        };
        expect(inIntervalsOf(quarters, '60')).toEqual(hourly);
    });

    it('longer than the facility’s are refused: nobody knows what happened inside them', () => {
        expect(() => inIntervalsOf(read(meterCsv()), '15')).toThrow(
            expect.objectContaining({
                details: { field: 'minutes', reason: '60, but the facility is metered every 15 minutes' },
            }),
        );
    });
});

describe('energy from revenue and tariff', () => {
    const energyOf = (...sales: readonly object[]): bigint => read({ ...financialWords, sales }).energyWh;

    it.each([
        ['is their quotient', [sale], 2_400_000n],
        ['is rounded down', [{ ...sale, revenue: '1', tariff: '3', unit: 'Wh' }], 0n],
        [
            'is rounded once, after the sum: three thirds are one',
            ['a', 'b', 'c'].map((document) => ({ document, revenue: '1', tariff: '3', unit: 'Wh' })),
            1n,
        ],
        ['takes a credit note off', [sale, { ...sale, document: 'CN-1', revenue: '-102.00' }], 1_200_000n],
        ['is positive where the price was negative', [{ ...sale, revenue: '-204.00', tariff: '-0.085' }], 2_400_000n],
        ['is exact where binary fractions are not', [{ ...sale, revenue: '0.3', tariff: '0.1', unit: 'Wh' }], 3n],
    ])('%s', (_, sales, energy) => {
        expect(energyOf(...sales)).toBe(energy);
    });

    it('is found at once for a thousand sales at a thousand tariffs without common divisors', () => {
        const sales = Array.from({ length: 1_000 }, (_, index) => {
            const tariff = `${String(999_999_999_999_999 - 2 * index)}.${String(100_001 + 7 * index)}`;
            return { document: String(index), revenue: tariff, tariff, unit: 'Wh' };
        });
        expect(energyOf(...sales)).toBe(1_000n);
    });

    it('gives back any energy billed to the micro-unit at any tariff that divides', () => {
        const digits = (value: bigint): string => {
            const text = value.toString().padStart(7, '0');
            return `${text.slice(0, -6)}.${text.slice(-6)}`;
        };
        fc.assert(
            fc.property(
                fc.bigInt({ min: 0n, max: 10n ** 12n }),
                fc.bigInt({ min: 1n, max: 10n ** 6n }),
                (wh, tariff) => {
                    const one = { document: 'x', revenue: digits(wh * tariff), tariff: digits(tariff), unit: 'Wh' };
                    expect(energyOf(one)).toBe(wh);
                },
            ),
        );
    });
});

describe('a file is refused with the place', () => {
    const without = (words: object, field: string): object =>
        Object.fromEntries(Object.entries(words).filter(([name]) => name !== field));

    it.each<[string, string | object, string, string]>([
        ['no file', '', 'line 1', 'the columns are not meter,facility'],
        ['other columns', 'meter,energy\n1,2\n', 'line 1', 'the columns are not'],
        ['a byte order mark', `\ufeff${meterCsv()}`, 'line 1', 'the columns are not'],
        ['no rows', meterCsv().split('\n')[0]!, 'line 2', 'no readings'],
        ['a row with a cell too many', meterCsv().replace('100,kWh', '1,00,kWh'), 'line 2', '9 cells instead of 8'],
        ['a quoted cell', meterCsv().replace('100,kWh', '"100",kWh'), 'line 2', 'a quoted cell'],
        ['an empty line', meterCsv().replace('\n', '\n\n'), 'line 2', 'an empty line'],
        ['too many rows', `${meterCsv()}${'x\n'.repeat(90)}`, 'line 98', 'more than 96 rows'],
        ['a comma for a point', meterCsv({ 4: { energy: '1 000' } }), 'line 6, energy', 'not a decimal number'],
        ['a negative reading', meterCsv({ 4: { energy: '-1' } }), 'line 6, energy', 'not a decimal number'],
        ['an exponent', meterCsv({ 4: { energy: '1e3' } }), 'line 6, energy', 'not a decimal number'],
        ['a formula', meterCsv({ 4: { energy: '=1+1' } }), 'line 6, energy', 'not a decimal number'],
        ['less than a Wh', meterCsv({ 4: { energy: '0.0005' } }), 'line 6, energy', 'finer than one watt-hour'],
        [
            'a huge number',
            meterCsv({ 4: { energy: '9'.repeat(19), unit: 'MWh' } }),
            'line 6, energy',
            'beyond 2^63 - 1',
        ],
        ['another unit', meterCsv({ 4: { unit: 'J' } }), 'line 6, unit', 'not one of Wh, kWh, MWh'],
        ['a carrier of no code list', meterCsv({ 0: { carrier: 'B99' } }), 'line 2, carrier', 'not one of B01'],
        [
            'a zone with a wrong check character',
            meterCsv({ 0: { zone: '10YAT-APG------M' } }),
            'line 2, zone',
            'not an EIC',
        ],
        [
            'a time without offset',
            meterCsv({ 5: { start: '2026-11-20T05:00' } }),
            'line 7, start',
            'not a time such as',
        ],
        ['a day the calendar lacks', meterCsv({ 5: { start: '2026-02-30T05:00Z' } }), 'line 7, start', 'not a time'],
        [
            'a start between intervals',
            meterCsv({ 5: { start: '2026-11-20T05:15Z' } }),
            'line 7, start',
            'not on a multiple of 60',
        ],
        ['two facilities', meterCsv({ 5: { facility: 'roof-2' } }), 'line 7, facility', 'not the same in every row'],
        ['two meters', meterCsv({ 5: { meter: '8-B' } }), 'line 7, meter', 'not the same in every row'],
        ['a gap', meterCsv({ 5: null }), 'readings', '2026-11-20T05:00Z is missing'],
        ['an interval twice', meterCsv({ 5: { start: '2026-11-20T04:00Z' } }), 'readings', '04:00Z is given twice'],
        ['two days', meterCsv({ 5: { start: '2026-11-21T04:00Z' } }), 'readings', 'no interval of 2026-11-20 in UTC'],
        ['JSON cut off', '{"format":\n"power/audit-report",', 'line 2', 'no string at character'],
        ['a key twice', '{"format":"x","format":"y"}', 'line 1', 'a duplicate key'],
        ['a format of nobody', { format: 'power/tea-leaves' }, 'format', 'not one of power/meter-readings'],
        ['a format named like one of JavaScript’s own', { format: 'toString' }, 'format', 'not one of'],
        ['another version', { ...auditWords, version: '2' }, 'version', 'not one of 1'],
        ['a field too many', { ...auditWords, note: '' }, 'note', 'an unknown field'],
        ['a field too few', without(auditWords, 'auditor'), 'auditor', 'not text of'],
        ['a number that is no text', { ...auditWords, energy: 2 }, 'energy', 'not a decimal number'],
        ['a visit backwards', { ...auditWords, visit: { from: '2026-11-20', to: '2026-11-18' } }, 'visit.to', 'before'],
        ['no period', { ...auditWords, period: '2026-W47' }, 'period', 'not a day, month or year'],
        ['a scene of another day', withScene({ capturedAt: '2026-11-21T00:00Z' }), 'scenes[0].capturedAt', 'outside'],
        ['clouds only', withScene({ status: 'obscured' }), 'scenes', 'seen in none of them'],
        ['a sale booked twice', withSales(sale, sale), 'sales[1].document', 'booked twice'],
        ['a sale for nothing', withSales({ ...sale, tariff: '0.000' }), 'sales[0].tariff', 'zero'],
        ['more credit than sales', withSales({ ...sale, revenue: '-1' }), 'sales', 'credit notes exceed'],
        ['no sales', withSales(), 'sales', 'not a list of 1'],
        ['no readings', { ...meterWords, readings: [] }, 'readings', 'not a list of 1'],
    ])('%s', (_, content, place, problem) => {
        const details = refusal(content);
        expect(details).toMatchObject({ file: 'f', place });
        expect(details.problem).toContain(problem);
    });

    it('bytes that are not UTF-8, or too many', () => {
        expect(refusal(Uint8Array.of(0xff, 0xfe)).problem).toBe('not UTF-8');
        expect(refusal(new Uint8Array(1024 * 1024 + 1)).problem).toContain('larger than 1048576 bytes');
    });

    it('any text and any JSON, never by another kind of error', () => {
        const jsonLike = fc.dictionary(fc.constantFrom(...Object.keys(auditWords)), fc.jsonValue());
        fc.assert(
            fc.property(fc.oneof(fc.string(), jsonLike), (content) => {
                expect(refusal(content).file).toBe('f');
            }),
        );
    });
});

function withScene(change: object): object {
    return { ...satelliteWords, scenes: [{ ...satelliteWords.scenes[0], ...change }] };
}

function withSales(...sales: readonly object[]): object {
    return { ...financialWords, sales };
}
