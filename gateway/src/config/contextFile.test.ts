// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ContextFile, contextFileOf, contextNamed, loadContexts, pairFrom, saveContexts } from './contextFile.js';
import { loadNetworkFile } from './networkFile.js';

let folder: string;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'power-config-'));
});

afterEach(() => {
    rmSync(folder, { recursive: true });
});

const organisation = (name: string, mspId: string, endorses: boolean): object => ({
    name,
    mspId,
    role: endorses ? 'ops' : 'regulator',
    endorses,
    peer: {
        name: `${name}-peer`,
        address: 'localhost:7051',
        tlsCaFile: 'tls/ca.crt',
        serverName: 'localhost',
        operations: '127.0.0.1:1',
    },
    ca: { url: 'https://localhost:7054', name: 'ca', tlsCaFile: '/abs/ca.pem' },
    users: { admin: { mspDir: `${name}/admin/msp` }, client: { mspDir: `${name}/client/msp` } },
});
const network = {
    engine: 'embedded',
    version: '1',
    channel: 'power',
    chaincode: 'power-currency',
    consensus: 'etcdraft',
    orderers: [{ name: 'o', address: 'localhost:7050' }],
    organisations: [
        organisation('authority', 'AuthorityMSP', true),
        organisation('bank', 'BankMSP', true),
        organisation('regulator', 'RegulatorMSP', false),
    ],
};

function writeNetwork(change: object = {}): void {
    writeFileSync(join(folder, 'network.json'), JSON.stringify({ ...network, ...change }));
}

function load(): ContextFile {
    return loadContexts(join(folder, 'power.yaml'));
}

describe('contexts', () => {
    it.each([
        [{}, resolve('.network/power.yaml')],
        [{ POWER_NETWORK_DIR: '/net' }, '/net/power.yaml'],
        [{ POWER_CONFIG: '/mine.yaml', POWER_NETWORK_DIR: '/net' }, '/mine.yaml'],
        [{ POWER_CONFIG: '', POWER_NETWORK_DIR: '' }, resolve('.network/power.yaml')],
    ])('with %j in the environment are in %s', (variables, file) => {
        expect(contextFileOf(variables)).toBe(file);
    });

    it('come from the network beside the file, the client of the first organisation in use', () => {
        writeNetwork();
        const contexts = load();
        expect(contexts.contexts.map(({ name }) => name)).toEqual([
            ...['authority', 'authority-admin', 'bank', 'bank-admin', 'regulator', 'regulator-admin'],
        ]);
        expect(contextNamed(contexts, undefined)).toMatchObject({
            name: 'authority',
            mspDir: join(folder, 'authority/client/msp'),
            tlsCaFile: join(folder, 'tls/ca.crt'),
            endorsingOrganizations: ['AuthorityMSP', 'BankMSP'],
        });
    });

    it('are saved and read back', () => {
        writeNetwork();
        const contexts = load();
        saveContexts({ ...contexts, current: 'regulator' });
        expect(load()).toEqual({ ...contexts, current: 'regulator' });
    });

    it('name the known ones when one is asked for that is not there', () => {
        writeNetwork();
        expect(() => contextNamed(load(), 'bnak')).toThrow('context: bnak, known: authority authority-admin bank');
    });

    it.each([
        ['no YAML', 'contexts: [', 'it is no YAML'],
        ['a context without peer', 'contexts: { a: { mspId: M, mspDir: d } }', 'context a has no peerAddress'],
    ])('refuse a file with %s', (_, content, problem) => {
        writeFileSync(join(folder, 'power.yaml'), content);
        expect(load).toThrow(problem);
    });
});

describe('network.json', () => {
    it.each<[string, object, string]>([
        ['no channel', { channel: '' }, 'channel is missing'],
        ['no organisations', { organisations: [] }, 'organisations is no list, or empty'],
        [
            'an organisation without peer',
            { organisations: [{ name: 'a', mspId: 'A', role: 'ops' }] },
            'peer is no object',
        ],
    ])('is refused with %s', (_, change, problem) => {
        writeNetwork(change);
        expect(() => loadNetworkFile(folder)).toThrow(problem);
    });

    it('is missed by name', () => {
        expect(() => loadNetworkFile(folder)).toThrow('FILE_NOT_FOUND');
    });
});

describe('pairFrom', () => {
    it.each([
        [0, ['A', 'B']],
        [2, ['C', 'A']],
        [-1, ['A', 'B']],
    ])('begins at %i and goes round', (start, pair) => {
        expect(pairFrom(['A', 'B', 'C'], start)).toEqual(pair);
    });
});
