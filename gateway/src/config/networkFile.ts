// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { Failure } from '../application/failure.js';

/** `network.json`, which the network's scripts write beside `organizations/`: who is in it and where they listen. */
export interface NetworkFile {
    readonly engine: string;
    readonly version: string;
    readonly channel: string;
    readonly chaincode: string;
    readonly consensus: string;
    readonly orderers: readonly NetworkOrderer[];
    readonly organisations: readonly NetworkOrganisation[];
}

interface NetworkOrderer {
    readonly name: string;
    /** host:port */
    readonly address: string;
}

export interface NetworkOrganisation {
    readonly name: string;
    readonly mspId: string;
    /** Attester role (ops, risk, data), or `regulator`. */
    readonly role: string;
    readonly peer: NetworkPeer;
    readonly ca: { readonly url: string; readonly name: string; readonly tlsCaFile: string };
    /** By user name, `admin` and `client` at least. */
    readonly users: Readonly<Record<string, { readonly mspDir: string }>>;
    /** Whether the chaincode's endorsement policy counts it. */
    readonly endorses: boolean;
}

interface NetworkPeer {
    readonly name: string;
    readonly address: string;
    readonly tlsCaFile: string;
    readonly serverName: string;
    /** host:port of the operations endpoint. */
    readonly operations: string;
}

/**
 * Reads `network.json` of a network's folder. Paths in it may be relative to the folder; they come back joined to it.
 *
 * @throws Failure FILE_NOT_FOUND, CONFIG_INVALID
 */
export function loadNetworkFile(networkDir: string): NetworkFile {
    const file = join(networkDir, 'network.json');
    const content = parse(file);
    const root = fields(content, file, '');
    const at = (path: string): string => (isAbsolute(path) ? path : join(networkDir, path));
    return {
        engine: textOf(root, 'engine', file),
        version: textOf(root, 'version', file),
        channel: textOf(root, 'channel', file),
        chaincode: textOf(root, 'chaincode', file),
        consensus: textOf(root, 'consensus', file),
        orderers: listOf(root, 'orderers', file).map((one) => {
            const orderer = fields(one, file, 'orderers');
            return { name: textOf(orderer, 'name', file), address: textOf(orderer, 'address', file) };
        }),
        organisations: listOf(root, 'organisations', file).map((one) => parseOrganisation(one, file, at)),
    };
}

type Fields = Readonly<Record<string, unknown>>;

function parseOrganisation(value: unknown, file: string, at: (path: string) => string): NetworkOrganisation {
    const organisation = fields(value, file, 'organisations');
    const peer = fields(organisation.peer, file, 'peer');
    const ca = fields(organisation.ca, file, 'ca');
    const users = Object.entries(fields(organisation.users, file, 'users'));
    return {
        name: textOf(organisation, 'name', file),
        mspId: textOf(organisation, 'mspId', file),
        role: textOf(organisation, 'role', file),
        peer: {
            name: textOf(peer, 'name', file),
            address: textOf(peer, 'address', file),
            tlsCaFile: at(textOf(peer, 'tlsCaFile', file)),
            serverName: textOf(peer, 'serverName', file),
            operations: textOf(peer, 'operations', file),
        },
        ca: {
            url: textOf(ca, 'url', file),
            name: textOf(ca, 'name', file),
            tlsCaFile: at(textOf(ca, 'tlsCaFile', file)),
        },
        users: Object.fromEntries(
            users.map(([name, user]) => [name, { mspDir: at(textOf(fields(user, file, name), 'mspDir', file)) }]),
        ),
        endorses: organisation.endorses === true,
    };
}

function parse(file: string): unknown {
    let content: string;
    try {
        content = readFileSync(file, 'utf8');
    } catch (error) {
        throw new Failure('FILE_NOT_FOUND', { file }, { cause: error });
    }
    try {
        return JSON.parse(content);
    } catch (error) {
        throw new Failure('CONFIG_INVALID', { file, problem: 'it is no JSON' }, { cause: error });
    }
}

function fields(value: unknown, file: string, name: string): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new Failure('CONFIG_INVALID', { file, problem: `${name === '' ? 'the file' : name} is no object` });
    }
    return value as Fields;
}

function textOf(parent: Fields, name: string, file: string): string {
    const value = parent[name];
    if (typeof value !== 'string' || value === '') {
        throw new Failure('CONFIG_INVALID', { file, problem: `${name} is missing` });
    }
    return value;
}

function listOf(parent: Fields, name: string, file: string): readonly unknown[] {
    const value = parent[name];
    if (!Array.isArray(value) || value.length === 0) {
        throw new Failure('CONFIG_INVALID', { file, problem: `${name} is no list, or empty` });
    }
    return value;
}
