// SPDX-License-Identifier: Apache-2.0
import { PullBackoff } from './pullBackoff.js';

describe('the wait between two attempts to pull blocks', () => {
    it('grows by a fifth with each failure, up to the longest', () => {
        const backoff = new PullBackoff({ firstMs: 100, longestMs: 170 });
        expect(Array.from({ length: 5 }, () => Math.round(backoff.nextMs()))).toEqual([100, 120, 144, 170, 170]);
    });

    it('starts again after a block', () => {
        const backoff = new PullBackoff({ firstMs: 100, longestMs: 1_000 });
        backoff.nextMs();
        backoff.nextMs();
        backoff.reset();
        expect(backoff.nextMs()).toBe(100);
    });

    it('ends at once, without an error, when the puller stops', async () => {
        const controller = new AbortController();
        const started = performance.now();
        const waited = new PullBackoff({ firstMs: 60_000, longestMs: 60_000 }).wait(controller.signal);
        controller.abort();
        await waited;
        expect(performance.now() - started).toBeLessThan(1_000);
    });
});
