// SPDX-License-Identifier: Apache-2.0
import './plainNumbers.js';
import { BufferReader } from 'protobufjs/minimal';

const longestVarintBytes = 10;
const highestTag = 2 ** 32 - 1;
const groupDepthMax = 10_000;
const endGroup = 4;
const startGroup = 3;

/**
 * Takes and refuses the bytes that Go's protobuf library does (google.golang.org/protobuf/encoding/protowire), where
 * protobufjs is of another mind: numbers written longer than they need, up to ten bytes, are good everywhere; one that
 * does not fit 64 bits is refused, also where it is skipped. Peers that disagree here disagree on validation codes.
 */
export class GoReader extends BufferReader {
    override tag(): number {
        const tag = this.#varint();
        if (tag < 8 || tag > highestTag) {
            throw new Error('invalid field number');
        }
        return tag;
    }

    override size(): number {
        const size = this.#varint();
        if (size > this.len - this.pos) {
            throw new RangeError('index out of range');
        }
        return size;
    }

    override uint32(): number {
        this.#assertVarint();
        return super.uint32();
    }

    override bool(): boolean {
        this.#assertVarint();
        return super.bool();
    }

    override int64(): ReturnType<BufferReader['int64']> {
        this.#assertVarint();
        return super.int64();
    }

    override uint64(): ReturnType<BufferReader['uint64']> {
        this.#assertVarint();
        return super.uint64();
    }

    override skip(length?: number): this {
        if (length === undefined) {
            this.#varint();
        } else {
            super.skip(length);
        }
        return this;
    }

    override skipType(wireType: number, depth?: number, fieldNumber?: number): this {
        if (wireType === startGroup) {
            this.#skipGroup(fieldNumber ?? 0);
        } else {
            super.skipType(wireType, depth, fieldNumber);
        }
        return this;
    }

    /** Groups nest deeper than a call stack may. */
    #skipGroup(fieldNumber: number): void {
        const open = [fieldNumber];
        while (open.length > 0) {
            const tag = this.tag();
            const wireType = tag & 7;
            if (wireType === startGroup) {
                open.push(tag >>> 3);
                if (open.length > groupDepthMax) {
                    throw new Error('max depth exceeded');
                }
            } else if (wireType !== endGroup) {
                super.skipType(wireType, 0, tag >>> 3);
            } else if (open.pop() !== tag >>> 3) {
                throw new Error('invalid end group tag');
            }
        }
    }

    /** The number at the position, which moves behind it; exact below 2^53, which is all that tags and sizes need. */
    #varint(): number {
        const first = this.buf[this.pos] ?? 0;
        if (first < 0x80 && this.pos < this.len) {
            this.pos += 1;
            return first;
        }
        const end = this.#varintEnd();
        let value = 0;
        for (let at = end - 1; at >= this.pos; at -= 1) {
            value = value * 0x80 + ((this.buf[at] ?? 0) & 0x7f);
        }
        this.pos = end;
        return value;
    }

    #assertVarint(): void {
        if ((this.buf[this.pos] ?? 0x80) >= 0x80 || this.pos >= this.len) {
            this.#varintEnd();
        }
    }

    #varintEnd(): number {
        const last = this.pos + longestVarintBytes - 1;
        for (let at = this.pos; at <= last && at < this.len; at += 1) {
            const byte = this.buf[at] ?? 0;
            if (byte < 0x80) {
                if (at === last && byte > 1) {
                    break;
                }
                return at + 1;
            }
        }
        throw new RangeError(this.len > last ? 'variable length integer overflow' : 'index out of range');
    }
}
