// SPDX-License-Identifier: Apache-2.0
import type { Place } from './checks.js';
import type { Line, Recordings } from './recordings.js';

/** A command line of Fabric's programs with what it printed. */
export interface RecordedCall {
    readonly id: string;
    /** Names an entry of cli-environments.json. */
    readonly env: string;
    readonly argv: readonly string[];
    readonly exit: number;
    readonly stdout: string;
    readonly stderr: string;
}

interface RecordedCalls {
    readonly all: readonly Line<RecordedCall>[];
    /** @throws Error when nothing is recorded under the label. */
    find(id: string): RecordedCall;
    place(id: string): Place;
}

const file = 'cli.jsonl';

/** The recorded command lines in order. */
export function recordedCalls(recordings: Recordings): RecordedCalls {
    const all = recordings.lines<RecordedCall>(file);
    const line = (id: string): Line<RecordedCall> => {
        const found = all.find(({ value }) => value.id === id);
        if (found === undefined) throw new Error(`nothing recorded as ${id}`);
        return found;
    };
    return { all, find: (id) => line(id).value, place: (id) => ({ file, line: line(id).line, label: id }) };
}
