// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';

export interface BackoffLimits {
    /** First wait after a failure; `peer.deliveryclient.minimalReconnectInterval`. */
    readonly firstMs: number;
    /** Longest wait; `peer.deliveryclient.reConnectBackoffThreshold`. */
    readonly longestMs: number;
}

const growth = 1.2;

/** Waits that grow by a fifth with each failure in a row (internal/pkg/peer/blocksprovider). */
export class PullBackoff {
    readonly #limits: BackoffLimits;
    #failures = 0;

    constructor(limits: BackoffLimits) {
        this.#limits = limits;
    }

    /** A block arrived: the next failure waits the first wait again. */
    reset(): void {
        this.#failures = 0;
    }

    /** The next wait in milliseconds. */
    nextMs(): number {
        const waitMs = Math.min(this.#limits.firstMs * growth ** this.#failures, this.#limits.longestMs);
        this.#failures += 1;
        return waitMs;
    }

    /** Waits; ends early, without an error, when the signal aborts. */
    async wait(signal: AbortSignal): Promise<void> {
        await delay(this.nextMs(), undefined, { signal }).catch(() => undefined);
    }
}
