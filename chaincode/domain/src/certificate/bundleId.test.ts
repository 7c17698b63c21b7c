// SPDX-License-Identifier: Apache-2.0
import { quantityMax } from '../money/quantity.js';
import { bundleId, bundleIdOf, rangeOf } from './bundleId.js';

const largest = quantityMax.toString();

describe('the id of a bundle', () => {
    it.each(['roof-1/2026-11-20T13:00Z/0-499', 'a/2026-11-20T23:45Z/7-7', `x.y_z/2199-12-31T00:00Z/0-${largest}`])(
        'is the energy it certifies: %s',
        (text) => {
            const id = bundleId.decode(text, 'id');
            expect(bundleIdOf(rangeOf(id))).toBe(text);
        },
    );

    it.each([
        ...['roof-1', 'roof-1/2026-11-20T13:00Z', 'roof-1/2026-11-20T13:00Z/0-499/0', 'Roof/2026-11-20T13:00Z/0-9'],
        ...['roof-1/2026-11-20T13:07Z/0-9', 'roof-1/2026-02-30T13:00Z/0-9', 'roof-1/2026-11-20T13:00Z/9-8'],
        ...['roof-1/2026-11-20T13:00Z/00-9', 'roof-1/2026-11-20T13:00Z/0-09', 'roof-1/2026-11-20T13:00Z/-1-9'],
        ...[`roof-1/2026-11-20T13:00Z/0-${(quantityMax + 1n).toString()}`, 'roof-1~2026-11-20T13:00Z~0-9', ''],
        ...[
            '/2026-11-20T13:00Z/0-9',
            'roof-1/2026-11-20T13:00Z/0-9/',
            'roof-1/1999-11-20T13:00Z/0-9',
            'x roof-1/2026-11-20T13:00Z/0-9',
        ],
        ...['roof-1/2026-11-20T13:00Z/0-9\n', 'roof-1/2026-11-20T13:00Z/0x0-9'],
    ])('is not %j [V60 V62]', (text) => {
        expect(() => bundleId.decode(text, 'id')).toThrow('INVALID_ARGUMENT');
    });
});
