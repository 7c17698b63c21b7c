// SPDX-License-Identifier: Apache-2.0
import { parse } from 'yaml';
import { booleanText } from '../registry/attributes.js';
import { settingTable } from './settingTable.js';

/** What the command line set: the last value of each flag, and all values of the flags that are lists. */
interface GivenFlags {
    readonly values: ReadonlyMap<string, string>;
    readonly lists: ReadonlyMap<string, readonly string[]>;
}

type Tree = ReadonlyMap<unknown, unknown>;

/** The value of each setting by Fabric CA's precedence: flag, environment variable, configuration file, default. */
export class SettingSources {
    readonly #flags: GivenFlags;
    readonly #env: NodeJS.ProcessEnv;
    readonly #file: Tree;

    constructor(flags: GivenFlags, env: NodeJS.ProcessEnv, configuration: string) {
        this.#flags = flags;
        this.#env = env;
        const file: unknown = parse(configuration, { mapAsMap: true });
        this.#file = file instanceof Map ? file : new Map();
    }

    string(name: string): string {
        return this.#list(name).join(',');
    }

    /** @throws Error when the text is none of Go's booleans. */
    boolean(name: string): boolean {
        const value = booleanText(this.string(name));
        if (value === undefined) throw new Error(`'${name}' must be true or false, not '${this.string(name)}'`);
        return value;
    }

    /** @throws Error when the text is no whole number. */
    integer(name: string): number {
        const value = Number(this.string(name));
        if (!Number.isSafeInteger(value)) throw new Error(`'${name}' must be an integer, not '${this.string(name)}'`);
        return value;
    }

    list(name: string): readonly string[] {
        return this.#list(name).filter((entry) => entry !== '');
    }

    /** A part of the configuration file that has no flag, such as `affiliations`. */
    section(name: string): unknown {
        return child(this.#file, name.split('.'));
    }

    #list(name: string): readonly string[] {
        const flag = this.#flags.lists.get(name) ?? this.#flags.values.get(name);
        if (flag !== undefined) return [flag].flat();
        const variable = this.#env[`FABRIC_CA_SERVER_${name.replaceAll('.', '_').toUpperCase()}`];
        if (variable !== undefined && variable !== '') return variable.split(',');
        const value = child(this.#file, name.split('.'));
        if (value !== undefined && value !== null && value !== '') return [value].flat().map(String);
        return (settingTable.find((setting) => setting.name === name)?.fallback ?? '').split(',');
    }
}

/** Names in the file match without regard to case, as viper's do. */
export const child = (tree: unknown, [first, ...rest]: readonly string[]): unknown => {
    if (first === undefined) return tree;
    if (!(tree instanceof Map)) return undefined;
    for (const [key, value] of tree as Tree) {
        if (String(key).toLowerCase() === first.toLowerCase()) return child(value, rest);
    }
    return undefined;
};
