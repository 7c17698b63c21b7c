// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { errorText } from '../wire/errorText.js';
import { parseGoDuration } from './duration.js';

/** A value as YAML gives it. */
type SettingValue = string | number | boolean | null | readonly SettingValue[] | SettingTree;
interface SettingTree {
    readonly [key: string]: SettingValue;
}

interface SettingsSource {
    /** `core` reads core.yaml, `orderer` reads orderer.yaml. */
    readonly name: 'core' | 'orderer';
    /** `CORE_PEER_ADDRESS` overrides `peer.address`. */
    readonly prefix: 'CORE' | 'ORDERER';
    readonly env: NodeJS.ProcessEnv;
    /** Used for keys that neither the file nor the environment sets; keys are paths such as `peer.address`. */
    readonly defaults?: Readonly<Record<string, SettingValue>>;
}

/** A configuration file that is missing or not YAML, or a value of the wrong kind. */
export class SettingsError extends Error {
    override readonly name = 'SettingsError';
}

/**
 * The configuration of a node as Fabric's viper reads it: `core.yaml` or `orderer.yaml` in FABRIC_CFG_PATH, each key
 * overridden by an environment variable. Keys are case-insensitive; empty environment variables are ignored; unknown
 * keys are allowed, because configuration files written for Fabric set many that do not concern the engine.
 */
export class Settings {
    /** Folder of the file: relative paths in it start here. */
    readonly directory: string;
    readonly #prefix: string;
    readonly #env: NodeJS.ProcessEnv;
    readonly #values: ReadonlyMap<string, SettingValue>;
    readonly #defaults: ReadonlyMap<string, SettingValue>;

    private constructor(source: SettingsSource, directory: string, tree: SettingTree) {
        this.directory = directory;
        this.#prefix = source.prefix;
        this.#env = source.env;
        this.#values = flatten(tree);
        this.#defaults = flatten(source.defaults ?? {});
    }

    /** Finds and reads the file. Throws SettingsError when there is none or it is not a YAML mapping. */
    static load(source: SettingsSource): Settings {
        const file = findFile(source.name, source.env);
        const tree = parseFile(file);
        return new Settings(source, dirname(file), tree);
    }

    /** The environment's value, else the file's, else the default, else undefined. */
    raw(key: string): SettingValue | undefined {
        const fromEnvironment = this.#env[`${this.#prefix}_${key.replaceAll('.', '_').toUpperCase()}`];
        if (fromEnvironment !== undefined && fromEnvironment !== '') {
            return fromEnvironment;
        }
        const name = key.toLowerCase();
        return this.#values.get(name) ?? this.#defaults.get(name);
    }

    /** The value as text, empty when unset. */
    string(key: string): string {
        const value = this.raw(key);
        if (value === undefined || value === null) {
            return '';
        }
        if (typeof value === 'object') {
            throw new SettingsError(`setting ${key} must be a single value`);
        }
        return String(value);
    }

    /** The value as a finite number; zero when unset. */
    number(key: string): number {
        const text = this.string(key);
        const value = Number(text);
        if (!Number.isFinite(value)) {
            throw new SettingsError(`setting ${key} must be a number, not '${text}'`);
        }
        return value;
    }

    /** The value as Go's strconv.ParseBool reads it; false when unset. */
    boolean(key: string): boolean {
        const text = this.string(key);
        if (/^(1|t|true)$/i.test(text)) {
            return true;
        }
        if (text === '' || /^(0|f|false)$/i.test(text)) {
            return false;
        }
        throw new SettingsError(`setting ${key} must be true or false, not '${text}'`);
    }

    /** A Go duration in milliseconds; zero when unset. A bare number counts nanoseconds, as in Go. */
    durationMs(key: string): number {
        const text = this.string(key);
        const value = text === '' ? 0 : (parseGoDuration(text) ?? Number(text) / 1e6);
        if (!Number.isFinite(value)) {
            throw new SettingsError(`setting ${key} must be a duration such as 30s, not '${text}'`);
        }
        return value;
    }

    /** A size such as `10 MB`, `512kb` or `1024`, in bytes (multiples of 1024, common/viperutil). */
    bytes(key: string): number {
        const text = this.string(key);
        const match = /^(\d+)\s*(?:([kmg])b?|b)?$/i.exec(text.trim());
        if (match === null) {
            throw new SettingsError(`setting ${key} must be a size such as 10 MB, not '${text}'`);
        }
        const scale = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[(match[2] ?? '').toLowerCase()] ?? 1;
        return Number(match[1]) * scale;
    }

    /** A list. In the environment the peer separates by whitespace, the orderer writes `[a,b]`. */
    list(key: string): readonly string[] {
        const value = this.raw(key);
        if (Array.isArray(value)) {
            return value.map(String);
        }
        const text = this.string(key).trim();
        const bracketed = /^\[(.*)\]$/s.exec(text)?.[1];
        return bracketed === undefined
            ? text.split(/\s+/).filter((item) => item !== '')
            : bracketed.split(',').flatMap((item) => (item.trim() === '' ? [] : [item.trim()]));
    }

    /** A file or folder; a relative one starts at the configuration file's folder. Empty when unset. */
    path(key: string): string {
        const value = this.string(key);
        return value === '' || isAbsolute(value) ? value : join(this.directory, value);
    }

    /** As `list`, each entry a path. */
    paths(key: string): readonly string[] {
        return this.list(key).map((value) => (isAbsolute(value) ? value : join(this.directory, value)));
    }
}

function findFile(name: string, env: NodeJS.ProcessEnv): string {
    const configured = env.FABRIC_CFG_PATH;
    const folders = configured === undefined || configured === '' ? ['.', '/etc/hyperledger/fabric'] : [configured];
    for (const folder of folders) {
        const file = resolve(folder, `${name}.yaml`);
        if (existsSync(file)) {
            return file;
        }
    }
    throw new SettingsError(
        `Config File "${name}" Not Found in "[${folders.map((folder) => resolve(folder)).join(' ')}]"`,
    );
}

function parseFile(file: string): SettingTree {
    let tree: unknown;
    try {
        tree = parse(readFileSync(file, 'utf8'), { merge: true }) ?? {};
    } catch (error) {
        throw new SettingsError(`error reading ${file}: ${errorText(error)}`);
    }
    if (typeof tree !== 'object' || Array.isArray(tree)) {
        throw new SettingsError(`error reading ${file}: it must be a mapping`);
    }
    return tree as SettingTree;
}

function flatten(tree: SettingTree): Map<string, SettingValue> {
    const flat = new Map<string, SettingValue>();
    const visit = (path: string, value: SettingValue): void => {
        flat.set(path, value);
        if (isTree(value)) {
            for (const [key, child] of Object.entries(value)) {
                visit(`${path}.${key.toLowerCase()}`, child);
            }
        }
    };
    for (const [key, value] of Object.entries(tree)) {
        visit(key.toLowerCase(), value);
    }
    return flat;
}

function isTree(value: SettingValue): value is SettingTree {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
