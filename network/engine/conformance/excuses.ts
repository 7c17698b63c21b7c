// SPDX-License-Identifier: Apache-2.0
import type { Difference } from './checks.js';
import table from './excuses.json';

/** A difference that is known and explained. */
export interface Excuse {
    readonly area: string;
    /** Labels of the recordings, each in full or with one `*` for any text. */
    readonly labels: readonly string[];
    /** The difference in a few words. */
    readonly difference: string;
    readonly reason: string;
}

export const excuses: readonly Excuse[] = table;

/** The excuse that covers a difference, if there is one. */
export function excuseFor(area: string, { place }: Difference): Excuse | undefined {
    return excuses.find((excuse) => excuse.area === area && excuse.labels.some((label) => matches(label, place.label)));
}

function matches(pattern: string, label: string): boolean {
    const [start = '', end] = pattern.split('*');
    if (end === undefined) return pattern === label;
    return label.length >= start.length + end.length && label.startsWith(start) && label.endsWith(end);
}
