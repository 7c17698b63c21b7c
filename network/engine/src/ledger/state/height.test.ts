// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { formatVersion, parseVersion, sameVersion, versionBytes, versionOfRead } from './height.js';

const version = fc.record({
    blockNum: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.maxSafeNat()),
    txNum: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.maxSafeNat()),
});

it('writes versions as bytes that sort like them and read back as them', () => {
    fc.assert(
        fc.property(version, version, (a, b) => {
            expect(parseVersion(versionBytes(a))).toEqual(a);
            const order = Math.sign(a.blockNum - b.blockNum) || Math.sign(a.txNum - b.txNum);
            expect(Math.sign(Buffer.compare(versionBytes(a), versionBytes(b)))).toBe(order);
        }),
    );
});

it.each([
    [4, 0, '010400'],
    [12, 9, '010c0109'],
    [256, 255, '02010001ff'],
])('writes (%d, %d) as Fabric does', (blockNum, txNum, hex) => {
    expect(versionBytes({ blockNum, txNum }).toString('hex')).toBe(hex);
});

it.each(['', '01', '0901020304050607080900', '0101'])('refuses bytes that are no version: %s', (hex) => {
    expect(() => parseVersion(Buffer.from(hex, 'hex'))).toThrow(RangeError);
});

it('tells an absent version from version (0, 0)', () => {
    expect(versionOfRead(null)).toBeUndefined();
    expect(versionOfRead({})).toEqual({ blockNum: 0, txNum: 0 });
    expect(sameVersion(undefined, { blockNum: 0, txNum: 0 })).toBe(false);
    expect(sameVersion(undefined, undefined)).toBe(true);
    expect(formatVersion(undefined)).toBe('<nil>');
    expect(formatVersion({ blockNum: 30, txNum: 0 })).toBe('{BlockNum: 30, TxNum: 0}');
});
