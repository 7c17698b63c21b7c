// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkOptions } from './network.mts';

const verbs = [
    ...['prereq', 'up', 'createChannel', 'deployCC', 'deployCCAAS', 'demo', 'status', 'logs', 'env', 'cc'],
    ...['restart', 'stop', 'start', 'checkpoint', 'fault', 'down'],
] as const;
export type Verb = (typeof verbs)[number];

interface Options extends NetworkOptions {
    readonly version: string;
    readonly sequence: number | undefined;
    readonly organisation: string;
    readonly user: string;
    readonly verbose: boolean;
    readonly follow: boolean;
    readonly json: boolean;
    readonly constructorJson: string | undefined;
}

export interface CommandLine {
    readonly verbs: readonly Verb[];
    /** Words after the verb that are no flags: a process name, an organisation, `invoke` or `query`. */
    readonly words: readonly string[];
    readonly options: Options;
    /** `demo` hands what it does not know itself to the demonstration. */
    readonly demoArguments: readonly string[];
}

export class UsageError extends Error {}

/** What `-h` prints; a file of its own, so that the shell script can print it before anything is installed. */
export const help = readFileSync(join(import.meta.dirname, 'help.txt'), 'utf8');

interface MutableOptions {
    engine: string;
    orderers: number | undefined;
    bft: boolean;
    faults: boolean;
    channel: string | undefined;
    chaincode: string | undefined;
    version: string;
    sequence: number | undefined;
    organisation: string;
    user: string;
    verbose: boolean;
    follow: boolean;
    json: boolean;
    constructorJson: string | undefined;
}

const settersWithValue: Readonly<Record<string, (options: MutableOptions, value: string) => void>> = {
    engine: (options, value) => (options.engine = oneOf('-engine', value, ['auto', 'embedded', 'fabric'])),
    orderers: (options, value) => (options.orderers = positive('-orderers', value)),
    c: (options, value) => (options.channel = value),
    ccn: (options, value) => (options.chaincode = value),
    ccv: (options, value) => (options.version = value),
    ccs: (options, value) => (options.sequence = positive('-ccs', value)),
    org: (options, value) => (options.organisation = value),
    user: (options, value) => (options.user = value),
    args: (options, value) => (options.constructorJson = value),
    o: (options, value) => (options.json = oneOf('-o', value, ['json', 'table']) === 'json'),
};
const switches: Readonly<Record<string, (options: MutableOptions) => void>> = {
    bft: (options) => (options.bft = true),
    faults: (options) => (options.faults = true),
    verbose: (options) => (options.verbose = true),
    f: (options) => (options.follow = true),
};
const demoFlags = new Set(['load', 'day', 'report']);

/** @throws UsageError for an unknown verb or flag, or a flag without its value. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
    const options: MutableOptions = {
        ...{ engine: 'auto', orderers: undefined, bft: false, faults: false, channel: undefined, chaincode: undefined },
        ...{ version: '1.0', sequence: undefined, organisation: 'authority', user: 'client' },
        ...{ verbose: false, follow: false, json: false, constructorJson: undefined },
    };
    const named: Verb[] = [];
    const words: string[] = [];
    const demoArguments: string[] = [];
    const rest = [...argv];
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
        // A negative duration is a value, no flag.
        if (!word.startsWith('-') || /^-\d/.test(word)) {
            if (isVerb(word) && words.length === 0) named.push(word);
            else words.push(word);
            continue;
        }
        const flag = word.replace(/^--?/, '');
        if (demoFlags.has(flag) && named.includes('demo')) {
            demoArguments.push(`--${flag}`, ...takeDemoValues(rest, word));
        } else if (switches[flag]) {
            switches[flag](options);
        } else if (settersWithValue[flag]) {
            settersWithValue[flag](options, takeValue(rest, word));
        } else {
            throw new UsageError(`Unknown flag: ${word}`);
        }
    }
    if (named.length === 0)
        throw new UsageError(words[0] === undefined ? 'No verb given.' : `Unknown verb: ${words[0]}`);
    return { verbs: named, words, options, demoArguments };
}

function isVerb(word: string): word is Verb {
    return (verbs as readonly string[]).includes(word);
}

function takeValue(rest: string[], flag: string): string {
    const value = rest.shift();
    if (value === undefined || value === '') throw new UsageError(`${flag} needs a value.`);
    return value;
}

/** `--load` takes every file up to the next flag. */
function takeDemoValues(rest: string[], flag: string): string[] {
    const values = [takeValue(rest, flag)];
    while (flag.endsWith('load') && rest[0] !== undefined && !rest[0].startsWith('-')) values.push(rest.shift() ?? '');
    return values;
}

function oneOf(flag: string, value: string, allowed: readonly string[]): string {
    if (!allowed.includes(value)) throw new UsageError(`${flag} takes ${allowed.join(', ')}; not "${value}".`);
    return value;
}

function positive(flag: string, value: string): number {
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new UsageError(`${flag} takes a whole number from 1; not "${value}".`);
    return Number(value);
}
