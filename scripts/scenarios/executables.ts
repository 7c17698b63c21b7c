// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Finished, TestNetwork } from './testNetwork';

/** One engine's executables and the folder of its core.yaml. */
interface Executables {
    readonly binDir: string;
    readonly configDir: string;
}

const engineChoice = resolve(__dirname, '../network/engineChoice.mts');

/** The executables of an engine, found as `test-network.sh` finds them. */
export function executablesOf(engine: 'embedded' | 'fabric'): Executables {
    const ask = `import { chooseEngine } from ${JSON.stringify(engineChoice)};
        process.stdout.write(JSON.stringify(chooseEngine(${JSON.stringify(engine)})));`;
    const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', ask];
    const { stdout, stderr } = spawnSync(process.execPath, flags, {
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '' },
    });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as Executables;
}

/** Runs an engine's command as the administrator of an organisation, or as `overrides` say, towards that organisation's peer. */
export function runAs(
    network: TestNetwork,
    organisation: string,
    { binDir, configDir }: Executables,
    command: readonly string[],
    overrides: Readonly<Record<string, string>> = {},
): Finished {
    const [name = '', ...args] = command;
    const settings = settingsOf(network, organisation);
    const env = {
        ...network.environment,
        ...settings,
        FABRIC_CFG_PATH: configDir,
        FABRIC_LOGGING_SPEC: 'error',
        ...overrides,
    };
    const options = { env, cwd: network.dir, encoding: 'utf8', timeout: 60_000 } as const;
    const { status, stdout, stderr } = spawnSync(join(binDir, name), args, options);
    return { status, stdout, stderr };
}

const knownSettings = new WeakMap<TestNetwork, Map<string, Readonly<Record<string, string>>>>();

/** What \`test-network.sh env\` sets for an organisation; it stays the same for as long as the network runs. */
export function settingsOf(network: TestNetwork, organisation: string): Readonly<Record<string, string>> {
    const known = knownSettings.get(network) ?? new Map<string, Readonly<Record<string, string>>>();
    knownSettings.set(network, known);
    let settings = known.get(organisation);
    if (settings === undefined) {
        const exports = network.succeed('env', organisation).matchAll(/^export (\w+)='(.*)'$/gm);
        settings = Object.fromEntries(Array.from(exports, ([, key, value]) => [key ?? '', value ?? '']));
        known.set(organisation, settings);
    }
    return settings;
}

interface ProcessRecord {
    readonly spec: { readonly command: readonly string[]; readonly environment: Readonly<Record<string, string>> };
}

/**
 * Another engine's peer takes the place of an organisation's: same identity, address and settings, a ledger of its own,
 * which begins with the channel's genesis block.
 */
export function replacePeer(network: TestNetwork, organisation: string, executables: Executables): void {
    const name = `${organisation}-peer`;
    network.succeed('stop', name);
    const file = join(network.networkDir, 'processes', `${name}.json`);
    const record = JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord;
    const { command, environment } = record.spec;
    const data = join(network.networkDir, 'data', `${name}-replaced`);
    const spec = {
        ...record.spec,
        command: [join(executables.binDir, 'peer'), ...command.slice(1)],
        environment: {
            ...environment,
            FABRIC_CFG_PATH: executables.configDir,
            CORE_PEER_FILESYSTEMPATH: data,
            CORE_LEDGER_SNAPSHOTS_ROOTDIR: join(data, 'snapshots'),
            // What a peer approved before is private to it. A new one asks others, in vain, and then goes on.
            CORE_PEER_GOSSIP_PVTDATA_PULLRETRYTHRESHOLD: '1s',
        },
    };
    writeFileSync(file, JSON.stringify({ ...record, spec }));
    network.succeed('start', name);
    const genesisBlock = join(network.networkDir, 'power.genesis.block');
    const joined = runAs(network, organisation, executables, ['peer', 'channel', 'join', '-b', genesisBlock]);
    if (joined.status !== 0) throw new Error(joined.stderr);
}
