// SPDX-License-Identifier: Apache-2.0
import { BlockCutter, type OrderedMessage } from './blockCutter.js';

const message = (sizeBytes: number): OrderedMessage => ({ envelopeBytes: Buffer.alloc(0), sizeBytes });
const size = { maxMessageCount: 10, preferredMaxBytes: 512 * 1024 };

/** Sizes of the batches that come of messages of these sizes, and how many messages stay pending. */
function cutAll(sizes: readonly number[], batchSize = size): { batches: number[][]; pending: number } {
    const cutter = new BlockCutter();
    const batches = sizes.flatMap((bytes) => cutter.add(message(bytes), batchSize).batches);
    return {
        batches: batches.map((batch) => batch.map(({ sizeBytes }) => sizeBytes)),
        pending: cutter.cut().length,
    };
}

describe('the block cutter', () => {
    it('cuts at the message count', () => {
        const { batches, pending } = cutAll(Array<number>(25).fill(1_000));
        expect(batches.map((batch) => batch.length)).toEqual([10, 10]);
        expect(pending).toBe(5);
    });

    it('cuts what is pending before a message that would exceed the preferred size', () => {
        expect(cutAll([300_000, 300_000])).toEqual({ batches: [[300_000]], pending: 1 });
    });

    it('lets a batch reach the preferred size exactly', () => {
        expect(cutAll([512 * 1024 - 10, 10]).batches).toEqual([]);
        expect(cutAll([512 * 1024 - 10, 11]).batches).toEqual([[512 * 1024 - 10]]);
    });

    it('isolates a message above the preferred size, after what was pending', () => {
        expect(cutAll([1_000, 600_000, 600_000])).toEqual({ batches: [[1_000], [600_000], [600_000]], pending: 0 });
    });

    it('makes one block per message when the count is one', () => {
        expect(cutAll([1, 2, 3], { ...size, maxMessageCount: 1 })).toEqual({ batches: [[1], [2], [3]], pending: 0 });
    });

    it('never has an empty batch', () => {
        const cutter = new BlockCutter();
        expect(cutter.cut()).toEqual([]);
        expect(cutter.add(message(1), size)).toEqual({ batches: [], pending: true });
        expect(cutter.cut()).toHaveLength(1);
        expect(cutter.cut()).toEqual([]);
    });
});
