// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { dayOf, parseDay } from './day.js';
import { ledgerNow } from './ledgerClock.js';

describe('a day', () => {
    it('of a time is that of the platform calendar', () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 7_258_118_399 }), (seconds) => {
                expect(dayOf(BigInt(seconds))).toBe(new Date(seconds * 1000).toISOString().slice(0, 10));
            }),
        );
    });

    it.each(['2024-02-29', '2000-02-29', '2026-12-31'])('%s exists', (text) => {
        expect(parseDay(text)).toBe(text);
    });

    it.each([
        '2023-02-29',
        '2100-02-29',
        '2026-13-01',
        '2026-00-10',
        '2026-04-31',
        '2026-01-00',
        '1999-12-31',
        '2026-1-1',
        '',
    ])('%j does not', (text) => {
        expect(parseDay(text)).toBeUndefined();
    });
});

it("the ledger's time never runs backwards", () => {
    expect([
        ledgerNow(5n as never, 3n as never),
        ledgerNow(5n as never, 7n as never),
        ledgerNow(undefined, 1n as never),
    ]).toEqual([5n, 7n, 1n]);
});
