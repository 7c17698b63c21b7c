// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '../../wire/hashing.js';
import { commitHash } from './commitHash.js';

// Values of a network of Fabric 3.1.5 other than the one whose blocks are replayed: filter, updates, previous, result.
it.each([
    [
        '00',
        '0a120a0562617369631a01612a013132030104000a0b1a01622a01323203010400',
        'b7ad576fcd333f1683860876cca633af9c85f350d42ea80fb6123070c34f281d',
        '75c612b54862981859ee811b64e820961b7a63a36d68d9b04e82cbd5b724be53',
    ],
    [
        '000b000b0000000c0c00',
        '0a140a0562617369631a026d312a01633204010c01020a0e1a036f75742a01313204010c01050a0f1a0272332a036e65773204010c01090a0d1a0272342a01313204010c0106',
        'e34c56b5a84ee7fc6f1082e29cadcfd72309a823183514e6819e2bc8724c3c02',
        '24c9f2ea4f1ddd9973792df0e989461d88636e783c715730826f149a7441778b',
    ],
])('chains filter %s', (filter, updates, previous, result) => {
    const bytes = [filter, updates, previous].map((hex) => Buffer.from(hex, 'hex'));
    expect(commitHash(bytes[0]!, bytes[1]!, bytes[2]!).toString('hex')).toBe(result);
});

it('writes the number of transactions as a varint', () => {
    const many = commitHash(new Uint8Array(200), Buffer.alloc(0), Buffer.alloc(0));
    const prefixed = Buffer.concat([Buffer.from('c801', 'hex'), Buffer.alloc(200)]);
    expect(many).toEqual(sha256(prefixed));
});
