// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from 'node:util';

/** Where a recorded fact stands. */
export interface Place {
    /** Relative to the folder of the recordings. */
    readonly file: string;
    readonly line?: number | undefined;
    /** The recording's own name for it; the same in every set. */
    readonly label: string;
}

export interface Difference {
    readonly place: Place;
    readonly expected: unknown;
    readonly received: unknown;
}

/** Counts what was compared in one area and keeps what differs. */
export class Checks {
    readonly differences: Difference[] = [];
    #made = 0;

    get made(): number {
        return this.#made;
    }

    equal(place: Place, expected: unknown, received: unknown): void {
        this.#made += 1;
        if (!isDeepStrictEqual(received, expected)) this.differences.push({ place, expected, received });
    }

    /** Runs a replay that makes one check or more; what it throws is a difference at that place. */
    async guard(place: Place, replay: () => Promise<void> | void): Promise<void> {
        try {
            await replay();
        } catch (error) {
            this.equal(
                place,
                'a replay to its end',
                error instanceof Error ? `${error.name}: ${error.message}` : error,
            );
        }
    }

    /** A recording that nothing replays counts as one that differs. */
    notReplayed(place: Place): void {
        this.equal(place, 'a replay', 'none: nothing replays this recording');
    }
}
