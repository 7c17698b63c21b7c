// SPDX-License-Identifier: Apache-2.0
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Turnstile } from './turnstile.js';

describe('a turnstile', () => {
    it('lets callers in in their order, so that the first are done before the last begin', async () => {
        const turnstile = new Turnstile();
        const steps: string[] = [];
        const work = async (name: number): Promise<void> => {
            await turnstile.enter();
            steps.push(`begin ${String(name)}`);
            await nextTurn();
            steps.push(`end ${String(name)}`);
        };
        await Promise.all(Array.from({ length: 100 }, (_, name) => work(name)));
        const order = (step: string): number[] =>
            steps.filter((one) => one.startsWith(step)).map((one) => Number(one.split(' ')[1]));
        expect(order('begin')).toEqual(Array.from({ length: 100 }, (_, name) => name));
        expect(order('end')).toEqual(order('begin'));
        expect(steps.indexOf('end 0')).toBeLessThan(steps.indexOf('begin 99'));
    });

    it('opens again for who comes later', async () => {
        const turnstile = new Turnstile();
        await turnstile.enter();
        await expect(turnstile.enter()).resolves.toBeUndefined();
    });
});
