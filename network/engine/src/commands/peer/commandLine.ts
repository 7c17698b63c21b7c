// SPDX-License-Identifier: Apache-2.0
import { parseGoDuration } from '../../process/duration.js';
import { type Flag, FlagError, flagUsages, parseFlags, type ParsedFlags } from '../flags.js';
import { errorText } from '../../wire/errorText.js';
import { LoggedFailure, UsageError } from './failure.js';

export { LoggedFailure, UsageError };

/** A verb of the command line, or a group of verbs, as Go's cobra package knows them. */
export interface Command {
    readonly name: string;
    /** What follows the name in the usage line, before `[flags]`. */
    readonly operands?: string;
    readonly summary: string;
    readonly description?: string;
    readonly flags?: readonly Flag[];
    /** Flags of this command and of all below it. */
    readonly persistentFlags?: readonly Flag[];
    readonly commands?: readonly Command[];
    readonly run?: (invocation: Invocation) => Promise<void>;
}

/** One call of a verb: its flags and operands. */
export class Invocation {
    readonly command: string;
    readonly operands: readonly string[];
    readonly env: NodeJS.ProcessEnv;
    readonly #flags: readonly Flag[];
    readonly #parsed: ParsedFlags;

    constructor(command: string, flags: readonly Flag[], parsed: ParsedFlags, env: NodeJS.ProcessEnv) {
        this.command = command;
        this.operands = parsed.positionals;
        this.env = env;
        this.#flags = flags;
        this.#parsed = parsed;
    }

    text(name: string): string {
        return this.#parsed.values.get(name) ?? this.#flags.find((flag) => flag.name === name)?.fallback ?? '';
    }

    boolean(name: string): boolean {
        return this.text(name) === 'true';
    }

    integer(name: string): number {
        return Number(this.text(name) || '0');
    }

    durationMs(name: string): number {
        return parseGoDuration(this.text(name)) ?? 0;
    }

    /** undefined when the flag was not given. */
    list(name: string): readonly string[] | undefined {
        return this.#parsed.lists.get(name);
    }
}

/** Runs the verb that the arguments name, with cobra's errors and help. Resolves to the exit code. */
export async function executeCommand(root: Command, argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
    const { path, rest } = findCommand(root, argv);
    const command = path.at(-1) ?? root;
    const names = path.map(({ name }) => name).join(' ');
    const [unknown] = rest;
    if (path.length === 1 && unknown !== undefined && !unknown.startsWith('-')) {
        process.stderr.write(`Error: unknown command "${unknown}" for "${names}"\nRun '${names} --help' for usage.\n`);
        return 1;
    }
    try {
        const flags = flagsOf(path);
        const parsed = parseFlags(flags, rest);
        if (command.run === undefined || parsed.values.get('help') === 'true') {
            process.stdout.write(`${command.description ?? command.summary}\n\n${usageText(path)}`.trimStart());
            return 0;
        }
        await command.run(new Invocation(command.name, flags, parsed, env));
        return 0;
    } catch (error) {
        report(error, path);
        return 1;
    }
}

function report(error: unknown, path: readonly Command[]): void {
    if (error instanceof LoggedFailure) {
        return;
    }
    process.stderr.write(`Error: ${errorText(error)}\n`);
    if (error instanceof UsageError || error instanceof FlagError) {
        process.stderr.write(`${usageText(path)}\n`);
    }
}

/** The command that the first operands name; flags may stand before them. */
function findCommand(root: Command, argv: readonly string[]): { path: readonly Command[]; rest: readonly string[] } {
    const path = [root];
    let rest = argv;
    for (;;) {
        const at = firstOperand(rest, flagsOf(path));
        const next = path.at(-1)?.commands?.find(({ name }) => name === rest[at]);
        if (next === undefined) {
            return { path, rest };
        }
        path.push(next);
        rest = rest.toSpliced(at, 1);
    }
}

function firstOperand(argv: readonly string[], flags: readonly Flag[]): number {
    let at = 0;
    for (let text = argv[at]; text?.startsWith('-') === true; text = argv[at]) {
        const flag = flags.find(({ name, short }) => text === `--${name}` || text === `-${short ?? ''}`);
        at += flag === undefined || flag.kind === 'boolean' ? 1 : 2;
    }
    return at;
}

function flagsOf(path: readonly Command[]): readonly Flag[] {
    return [...ownFlags(path), ...inheritedFlags(path)];
}

function ownFlags(path: readonly Command[]): readonly Flag[] {
    const command = path.at(-1);
    const help: Flag = { name: 'help', short: 'h', kind: 'boolean', help: `help for ${command?.name ?? ''}` };
    return [...(command?.flags ?? []), ...(command?.persistentFlags ?? []), help];
}

function inheritedFlags(path: readonly Command[]): readonly Flag[] {
    return path.slice(0, -1).flatMap(({ persistentFlags }) => persistentFlags ?? []);
}

/** cobra's usage template. */
function usageText(path: readonly Command[]): string {
    const names = path.map(({ name }) => name).join(' ');
    const command = path.at(-1);
    const commands = [...(command?.commands ?? [])].sort((left, right) => (left.name < right.name ? -1 : 1));
    const width = Math.max(11, ...commands.map(({ name }) => name.length));
    const operands = command?.operands === undefined ? '' : ` ${command.operands}`;
    const sections = [
        `Usage:\n${command?.run === undefined ? '' : `  ${names}${operands} [flags]\n`}`.concat(
            commands.length === 0 ? '' : `  ${names} [command]\n`,
        ),
        ...(commands.length === 0
            ? []
            : [
                  `Available Commands:\n${commands.map((entry) => `  ${entry.name.padEnd(width)} ${entry.summary}\n`).join('')}`,
              ]),
        `Flags:\n${flagUsages(ownFlags(path))}`,
        ...(inheritedFlags(path).length === 0 ? [] : [`Global Flags:\n${flagUsages(inheritedFlags(path))}`]),
        ...(commands.length === 0 ? [] : [`Use "${names} [command] --help" for more information about a command.\n`]),
    ];
    return sections.join('\n');
}
