// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { parse as parseYaml, stringify } from 'yaml';
import { Failure } from '../application/failure.js';
import { loadNetworkFile, type NetworkFile } from './networkFile.js';

/** Who asks, and whom: an identity, a peer of its organisation, and the names of channel and chaincode. */
export interface Context {
    readonly name: string;
    readonly mspId: string;
    readonly mspDir: string;
    readonly peerAddress: string;
    readonly tlsCaFile: string;
    readonly serverName?: string;
    readonly channel: string;
    readonly chaincode: string;
    /** MSP ids asked for endorsements in parallel. */
    readonly endorsingOrganizations: readonly string[];
}

export interface ContextFile {
    readonly file: string;
    readonly current: string | undefined;
    readonly contexts: readonly Context[];
}

/** The file of contexts: what POWER_CONFIG names, or the one in the network's folder, where test-network.sh was told to keep it. */
export function contextFileOf(variables: Readonly<Record<string, string | undefined>>): string {
    // A variable that is set to nothing counts as not set.
    const set = (name: string): string | undefined => (variables[name] === '' ? undefined : variables[name]);
    return resolve(set('POWER_CONFIG') ?? join(set('POWER_NETWORK_DIR') ?? '.network', 'power.yaml'));
}

/**
 * Reads the contexts. A network started by `test-network.sh` needs no file: its `network.json` beside it gives one
 * context per user, named `ORG` for the client and `ORG-USER` for the others.
 *
 * @throws Failure CONFIG_INVALID
 */
export function loadContexts(file: string): ContextFile {
    const derived = existsSync(join(dirname(file), 'network.json')) ? contextsOf(loadNetworkFile(dirname(file))) : [];
    if (!existsSync(file)) {
        return { file, current: derived[0]?.name, contexts: derived };
    }
    const { current, contexts } = parseContextFile(readFileSync(file, 'utf8'), file);
    const own = new Set(contexts.map(({ name }) => name));
    return {
        file,
        current: current ?? derived[0]?.name,
        contexts: [...contexts, ...derived.filter(({ name }) => !own.has(name))],
    };
}

/** @throws Failure CONTEXT_UNKNOWN */
export function contextNamed({ contexts, current }: ContextFile, name: string | undefined): Context {
    const wanted = name ?? current;
    const context = contexts.find((one) => one.name === wanted);
    if (context === undefined) {
        throw new Failure('CONTEXT_UNKNOWN', {
            context: wanted ?? 'none chosen',
            known: contexts.map((one) => one.name).join(' ') || 'none',
        });
    }
    return context;
}

/** Writes the file with its contexts and the one in use. It holds paths, no secrets. */
export function saveContexts({ file, current, contexts }: ContextFile): void {
    const entries = contexts.map(({ name, ...rest }) => [name, rest] as const);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, stringify({ current, contexts: Object.fromEntries(entries) }));
}

/** Two members endorse: the own organisation if it does, and the next one that does. */
function contextsOf({ organisations, channel, chaincode }: NetworkFile): readonly Context[] {
    const endorsers = organisations.filter(({ endorses }) => endorses).map(({ mspId }) => mspId);
    return organisations.flatMap(({ name, mspId, peer, users }) =>
        clientFirst(Object.entries(users)).map(([user, { mspDir }]) => ({
            name: user === 'client' ? name : `${name}-${user}`,
            mspId,
            mspDir,
            peerAddress: peer.address,
            tlsCaFile: peer.tlsCaFile,
            serverName: peer.serverName,
            channel,
            chaincode,
            endorsingOrganizations: pairFrom(endorsers, endorsers.indexOf(mspId)),
        })),
    );
}

/** The first context is the one in use when nobody chose. */
function clientFirst<T>(users: readonly (readonly [string, T])[]): readonly (readonly [string, T])[] {
    return [...users].sort(([a], [b]) => Number(b === 'client') - Number(a === 'client'));
}

const ENDORSEMENTS = 2;

/** @returns as many of the list as endorsements are needed, beginning at an index and going round */
export function pairFrom(endorsers: readonly string[], start: number): readonly string[] {
    const from = Math.max(start, 0);
    return [...endorsers.slice(from), ...endorsers.slice(0, from)].slice(0, ENDORSEMENTS);
}

function parseContextFile(content: string, file: string): Pick<ContextFile, 'current' | 'contexts'> {
    let root: unknown;
    try {
        root = parseYaml(content);
    } catch (error) {
        throw new Failure('CONFIG_INVALID', { file, problem: 'it is no YAML' }, { cause: error });
    }
    const { current, contexts } = (root ?? {}) as { current?: unknown; contexts?: unknown };
    const entries = Object.entries((contexts ?? {}) as Record<string, unknown>);
    return {
        current: typeof current === 'string' ? current : undefined,
        contexts: entries.map(([name, value]) => parseContext(name, value, file)),
    };
}

function parseContext(name: string, value: unknown, file: string): Context {
    const fields = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
    const text = (field: string): string => {
        const content = fields[field];
        if (typeof content !== 'string' || content === '') {
            throw new Failure('CONFIG_INVALID', { file, problem: `context ${name} has no ${field}` });
        }
        return content;
    };
    const path = (field: string): string => (isAbsolute(text(field)) ? text(field) : join(dirname(file), text(field)));
    const organizations = fields.endorsingOrganizations;
    return {
        name,
        mspId: text('mspId'),
        mspDir: path('mspDir'),
        peerAddress: text('peerAddress'),
        tlsCaFile: path('tlsCaFile'),
        channel: text('channel'),
        chaincode: text('chaincode'),
        endorsingOrganizations: Array.isArray(organizations) ? organizations.map(String) : [],
        ...(typeof fields.serverName === 'string' ? { serverName: fields.serverName } : {}),
    };
}
