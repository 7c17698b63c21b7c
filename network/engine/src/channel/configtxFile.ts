// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ConfigtxError } from './configtxError.js';
import { errorText } from '../wire/errorText.js';

/** A configtx.yaml as read: plain values, anchors and merge keys resolved, environment overrides applied. */
export interface ConfigtxFile {
    readonly path: string;
    /** The folder that relative paths in the file start from. */
    readonly dir: string;
    readonly content: unknown;
}

const envPrefix = 'CONFIGTX';

/**
 * Finds and reads the file: in `configPath` alone if given, else in $FABRIC_CFG_PATH, the working directory and
 * /etc/hyperledger/fabric (internal/configtxgen/genesisconfig, common/viperutil). Throws ConfigtxError.
 */
export function readConfigtxFile(configPath: string | undefined, env: NodeJS.ProcessEnv): ConfigtxFile {
    const dirs = configPath === undefined ? defaultDirs(env) : [configPath];
    const candidates = dirs.flatMap((dir) =>
        ['configtx.yaml', 'configtx.yml'].map((name) => ({ dir, path: join(dir, name) })),
    );
    const found = candidates.find(({ path }) => existsSync(path));
    if (found === undefined) {
        throw new ConfigtxError(
            `Error reading configuration: Config File "configtx" Not Found in "[${dirs.join(' ')}]"`,
            2,
        );
    }
    return { ...found, content: overridden(parseYaml(found.path), envPrefix, env) };
}

function defaultDirs(env: NodeJS.ProcessEnv): string[] {
    const fromEnvironment = env.FABRIC_CFG_PATH ?? '';
    return [...(fromEnvironment === '' ? [] : [fromEnvironment]), '.', '/etc/hyperledger/fabric'];
}

function parseYaml(path: string): unknown {
    try {
        return parse(readFileSync(path, 'utf8'), { merge: true, maxAliasCount: -1 }) as unknown;
    } catch (cause) {
        const reason = errorText(cause);
        throw new ConfigtxError(`Error reading configuration: yaml: construct errors: ${reason}`, 2, { cause });
    }
}

/** Replaces values that the environment names, e.g. CONFIGTX_PROFILES_ONE_ORDERER_BATCHTIMEOUT; list elements have no name. */
function overridden(value: unknown, name: string, env: NodeJS.ProcessEnv): unknown {
    if (isMap(value)) {
        return Object.fromEntries(
            Object.entries(value).map(([key, inner]) => [
                key,
                overridden(inner, `${name}_${key.toUpperCase().replaceAll('.', '_')}`, env),
            ]),
        );
    }
    const override = env[name] ?? '';
    return override === '' ? value : override;
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
