// SPDX-License-Identifier: Apache-2.0
import type { Checks } from '../checks.js';
import type { Recordings } from '../recordings.js';

interface Labelled {
    readonly id?: string;
    readonly case?: string;
    readonly label?: string;
}

/** Counts every line of files that no area replays, so that the report does not hide them. */
export function notReplayed(...files: readonly string[]): (recordings: Recordings, checks: Checks) => Promise<void> {
    return (recordings, checks) => {
        for (const file of files) {
            for (const { line, value } of recordings.lines<Labelled>(file)) {
                checks.notReplayed({ file, line, label: value.id ?? value.case ?? value.label ?? file });
            }
        }
        return Promise.resolve();
    };
}
