// SPDX-License-Identifier: Apache-2.0
import type { Load } from './figures.mts';

/** Keys of the largest state; they are written once before anything is measured. */
export const MANY_KEYS = 100_000;

/** The committed loads: a transaction that writes nothing, and blind writes of 64 bytes spread over more and more keys. */
export const committedLoads = {
    'no-op': { call: 'noop', keys: 1 },
    'put, 1 key': { call: 'put', keys: 1 },
    'put, 10 keys': { call: 'put', keys: 10 },
    'put, 100000 keys': { call: 'put', keys: MANY_KEYS },
} as const satisfies Readonly<Record<string, Pick<Load, 'call' | 'keys'>>>;

export type CommittedLoad = keyof typeof committedLoads;

export const committedLoadNames = Object.keys(committedLoads) as readonly CommittedLoad[];

/** What the targets and the accounts by process speak of. */
export const MAIN_LOAD: CommittedLoad = 'put, 100000 keys';
