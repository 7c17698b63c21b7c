// SPDX-License-Identifier: Apache-2.0

/**
 * Remembers what a pure function gave for the texts it was last asked about. Nothing but time depends on what is
 * remembered, so endorsers with different memories agree.
 */
export class BoundedCache<V> {
    readonly #sizeMax: number;
    readonly #values = new Map<string, V>();

    constructor(sizeMax: number) {
        this.#sizeMax = sizeMax;
    }

    /** The value for this text, made if it is not remembered. What throws is not remembered. */
    get(text: string, make: () => V): V {
        const known = this.#values.get(text);
        if (known !== undefined) return known;
        const made = make();
        // A map lists its keys in the order they came: the first is the oldest.
        const [oldest] = this.#values.size < this.#sizeMax ? [] : this.#values.keys();
        if (oldest !== undefined) this.#values.delete(oldest);
        this.#values.set(text, made);
        return made;
    }
}
