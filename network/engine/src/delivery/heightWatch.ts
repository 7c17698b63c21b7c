// SPDX-License-Identifier: Apache-2.0

/** The height of a chain and those who wait for it to grow. A waiter that gives up leaves nothing behind. */
export class HeightWatch {
    #height: number;
    readonly #waiting = new Set<() => void>();

    constructor(height: number) {
        this.#height = height;
    }

    get height(): number {
        return this.#height;
    }

    /** How many wait now. */
    get waiters(): number {
        return this.#waiting.size;
    }

    advance(height: number): void {
        this.#height = height;
        for (const wake of [...this.#waiting]) {
            wake();
        }
    }

    /** Resolves when the height exceeds `number`; rejects with the signal's reason when it aborts. */
    async waitFor(number: number, signal: AbortSignal): Promise<void> {
        while (this.#height <= number) {
            signal.throwIfAborted();
            await this.#nextAdvance(signal);
        }
    }

    #nextAdvance(signal: AbortSignal): Promise<void> {
        return new Promise((resolve) => {
            const wake = (): void => {
                this.#waiting.delete(wake);
                signal.removeEventListener('abort', wake);
                resolve();
            };
            this.#waiting.add(wake);
            signal.addEventListener('abort', wake, { once: true });
        });
    }
}
