// SPDX-License-Identifier: Apache-2.0
import { HeightWatch } from './heightWatch.js';

describe('the height watch', () => {
    it('lets wait for blocks that are not there yet, and only for those', async () => {
        const watch = new HeightWatch(2);
        await watch.waitFor(1);
        const reached: number[] = [];
        const waiting = [2, 3].map((number) => watch.waitFor(number).then(() => reached.push(number)));
        watch.advance(3);
        await waiting[0];
        expect(reached).toEqual([2]);
        watch.advance(4);
        await Promise.all(waiting);
        expect(reached).toEqual([2, 3]);
        expect(watch.waiters).toBe(0);
    });

    it('tells whoever gives up why, and forgets them', async () => {
        const watch = new HeightWatch(0);
        const controller = new AbortController();
        const waiting = watch.waitFor(0, controller.signal);
        controller.abort(new Error('gave up'));
        await expect(waiting).rejects.toThrow('gave up');
        await expect(watch.waitFor(0, controller.signal)).rejects.toThrow('gave up');
        expect(watch.waiters).toBe(0);
    });

    it('lets nobody wait for a chain that is closed', async () => {
        const watch = new HeightWatch(1);
        const waiting = watch.waitFor(1);
        watch.close(new Error('closed'));
        await expect(waiting).rejects.toThrow('closed');
        await expect(watch.waitFor(1)).rejects.toThrow('closed');
        await watch.waitFor(0);
    });
});
