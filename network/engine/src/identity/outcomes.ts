// SPDX-License-Identifier: Apache-2.0

const maxOutcomes = 100;

/** Remembers how checks of one immutable thing ended, failures included. */
export class Outcomes {
    private readonly known = new Map<string, Error | undefined>();

    /** Runs a check the first time; afterwards returns or throws as it did then. */
    settle(name: string, check: () => void): void {
        if (!this.known.has(name)) {
            if (this.known.size >= maxOutcomes) {
                this.known.clear();
            }
            this.known.set(name, failureOf(check));
        }
        const failure = this.known.get(name);
        if (failure !== undefined) {
            throw failure;
        }
    }
}

function failureOf(check: () => void): Error | undefined {
    try {
        check();
        return undefined;
    } catch (failure) {
        return failure instanceof Error ? failure : new Error(String(failure));
    }
}
