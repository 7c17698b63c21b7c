// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { fromBase64 } from './base64.js';
import { fromHex, hex, utf8 } from './bytes.js';

const bytes = fc.uint8Array({ maxLength: 64 });

describe('bytes', () => {
    it('of text are its UTF-8', () => {
        const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed());
        fc.assert(
            fc.property(text, (value) => {
                expect(hex(utf8(value))).toBe(Buffer.from(value).toString('hex'));
            }),
        );
        expect(() => utf8('\ud800')).toThrow(TypeError);
    });

    it('come back from hexadecimal and from every kind of base64', () => {
        fc.assert(
            fc.property(bytes, (value) => {
                expect(fromHex(hex(value))).toEqual(value);
                const buffer = Buffer.from(value);
                expect(fromBase64(buffer.toString('base64'))).toEqual(value);
                expect(fromBase64(buffer.toString('base64url'))).toEqual(value);
            }),
        );
    });

    it.each(['0', '0g', '0x00', ' 00'])('are not %j', (text) => {
        expect(fromHex(text)).toBeUndefined();
    });

    it.each(['A', 'AA*A', 'AA AA', 'AAAAA'])('are not %j either', (text) => {
        expect(fromBase64(text)).toBeUndefined();
    });
});
