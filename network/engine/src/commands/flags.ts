// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from 'node:util';
import { parseGoDuration } from '../process/duration.js';

/** `list` splits at commas (pflag's stringSlice), `array` does not. */
type FlagKind = 'string' | 'boolean' | 'integer' | 'unsigned' | 'duration' | 'list' | 'array';

/** A command-line flag as Go's pflag package knows it. */
export interface Flag {
    readonly name: string;
    readonly short?: string;
    readonly kind: FlagKind;
    readonly help: string;
    /** The value when the flag is not given, as text; absent for pflag's zero value. */
    readonly fallback?: string;
}

/** The last value given for each flag; a list flag collects all of them. */
export interface ParsedFlags {
    readonly values: ReadonlyMap<string, string>;
    readonly lists: ReadonlyMap<string, readonly string[]>;
    readonly positionals: readonly string[];
}

/** A command line that pflag refuses, with pflag's text. */
export class FlagError extends Error {
    constructor(message: string) {
        super(message);
        this.name = 'FlagError';
    }
}

/** Parses a command line as pflag does. @throws FlagError for unknown flags, missing and malformed values. */
export const parseFlags = (flags: readonly Flag[], argv: readonly string[]): ParsedFlags => {
    const { tokens } = parseArgs({
        args: [...argv],
        options: Object.fromEntries(flags.map((flag) => [flag.name, parserOption(flag)])),
        allowPositionals: true,
        strict: false,
        tokens: true,
    });
    const values = new Map<string, string>();
    const lists = new Map<string, readonly string[]>();
    const positionals: string[] = [];
    for (const token of tokens) {
        if (token.kind === 'positional') positionals.push(token.value);
        if (token.kind !== 'option') continue;
        const flag = flags.find(({ name }) => name === token.name);
        if (flag === undefined) throw unknownFlag(token.rawName);
        const value = checkedValue(flag, token.rawName, token.value);
        if (flag.kind === 'list' || flag.kind === 'array') {
            const entries = flag.kind === 'list' ? value.split(',') : [value];
            lists.set(flag.name, [...(lists.get(flag.name) ?? []), ...entries]);
        } else {
            values.set(flag.name, value);
        }
    }
    return { values, lists, positionals };
};

/** The flags as pflag lists them in a help text, one a line. */
export const flagUsages = (flags: readonly Flag[]): string => {
    const shown = [...flags]
        .sort((left, right) => (left.name < right.name ? -1 : 1))
        .map((flag) => {
            const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
            return { left: `  ${short}--${flag.name}${typeNames[flag.kind]}`, help: flag.help + defaultNote(flag) };
        });
    const width = Math.max(0, ...shown.map(({ left }) => left.length));
    return shown.map(({ left, help }) => `${left.padEnd(width)}   ${help}\n`).join('');
};

const typeNames: Readonly<Record<FlagKind, string>> = {
    string: ' string',
    boolean: '',
    integer: ' int',
    unsigned: ' uint',
    duration: ' duration',
    list: ' strings',
    array: ' stringArray',
};

const defaultNote = ({ kind, fallback }: Flag): string => {
    if (fallback === undefined || ['', 'false', '0'].includes(fallback)) return '';
    return kind === 'string' ? ` (default "${fallback}")` : ` (default ${fallback})`;
};

const parserOption = (flag: Flag): { type: 'string' | 'boolean'; short?: string } => ({
    type: flag.kind === 'boolean' ? 'boolean' : 'string',
    ...(flag.short === undefined ? {} : { short: flag.short }),
});

const unknownFlag = (rawName: string): FlagError =>
    rawName.startsWith('--')
        ? new FlagError(`unknown flag: ${rawName}`)
        : new FlagError(`unknown shorthand flag: '${rawName.slice(1)}' in ${rawName}`);

const checkedValue = (flag: Flag, rawName: string, value: string | undefined): string => {
    if (flag.kind === 'boolean') {
        const text = value ?? 'true';
        if (!['true', 'false', '1', '0', 't', 'f', 'T', 'F', 'TRUE', 'FALSE', 'True', 'False'].includes(text)) {
            throw invalidArgument(flag, text, `strconv.ParseBool: parsing "${text}": invalid syntax`);
        }
        return ['true', '1', 't', 'T', 'TRUE', 'True'].includes(text) ? 'true' : 'false';
    }
    if (value === undefined) {
        throw new FlagError(
            rawName.startsWith('--')
                ? `flag needs an argument: ${rawName}`
                : `flag needs an argument: '${rawName.slice(1)}' in ${rawName}`,
        );
    }
    const fault = syntaxFault(flag.kind, value);
    if (fault !== undefined) throw invalidArgument(flag, value, fault);
    return value;
};

const syntaxFault = (kind: FlagKind, value: string): string | undefined => {
    if (kind === 'duration' && parseGoDuration(value) === undefined) {
        const cause = /^\d+$/.test(value) ? 'missing unit in' : 'invalid';
        return `time: ${cause} duration "${value}"`;
    }
    const parser = { integer: 'ParseInt', unsigned: 'ParseUint' };
    const isWrong = (kind === 'integer' && !/^[+-]?\d+$/.test(value)) || (kind === 'unsigned' && !/^\d+$/.test(value));
    return isWrong ? `strconv.${parser[kind]}: parsing "${value}": invalid syntax` : undefined;
};

const invalidArgument = (flag: Flag, value: string, cause: string): FlagError => {
    const name = flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`;
    return new FlagError(`invalid argument "${value}" for "${name}" flag: ${cause}`);
};
