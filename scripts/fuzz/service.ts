// SPDX-License-Identifier: Apache-2.0
import type { SeededRandom } from '../scenarios/hostile/seededRandom';

/** What becomes of a layer's bytes while a message is built; whatever lies around them is computed and signed anew. */
export type Change = (layer: string, bytes: Buffer) => Buffer;

/** Something that takes messages from strangers. */
export interface Service {
    readonly name: string;
    /** How many of a thousand messages it gets. */
    readonly share: number;
    /** Layers of its messages that can be damaged, from the inside out. */
    readonly layers: readonly string[];
    /**
     * Builds a message, delivers it, and gives the name of the answer, which is one of a closed list. All choices come from
     * `random`. Throws Flaw for an answer that no message may get.
     */
    attempt(change: Change, random: SeededRandom): Promise<string>;
    /** Throws Flaw when what was refused has left traces. */
    settle?(): Promise<void>;
}

/** An answer that should not be, or none. */
export class Flaw extends Error {
    override readonly name = 'Flaw';
}

/** Words of the JavaScript engine: an error that no code foresaw has become part of an answer. */
const unforeseen =
    /Cannot (read|set|convert|destructure|mix|access)|is not (a function|iterable|a constructor)|undefined|Maximum call stack|Invalid (array|string|typed array) length|argument must be|ERR_[A-Z]|\[object |RangeError|TypeError|\bNaN\b/;

/** Throws Flaw when the text says something only a JavaScript error says. */
export function assertForeseen(text: string): void {
    if (unforeseen.test(text)) throw new Flaw(`an unforeseen error in an answer: ${text.slice(0, 300)}`);
}
