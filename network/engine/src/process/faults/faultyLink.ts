// SPDX-License-Identifier: Apache-2.0
import { faultSwitches } from './faultSwitches.js';

/** Whether the connection to an address is to be taken as broken. */
export function isLinkDropped(address: string): boolean {
    const dropped = faultSwitches.get('drop-link');
    return dropped !== undefined && (dropped.includes(address) || dropped.includes('*'));
}

/** How long each message to or from an address is to take longer, in milliseconds. */
export function linkDelayMs(address: string): number {
    const delay = faultSwitches.get('delay-link');
    return delay !== undefined && (delay.address === address || delay.address === '*') ? delay.ms : 0;
}

/** Calls back once when the connection to an address breaks; returns a function that ends the waiting. */
export function onLinkDropped(address: string, listener: () => void): () => void {
    const stop = faultSwitches.onChange(() => {
        if (isLinkDropped(address)) {
            stop();
            listener();
        }
    });
    return stop;
}

/** Passes what arrives from an address on in its order, as late as the link's delay says. */
export class DelayedArrivals {
    readonly #address: string;
    #waiting = 0;
    #lastDueMs = 0;

    constructor(address: string) {
        this.#address = address;
    }

    pass(arrive: () => void): void {
        const delayMs = linkDelayMs(this.#address);
        if (delayMs === 0 && this.#waiting === 0) {
            arrive();
            return;
        }
        const now = performance.now();
        this.#lastDueMs = Math.max(this.#lastDueMs + 1, now + delayMs);
        this.#waiting += 1;
        setTimeout(() => {
            this.#waiting -= 1;
            arrive();
        }, this.#lastDueMs - now);
    }
}
