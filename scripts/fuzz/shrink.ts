// SPDX-License-Identifier: Apache-2.0
import { lengthDelimited, readFields, writeFields } from '../scenarios/hostile/wireFields';

const attemptsMax = 600;

/**
 * The smallest bytes found that still fail: without fields that do not matter, at any depth, then without runs of bytes.
 * `fails` must not throw.
 */
export async function shrunk(bytes: Buffer, fails: (candidate: Buffer) => Promise<boolean>): Promise<Buffer> {
    let smallest = bytes;
    let attempts = 0;
    for (let smaller = true; smaller;) {
        smaller = false;
        for (const candidate of candidates(smallest)) {
            if (candidate.length >= smallest.length) continue;
            if (attempts++ >= attemptsMax) return smallest;
            if (await fails(candidate)) {
                smallest = candidate;
                smaller = true;
                break;
            }
        }
    }
    return smallest;
}

function* candidates(bytes: Buffer): Generator<Buffer> {
    yield Buffer.alloc(0);
    yield* withLessStructure(bytes);
    for (let size = bytes.length >> 1; size > 0; size >>= 1) {
        for (let at = 0; at < bytes.length; at += size) {
            yield Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
        }
    }
}

function* withLessStructure(bytes: Buffer): Generator<Buffer> {
    const fields = readFields(bytes) ?? [];
    for (const index of fields.keys()) yield writeFields(fields.toSpliced(index, 1));
    for (const [index, field] of fields.entries()) {
        if (field.wireType !== lengthDelimited || field.value.length === 0) continue;
        yield writeFields(fields.with(index, { ...field, value: Buffer.alloc(0) }));
        for (const value of withLessStructure(field.value)) {
            yield writeFields(fields.with(index, { ...field, value }));
        }
    }
}
