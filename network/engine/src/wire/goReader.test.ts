// SPDX-License-Identifier: Apache-2.0
import { decode, encode, MalformedMessageError } from './decode.js';
import { common, protos } from './protobuf.js';

const read = (hex: string): protos.ChaincodeID => decode(protos.ChaincodeID, Buffer.from(hex, 'hex'), 'ChaincodeID');
const group = (depth: number): string => '2b'.repeat(depth) + '2c'.repeat(depth);

// protos.ChaincodeID: 1 path, 2 name, 3 version, all strings. What Go says of each was tried with Fabric 3.1.5.
describe('messages that Go reads and protobufjs would refuse', () => {
    test.each([
        ['a tag written in ten bytes', '928080808080808080000161'],
        ['a tag written in six bytes', '9280808080000161'],
        ['a length written in six bytes', '1281808080800061'],
        ['an unknown field with a long tag', '120161f8878080800001'],
        ['groups nested deeper than a hundred', `120161${group(5000)}`],
        ['an unknown number of ten bytes', '12016120ffffffffffffffffff01'],
    ])('%s', (_, hex) => {
        expect(read(hex).name).toBe('a');
    });
});

describe('messages that Go refuses', () => {
    test.each([
        ['a string that is not UTF-8', '1201ff'],
        ['a string cut within a character', '1202e282'],
        ['an overlong character', '1202c080'],
        ['a surrogate', '1203eda080'],
        ['a character beyond Unicode', '1204f4908080'],
        ['a long string with one bad byte', `1280016161${'61'.repeat(125)}ff`],
        ['field number 0', '0001'],
        ['a tag beyond 32 bits', 'ffffffff7f00'],
        ['a wire type that does not exist', '0e00'],
        ['an unknown number beyond 64 bits', '12016120ffffffffffffffffff02'],
        ['an unknown number of eleven bytes', '12016120ffffffffffffffffffff01'],
        ['a length beyond the message', '120261'],
        ['a length beyond 32 bits', '12818080801061'],
        ['a group that does not end', '1201612b'],
        ['a group that ends as another', '1201612b34'],
        ['an end without a group', '1201612c'],
        ['groups nested deeper than ten thousand', `120161${group(10_001)}`],
    ])('%s', (_, hex) => {
        expect(() => read(hex)).toThrow(MalformedMessageError);
    });
});

test('a byte order mark is part of a string', () => {
    expect(read('1204efbbbf61').name).toBe('\ufeffa');
    expect(read(`1243efbbbf${'61'.repeat(64)}`).name).toBe(`\ufeff${'a'.repeat(64)}`);
});

test('known numbers keep their low bits, and those beyond 64 bits are refused', () => {
    const header = (hex: string): common.ChannelHeader =>
        decode(common.ChannelHeader, Buffer.from(hex, 'hex'), 'ChannelHeader');
    expect(header('08ffffffffffffffffff01').type).toBe(-1);
    expect(header('0883808080808080808000').type).toBe(3);
    expect(header('308180808000').epoch).toBe(1);
    expect(() => header('08ffffffffffffffffff02')).toThrow(MalformedMessageError);
    expect(() => header('30ffffffffffffffffff02')).toThrow(MalformedMessageError);
});

test('a message that comes twice is merged, as in Go', () => {
    const twice = Buffer.concat([
        encode(common.Payload, { header: { channelHeader: Buffer.from('a') } }),
        encode(common.Payload, { header: { signatureHeader: Buffer.from('b') } }),
    ]);
    const { header } = decode(common.Payload, twice, 'Payload');
    expect([header?.channelHeader, header?.signatureHeader].map(String)).toEqual(['a', 'b']);
});

test('a field of another type than its own is unknown, not an error', () => {
    expect(read('1005' + '1a0162')).toMatchObject({ name: '', version: 'b' });
});
