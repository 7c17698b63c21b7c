// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { PeerCommands } from './peerCommands';
import { commitDefinition, SampleChaincode } from './sampleChaincode';
import { SampleClient } from './testing/sampleClient';
import { TestNetwork } from './testNetwork';

jest.setTimeout(300_000);

const members = ['authority', 'centralbank'];
const valid = 0;
const policyFailure = 10;
const readConflict = 11;
const network = TestNetwork.shared();
const processes: SampleChaincode[] = [];
const clients: SampleClient[] = [];
let commands: PeerCommands;

const caller = { name: 'caller', sequence: 1, policy: "OR('AuthorityMSP.peer','CentralBankMSP.peer')" };
const called = { name: 'called', sequence: 1, policy: "AND('AuthorityMSP.peer','CentralBankMSP.peer')" };
const client = (organisation: 'authority' | 'centralbank'): SampleClient => clients[members.indexOf(organisation)]!;

async function startChaincode(label: string, port: number, says: string): Promise<SampleChaincode> {
    const started = await SampleChaincode.start(network, label, network.port(port), says);
    processes.push(started);
    await started.install(commands, members);
    return started;
}

beforeAll(async () => {
    network.standDeployed();
    commands = new PeerCommands(network);
    for (const [index, definition] of [caller, called].entries()) {
        const chaincode = await startChaincode(`${definition.name}_1`, 7990 + index, 'first');
        await chaincode.approve(commands, members, definition);
        await commitDefinition(commands, members, definition);
    }
    for (const member of members) clients.push(new SampleClient(network, member));
    // Real Fabric's peers learn by gossip who runs what.
    await network.untilAccepted(
        () => client('authority').submit('called', ['put', 'ready', 'yes']),
        30_000,
        () => true,
    );
});

afterAll(() => {
    for (const one of clients) one.close();
    for (const one of processes) one.stop();
    network.down();
});

describe('a chaincode that calls another', () => {
    const invocation = (key: string): [string, ...string[]] => [
        'invokePut',
        'called',
        JSON.stringify(['put', key, 'inner']),
        key,
        'outer',
    ];

    it('writes both namespaces in one transaction, which both policies must allow', async () => {
        expect(await client('authority').submit('caller', invocation('both'), ['AuthorityMSP'])).toBe(policyFailure);
        expect(await client('authority').submit('caller', invocation('both'))).toBe(valid);
        for (const member of ['authority', 'centralbank'] as const) {
            expect(await client(member).ask('caller', 'get', 'both')).toBe('outer');
            expect(await client(member).ask('called', 'get', 'both')).toBe('inner');
        }
    });

    it('may only read on other channels, and hears why a call is not possible', async () => {
        const refused = (target: string, channel = ''): Promise<string> =>
            client('authority').ask('caller', 'invoke', target, '["who"]', channel);
        await expect(refused('nobody')).rejects.toThrow(/failed to get chaincode container info for nobody/);
        await expect(refused('caller')).rejects.toThrow(/\(power\) exists/);
        await expect(refused('called', 'elsewhere')).rejects.toThrow(/policy manager for channel \[elsewhere\]/);
        const system = await client('authority').ask('caller', 'invoke', 'qscc', '["GetChainInfo","power"]');
        expect(system).toContain('Rejecting invoke of QSCC from another chaincode');
        expect(await client('authority').ask('caller', 'invoke', 'called', '["who"]')).toContain('"payload":"first"');
    });
});

describe('a key with an endorsement policy of its own', () => {
    it('is written by whom that policy names, whatever the chaincode asks for', async () => {
        expect(await client('authority').submit('caller', ['sbePut', 'own', '1', 'CentralBankMSP'])).toBe(valid);
        expect(await client('authority').submit('caller', ['put', 'own', '2'], ['AuthorityMSP'])).toBe(policyFailure);
        // Left to itself, the gateway asks the peer that the key's policy names.
        expect(await client('authority').submit('caller', ['put', 'own', '3'])).toBe(valid);
        // The status came from the authority's peer.
        await network.agreedChain();
        expect(await client('centralbank').ask('caller', 'get', 'own')).toBe('3');
    });
});

describe('an upgrade under load', () => {
    const upgrade = { ...caller, sequence: 2 };
    /** Validation code of each submitted key. */
    const codes = new Map<string, number>();
    const refusals: unknown[] = [];

    async function load(worker: number, over: AbortSignal): Promise<void> {
        for (let number = 0; !over.aborted; number += 1) {
            const key = `load-${String(worker)}-${String(number)}`;
            try {
                codes.set(key, await client('authority').submit('caller', ['put', key, 'x']));
            } catch (error) {
                refusals.push(error);
                await sleep(20);
            }
        }
    }

    it('loses no transaction: each is valid, or in conflict with the new definition, or was not endorsed', async () => {
        const next = await startChaincode('caller_2', 7992, 'second');
        const over = new AbortController();
        const workers = [0, 1, 2, 3].map((worker) => load(worker, over.signal));
        try {
            await sleep(1_000);
            await next.approve(commands, members, upgrade);
            await commitDefinition(commands, members, upgrade);
            await sleep(1_000);
        } finally {
            over.abort();
        }
        await Promise.all(workers);
        expect(refusals.filter((error) => !(error instanceof Error && error.name === 'EndorseError'))).toEqual([]);
        expect(codes.size).toBeGreaterThan(20);
        expect([...codes.values()].filter((code) => code !== valid && code !== readConflict)).toEqual([]);
        for (const [key, code] of codes) {
            expect([key, await client('centralbank').ask('caller', 'get', key)]).toEqual([
                key,
                code === valid ? 'x' : '',
            ]);
        }
    });

    it('leaves every peer with the new code, and with the same chain', async () => {
        for (const member of ['authority', 'centralbank'] as const) {
            expect(await client(member).ask('caller', 'who')).toBe('second');
        }
        expect((await network.agreedChain()).height).toBeGreaterThan(10n);
    });
});
