// SPDX-License-Identifier: Apache-2.0
import type { SeededRandom } from './seededRandom';
import { lengthDelimited, readFields, varint, writeField, writeFields, type Field } from './wireFields';

/** A message with one thing wrong, or merely unusual, at some level: each is a question of what a peer makes of it. */
export function mutateMessage(message: Buffer, random: SeededRandom): Buffer {
    const fields = readFields(message);
    if (fields === undefined || fields.length === 0) return random.bytes(1 + random.below(6));
    const at = random.below(fields.length);
    const field = fields[at]!;
    const inner = field.wireType === lengthDelimited ? readFields(field.value) : undefined;
    if (inner !== undefined && inner.length > 0 && !random.chance(3)) {
        return writeFields(fields.with(at, { ...field, value: mutateMessage(field.value, random) }));
    }
    const mutation = random.pick(mutations);
    return mutation(fields, at, random);
}

type Mutation = (fields: Field[], at: number, random: SeededRandom) => Buffer;

const mutations: readonly Mutation[] = [
    (fields, at) => writeFields(fields.toSpliced(at, 1)),
    (fields, at) => writeFields(fields.toSpliced(at, 0, fields[at]!)),
    (fields, at) => writeFields([...fields, fields[at]!]),
    (fields) => writeFields(fields.toReversed()),
    (fields, at) => writeFields(fields.with(at, { ...fields[at]!, value: emptied(fields[at]!) })),
    (fields, at, random) => writeFields(fields.with(at, flipped(fields[at]!, random))),
    (fields, at, random) => writeFields(fields.with(at, replaced(fields[at]!, random))),
    (fields, at, random) => writeFields(fields.with(at, { ...fields[at]!, number: 1 + random.below(30) })),
    (fields, at, random) =>
        writeFields(fields.with(at, { number: fields[at]!.number, wireType: 0, value: varint(random.below(1000)) })),
    (fields, _, random) => Buffer.concat([writeFields(fields), random.pick(trailers)]),
    (fields, _, random) => Buffer.concat([random.pick(trailers), writeFields(fields)]),
    (fields, at, random) => {
        const whole = writeFields(fields);
        return at === 0 ? whole.subarray(0, random.below(whole.length)) : whole.subarray(0, -1);
    },
    (fields, at) => Buffer.concat(fields.map((field, index) => writeField(field, index === at ? 6 : 0))),
    (fields, at) => Buffer.concat(fields.map((field, index) => writeField(field, 0, index === at ? 6 : 0))),
];

/** Fields nobody knows, groups, field number 0, tags and numbers beyond their range, nested groups. */
const trailers: readonly Buffer[] = [
    Buffer.of(0xf8, 0x07, 0x01),
    Buffer.of(0xfa, 0x07, 0x02, 0x61, 0x62),
    Buffer.of(0xfd, 0x07, 1, 2, 3, 4),
    Buffer.of(0xf9, 0x07, 1, 2, 3, 4, 5, 6, 7, 8),
    Buffer.of(0xfb, 0x07, 0x08, 0x01, 0xfc, 0x07),
    Buffer.of(0xfb, 0x07, 0x08, 0x01),
    Buffer.of(0xfc, 0x07),
    Buffer.of(0xfb, 0x07, 0xf4, 0x07),
    Buffer.of(0x00, 0x01),
    Buffer.of(0x02, 0x00),
    Buffer.of(0x0e, 0x00),
    Buffer.of(0xff, 0xff, 0xff, 0xff, 0x7f, 0x00),
    Buffer.of(0xf8, 0xff, 0xff, 0xff, 0x0f, 0x01),
    Buffer.of(0xf8, 0x87, 0x80, 0x80, 0x80, 0x00, 0x01),
    Buffer.of(0xf8, 0x07, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
    Buffer.of(0xf8, 0x07, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f),
    Buffer.concat([Buffer.from('fb07'.repeat(120), 'hex'), Buffer.from('fc07'.repeat(120), 'hex')]),
];

const emptied = ({ wireType, value }: Field): Buffer => (wireType === lengthDelimited ? Buffer.alloc(0) : zeros(value));
const zeros = (value: Buffer): Buffer => Buffer.alloc(value.length);

function flipped(field: Field, random: SeededRandom): Field {
    const value = Buffer.from(field.value);
    if (value.length > 0) value[random.below(value.length)]! ^= 1 << random.below(8);
    // A varint must still end where it ended, or everything behind it is read differently: that too is a case.
    return { ...field, value };
}

/** Texts that are no UTF-8, overlong, surrogates, NUL; numbers at the edges of their types. */
const texts = ['ff', 'c3', 'c080', 'eda080', 'f4908080', '00', '61ff62', 'e282', 'f09f9880', 'efbfbd', 'efbbbf61'];
const numbers = [
    '00',
    '01',
    '7f',
    'ffffffff0f',
    'ffffffff07',
    '8080808010',
    'ffffffffffffffffff01',
    '8080808080808080800a',
];

function replaced(field: Field, random: SeededRandom): Field {
    if (field.wireType === 0) return { ...field, value: Buffer.from(random.pick(numbers), 'hex') };
    return { ...field, value: Buffer.from(random.pick(texts), 'hex') };
}
