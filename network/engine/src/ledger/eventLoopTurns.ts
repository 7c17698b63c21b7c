// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises';

const transactionsPerTurn = 50;

/** A function to call per transaction; every few calls it lets the event loop do other work. */
export function eventLoopTurns(): () => Promise<void> {
    let count = 0;
    return async () => {
        if (++count % transactionsPerTurn === 0) {
            await setImmediate();
        }
    };
}
