// SPDX-License-Identifier: Apache-2.0
import { faultValue, type FaultName, type FaultValue } from './faultNames.js';

type Values = { readonly [Name in FaultName]?: FaultValue<Name> };

/** The faults a process is told to have. All are off unless the fault service was enabled and switched one on. */
class FaultSwitches {
    #values: Values = {};
    #texts: ReadonlyMap<FaultName, string> = new Map();
    readonly #listeners = new Set<() => void>();

    /** Switches on, or gives a switch another value. Throws FaultSwitchError for a value that it does not take. */
    switchOn(name: FaultName, text: string): void {
        this.#values = { ...this.#values, [name]: faultValue(name, text) };
        this.#texts = new Map([...this.#texts, [name, text]]);
        this.#tell();
    }

    switchOff(name: FaultName): void {
        this.#values = { ...this.#values, [name]: undefined };
        this.#texts = new Map([...this.#texts].filter(([other]) => other !== name));
        this.#tell();
    }

    /** Switches everything off; whoever waits goes on. */
    clear(): void {
        this.#values = {};
        this.#texts = new Map();
        this.#tell();
    }

    /** What is on, with the values as they were given. */
    list(): Readonly<Record<string, string>> {
        return Object.fromEntries(this.#texts);
    }

    /** A switch's value; undefined when it is off. */
    get<Name extends FaultName>(name: Name): FaultValue<Name> | undefined {
        return this.#values[name];
    }

    /** Resolves once `isHeld` says no; at once unless a switch holds the caller. */
    async until(isHeld: (values: Values) => boolean): Promise<void> {
        while (isHeld(this.#values)) {
            await new Promise<void>((resolve) => {
                const stop = this.onChange(() => {
                    stop();
                    resolve();
                });
            });
        }
    }

    /** Calls back after each change; returns a function that ends it. */
    onChange(listener: () => void): () => void {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }

    #tell(): void {
        for (const listener of [...this.#listeners]) listener();
    }
}

/** The switches of this process. */
export const faultSwitches = new FaultSwitches();
