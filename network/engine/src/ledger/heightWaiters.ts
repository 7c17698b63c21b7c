// SPDX-License-Identifier: Apache-2.0

interface Waiter {
    readonly number: number;
    readonly resolve: () => void;
    readonly reject: (reason: unknown) => void;
}

/** Those who wait for a block that is not there yet. */
export class HeightWaiters {
    readonly #waiters = new Set<Waiter>();

    /** Resolves once the height is above `number`, at once when it is already; rejects with the signal's reason. */
    wait(number: number, height: number, signal?: AbortSignal): Promise<void> {
        if (number < height) {
            return Promise.resolve();
        }
        return new Promise((resolve, reject) => {
            signal?.throwIfAborted();
            const settle = (act: () => void): void => {
                this.#waiters.delete(waiter);
                signal?.removeEventListener('abort', abort);
                act();
            };
            const waiter: Waiter = {
                number,
                resolve: () => {
                    settle(resolve);
                },
                reject: (reason) => {
                    settle(() => {
                        reject(reason instanceof Error ? reason : new Error(String(reason)));
                    });
                },
            };
            const abort = (): void => {
                waiter.reject(signal?.reason);
            };
            signal?.addEventListener('abort', abort);
            this.#waiters.add(waiter);
        });
    }

    resolveUpTo(height: number): void {
        for (const waiter of [...this.#waiters]) {
            if (waiter.number < height) {
                waiter.resolve();
            }
        }
    }

    rejectAll(reason: unknown): void {
        for (const waiter of [...this.#waiters]) {
            waiter.reject(reason);
        }
    }
}
