// SPDX-License-Identifier: Apache-2.0
import { mutated } from '@power-currency/engine/wire/testing/messageMutation.js';
import type { SeededRandom } from '../scenarios/hostile/seededRandom';
import { lengthDelimited, readFields, varint, writeField, writeFields } from '../scenarios/hostile/wireFields';
import { mutateMessage } from '../scenarios/hostile/wireMutation';

/**
 * A message with damage done at some level of its protobuf structure: mostly to one field, sometimes to several, sometimes
 * to its bytes with no regard to structure.
 */
export function damaged(message: Buffer, random: SeededRandom): Buffer {
    const kind = random.below(100);
    if (kind < 50) return mutateMessage(message, random);
    if (kind < 65) return mutateMessage(mutateMessage(message, random), random);
    if (kind < 80) return random.pick(structural)(message, random);
    if (kind < 99) return random.pick(bytewise)(message, random);
    // Everything the byte mutations know, megabytes among them.
    return mutated(message, (limit) => random.below(limit));
}

type Damage = (message: Buffer, random: SeededRandom) => Buffer;

const structural: readonly Damage[] = [
    grafted,
    nestedInItself,
    withHugeLength,
    (message, random) => replaceField(message, random, Buffer.alloc(random.pick([1_000, 20_000]), random.below(256))),
    (message, random) => replaceField(message, random, Buffer.alloc(0)),
    (message, random) => Buffer.concat([message, group(random)]),
    (message, random) => Buffer.concat(Array.from({ length: 2 + random.below(30) }, () => message)),
];

const bytewise: readonly Damage[] = [
    () => Buffer.alloc(0),
    (_, random) => random.bytes(1 + random.below(64)),
    (message, random) => message.subarray(0, random.below(message.length + 1)),
    (message, random) => Buffer.concat([message, random.bytes(1 + random.below(8))]),
    overwritten,
    (message, random) => overwritten(overwritten(message, random), random),
    (message, random) => spliced(message, random, 1 + random.below(16), Buffer.alloc(0)),
    (message, random) => spliced(message, random, 0, random.bytes(1 + random.below(16))),
    (message, random) => spliced(message, random, 1, Buffer.of(0xff, 0xff, 0xff, 0xff, 0x0f)),
];

/** One submessage in the place of another. */
function grafted(message: Buffer, random: SeededRandom): Buffer {
    const submessages = allValues(message, 3).filter((value) => value.length > 0);
    return submessages.length === 0 ? message : replaceField(message, random, random.pick(submessages));
}

/** A field within itself, hundreds of times: what makes a recursive reader run out of stack. */
function nestedInItself(message: Buffer, random: SeededRandom): Buffer {
    const number = 1 + random.below(8);
    let value = message.subarray(0, 2_000);
    const depth = random.pick([20, 150, 1_000]);
    for (let level = 0; level < depth; level++) {
        value = writeField({ number, wireType: lengthDelimited, value });
    }
    return random.chance(2) ? value : replaceField(message, random, value);
}

/** A length that goes beyond the message, beyond 32 bits or beyond what a number can say. */
function withHugeLength(message: Buffer, random: SeededRandom): Buffer {
    const lengths = [message.length + 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53];
    const field = Buffer.concat([Buffer.of((1 + random.below(8)) * 8 + lengthDelimited), varint(random.pick(lengths))]);
    return random.chance(2) ? Buffer.concat([field, message]) : Buffer.concat([message, field]);
}

function group(random: SeededRandom): Buffer {
    const depth = random.pick([1, 50, 9_999, 10_001]);
    const open = Buffer.alloc(depth, 0x0b);
    return random.chance(2) ? Buffer.concat([open, Buffer.alloc(depth, 0x0c)]) : open;
}

function replaceField(message: Buffer, random: SeededRandom, value: Buffer): Buffer {
    const fields = readFields(message);
    if (fields === undefined || fields.length === 0) return value;
    const at = random.below(fields.length);
    const field = fields[at];
    return field === undefined
        ? message
        : writeFields(fields.with(at, { number: field.number, wireType: lengthDelimited, value }));
}

/** Values of length-delimited fields, and of those within them. */
function allValues(message: Buffer, levels: number): Buffer[] {
    const own = (readFields(message) ?? []).filter(({ wireType }) => wireType === lengthDelimited);
    const values = own.map(({ value }) => value);
    return levels === 0 ? values : [...values, ...values.flatMap((value) => allValues(value, levels - 1))];
}

function overwritten(message: Buffer, random: SeededRandom): Buffer {
    const copy = Buffer.from(message);
    if (copy.length > 0) random.bytes(1 + random.below(4)).copy(copy, random.below(copy.length));
    return copy;
}

function spliced(message: Buffer, random: SeededRandom, count: number, inserted: Buffer): Buffer {
    const at = random.below(message.length + 1);
    return Buffer.concat([message.subarray(0, at), inserted, message.subarray(at + count)]);
}
