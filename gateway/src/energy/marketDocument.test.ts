// SPDX-License-Identifier: Apache-2.0
import { parseMarketDocument } from './marketDocument.js';
import { acknowledgementXml, marketDocumentXml, type SeriesSpec } from './testing/energyDocuments.js';

const hour = {
    start: '2025-11-18T23:00Z',
    end: '2025-11-19T00:00Z',
    resolution: 'PT60M',
    points: [[1, '10']],
} as const;

function withSeries(change: Partial<SeriesSpec>, type = 'A65'): Uint8Array {
    return marketDocumentXml(type, [{ periods: [hour], ...change }]);
}

describe('parseMarketDocument', () => {
    it('reads zone, direction, curve, period and points of a load document', () => {
        expect(parseMarketDocument(withSeries({}), 'x')).toEqual({
            type: 'A65',
            process: 'A16',
            series: [
                {
                    zone: '10YNL----------L',
                    direction: 'out',
                    curve: 'A01',
                    periods: [
                        {
                            interval: {
                                startMs: Date.parse('2025-11-18T23:00Z'),
                                endMs: Date.parse('2025-11-19T00:00Z'),
                            },
                            resolutionMinutes: 60,
                            points: [{ position: 1, value: 10_000_000n }],
                        },
                    ],
                },
            ],
        });
    });

    it('reads the production type and direction of a generation document', () => {
        const { series } = parseMarketDocument(withSeries({ psrType: 'B16', direction: 'in' }, 'A75'), 'x');
        expect(series[0]).toMatchObject({ productionType: 'B16', direction: 'in' });
    });

    it('gives the reason of an acknowledgement', () => {
        const bytes = acknowledgementXml('999', 'No matching data found');
        expect(() => parseMarketDocument(bytes, 'NL')).toThrow(
            expect.objectContaining({
                code: 'ENERGY_NO_DATA',
                details: { zone: 'NL', reasonCode: '999', reasonText: 'No matching data found' },
            }),
        );
    });

    it.each([
        ['prices', marketDocumentXml('A44', [{ periods: [hour] }])],
        ['another root', new TextEncoder().encode('<Publication_MarketDocument/>')],
    ])('refuses %s by name', (_, bytes) => {
        expect(() => parseMarketDocument(bytes, 'x')).toThrow('ENERGY_DOCUMENT_UNKNOWN');
    });

    it.each([
        ['Point', 'position'],
        ['Period', 'resolution'],
        ['TimeSeries', 'businessType'],
    ])('refuses an empty %s instead of passing over it', (element, missing) => {
        const document = Buffer.from(withSeries({ curve: 'A03' })).toString();
        const emptied = document.replace(`</${element}>`, `</${element}><${element}/>`);
        expect(() => parseMarketDocument(Buffer.from(emptied), 'x')).toThrow(`element ${missing} is missing`);
    });

    it.each<[string, Uint8Array, string]>([
        ['a document without series', marketDocumentXml('A65', []), 'no TimeSeries'],
        ['curve type A02', withSeries({ curve: 'A02' }), 'neither A01 nor A03'],
        ['another unit', withSeries({ unit: 'KWH' }), 'not MAW'],
        ['a code with a wrong check character', withSeries({ zone: '10YNL----------M' }), 'should be L'],
        ['generation without production type', withSeries({}, 'A75'), 'MktPSRType'],
        ['another resolution', withSeries({ periods: [{ ...hour, resolution: 'P1D' }] }), 'not PT15M'],
        [
            'a time that is not UTC',
            withSeries({ periods: [{ ...hour, start: '2025-11-19T00:00+01:00' }] }),
            'no UTC minute',
        ],
        ['a period of two years', withSeries({ periods: [{ ...hour, end: '2027-11-19T00:00Z' }] }), 'over a year'],
        ['a period that ends first', withSeries({ periods: [{ ...hour, end: '2025-11-18T22:00Z' }] }), 'ends before'],
        ['position zero', withSeries({ periods: [{ ...hour, points: [[0, '1']] }] }), 'no count'],
        ['negative load', withSeries({ periods: [{ ...hour, points: [[1, '-5']] }] }), 'no power in MW'],
        [
            'a day the calendar lacks',
            withSeries({ periods: [{ ...hour, start: '2025-02-30T23:00Z' }] }),
            '"2025-02-30T23:00Z" is no UTC minute',
        ],
        [
            "a resolution named like one of JavaScript's own",
            withSeries({ periods: [{ ...hour, resolution: 'toString' }] }),
            'resolution toString is not PT15M',
        ],
    ])('refuses %s and says where', (_, bytes, problem) => {
        expect(() => parseMarketDocument(bytes, 'x')).toThrow(problem);
    });
});
