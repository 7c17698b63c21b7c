// SPDX-License-Identifier: Apache-2.0

/** The same sequence of choices for the same seed (mulberry32): a run that found a difference can be repeated. */
export class SeededRandom {
    #state: number;

    constructor(seed: number) {
        this.#state = seed >>> 0;
    }

    /** 0 <= n < limit */
    below(limit: number): number {
        this.#state = (this.#state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
        return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
    }

    chance(oneIn: number): boolean {
        return this.below(oneIn) === 0;
    }

    pick<T>(choices: readonly T[]): T {
        return choices[this.below(choices.length)]!;
    }

    bytes(count: number): Buffer {
        return Buffer.from(Array.from({ length: count }, () => this.below(256)));
    }
}
