// SPDX-License-Identifier: Apache-2.0

interface Waiter {
    readonly number: number;
    readonly resolve: () => void;
    readonly reject: (reason: unknown) => void;
}

/** The height of a chain and those who wait for it to grow. A waiter that gives up leaves nothing behind. */
export class HeightWatch {
    #height: number;
    readonly #waiters = new Set<Waiter>();
    #closed: Error | undefined;

    constructor(height: number) {
        this.#height = height;
    }

    get height(): number {
        return this.#height;
    }

    /** How many wait now. */
    get waiters(): number {
        return this.#waiters.size;
    }

    advance(height: number): void {
        this.#height = height;
        for (const waiter of [...this.#waiters]) {
            if (waiter.number < height) {
                waiter.resolve();
            }
        }
    }

    /** Resolves once the height is above `number`; rejects with the reason of the signal or of `close` that comes first. */
    async waitFor(number: number, signal?: AbortSignal): Promise<void> {
        if (number < this.#height) {
            return;
        }
        signal?.throwIfAborted();
        if (this.#closed !== undefined) {
            throw this.#closed;
        }
        const { promise, resolve, reject } = Promise.withResolvers<undefined>();
        const waiter: Waiter = {
            number,
            resolve: () => {
                resolve(undefined);
            },
            reject,
        };
        const abort = (): void => {
            reject(signal?.reason);
        };
        this.#waiters.add(waiter);
        signal?.addEventListener('abort', abort);
        try {
            await promise;
        } finally {
            this.#waiters.delete(waiter);
            signal?.removeEventListener('abort', abort);
        }
    }

    /** The chain will not grow any more: whoever waits, now or later, is told why. */
    close(reason: Error): void {
        this.#closed = reason;
        for (const waiter of this.#waiters) {
            waiter.reject(reason);
        }
    }
}
