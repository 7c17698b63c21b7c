// SPDX-License-Identifier: Apache-2.0

/** The same numbers for the same seed (mulberry32), so that a run that found something can be repeated. */
export function seededBelow(seed: number): (limit: number) => number {
    let state = seed >>> 0;
    return (limit) => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
        return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
    };
}

type Below = (limit: number) => number;
type Mutation = (message: Buffer, below: Below) => Buffer;

const randomBytes = (count: number, below: Below): Buffer =>
    Buffer.from(Array.from({ length: count }, () => below(256)));

const mutations: readonly Mutation[] = [
    () => Buffer.alloc(0),
    (message, below) => randomBytes(1 + below(2 * message.length + 1), below),
    (message, below) => message.subarray(0, below(message.length + 1)),
    (message) => Buffer.concat([message, message]),
    (message, below) => Buffer.concat([message, randomBytes(1 + below(8), below)]),
    // Same length, so that the lengths around it stay right and the damage gets deep.
    ...Array.from<Mutation>({ length: 6 }).map((): Mutation => overwritten),
    (message, below) => spliced(message, below, 1 + below(16), Buffer.alloc(0)),
    (message, below) => spliced(message, below, 0, randomBytes(1 + below(16), below)),
    (message, below) => spliced(message, below, 1, Buffer.of(0xff, 0xff, 0xff, 0xff, 0x0f)),
    // Groups within groups: what makes a recursive decoder run out of stack.
    (message) => Buffer.concat([message, Buffer.alloc(100_000, 0x0b)]),
    (message) => Buffer.alloc(1_000_000, message.length === 0 ? 0 : message),
];

/** The message with something wrong with it: cut, doubled, overwritten, or replaced by noise. */
export function mutated(message: Buffer, below: Below): Buffer {
    return mutations[below(mutations.length)]?.(message, below) ?? message;
}

function overwritten(message: Buffer, below: Below): Buffer {
    const copy = Buffer.from(message);
    if (copy.length > 0) randomBytes(1 + below(4), below).copy(copy, below(copy.length));
    return copy;
}

function spliced(message: Buffer, below: Below, count: number, inserted: Buffer): Buffer {
    const at = below(message.length + 1);
    return Buffer.concat([message.subarray(0, at), inserted, message.subarray(at + count)]);
}
