// SPDX-License-Identifier: Apache-2.0
import type { StateKey } from './stateKey.js';

/** A write of one key; without a value the key is deleted. */
export interface StateWrite {
    readonly key: StateKey;
    readonly value: Uint8Array | undefined;
}

export interface StatePage {
    readonly entries: readonly { readonly key: StateKey; readonly value: Uint8Array }[];
    /** The key to go on from, '' at the end. */
    readonly bookmark: string;
}

/** The world state as one transaction sees it through its peer: committed values only. */
export interface StatePort {
    /** Values in the order of the keys, undefined for absent ones. Enters every key into the read set. */
    getMany(keys: readonly StateKey[]): Promise<readonly (Uint8Array | undefined)[]>;
    writeMany(writes: readonly StateWrite[]): Promise<void>;
    /** Only for queries: the peer refuses to write after it. */
    page(start: StateKey, end: StateKey, pageSize: number, bookmark: string): Promise<StatePage>;
}
