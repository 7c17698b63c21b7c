// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash, signers } from '@hyperledger/fabric-gateway';
import { startNetwork } from '@power-currency/engine';
import { ChildProcesses } from './childProcesses.js';

const notesFolder = join(__dirname, 'testing/notes');

/** The processes whose environment names the folder. */
function processesOf(folder: string): string[] {
    return readdirSync('/proc').filter((entry) => {
        if (!/^\d+$/.test(entry) || Number(entry) === process.pid) return false;
        try {
            return readFileSync(`/proc/${entry}/environ`, 'utf8').includes(folder);
        } catch {
            return false;
        }
    });
}

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const shownLines = (/```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '').split('\n').filter((line) => line !== '');

test('a chaincode is called on a network that the test starts, and nothing of it is left', async () => {
    const network = await startNetwork();
    await network.deploy({ name: 'notes', folder: notesFolder });
    const [{ peer, user }] = network.organisations;
    const client = new Client(peer.address, credentials.createSsl(peer.tlsRoots));
    const signer = signers.newPrivateKeySigner(user.privateKey);
    const gateway = connect({ client, identity: user, signer, hash: hash.sha256 });
    const contract = gateway.getNetwork(network.channel).getContract('notes');
    await contract.submitTransaction('write', 'greeting', 'hello');
    const note = Buffer.from(await contract.evaluateTransaction('read', 'greeting')).toString();
    expect(processesOf(network.folder).length).toBeGreaterThanOrEqual(5);
    gateway.close();
    client.close();
    await network.stop();

    expect(JSON.parse(note)).toEqual({ author: 'Org1MSP', text: 'hello' });
    expect(existsSync(network.folder)).toBe(false);
    expect(processesOf(network.folder)).toEqual([]);
});

test('the README shows just these lines', () => {
    const source = readFileSync(__filename, 'utf8')
        .split('\n')
        .map((line) => line.trim());
    expect(shownLines).toHaveLength(13);
    expect(shownLines.filter((line) => !source.includes(line))).toEqual([]);
});

describe('a network of two organisations', () => {
    let network: Awaited<ReturnType<typeof startNetwork>>;
    beforeAll(async () => {
        network = await startNetwork({ organisations: ['Alpha', 'Beta'], channel: 'shared' });
    });
    afterAll(() => network.stop());

    const call = async (by: number, work: 'submit' | 'evaluate', ...args: string[]): Promise<string> => {
        const { peer, user } = network.organisations[by]!;
        const client = new Client(peer.address, credentials.createSsl(peer.tlsRoots));
        const signer = signers.newPrivateKeySigner(user.privateKey);
        const gateway = connect({ client, identity: user, signer, hash: hash.sha256 });
        try {
            const contract = gateway.getNetwork('shared').getContract('notes');
            const [name = '', ...rest] = args;
            const result = await contract[work](name, { arguments: rest });
            return Buffer.from(result).toString();
        } finally {
            gateway.close();
            client.close();
        }
    };

    it('endorses with both, and each reads what the other wrote; a second deployment is an upgrade', async () => {
        await network.deploy({ name: 'notes', folder: notesFolder });
        await call(0, 'submit', 'write', 'greeting', 'hello');
        await network.deploy({ name: 'notes', folder: notesFolder, policy: "OR('AlphaMSP.peer','BetaMSP.peer')" });
        expect(JSON.parse(await call(1, 'evaluate', 'read', 'greeting'))).toEqual({
            author: 'AlphaMSP',
            text: 'hello',
        });
        const [, { environment }] = network.organisations as [unknown, (typeof network.organisations)[0]];
        const peer = join(__dirname, '../../bin/peer');
        const args = ['lifecycle', 'chaincode', 'querycommitted', '-C', 'shared', '-n', 'notes', '--output', 'json'];
        const env = { PATH: process.env.PATH, ...environment };
        const committed = JSON.parse(execFileSync(peer, args, { env, encoding: 'utf8' })) as { sequence: number };
        expect(committed.sequence).toBe(2);
    });

    it('says what is wrong with a chaincode that does not start', async () => {
        const broken = network.deploy({ name: 'broken', folder: notesFolder, command: ['node', '-e', 'throw "oops"'] });
        await expect(broken).rejects.toThrow(/broken_1: ended with 1[^]*oops/);
    });
});

test('what fails while it starts leaves nothing, and says why', async () => {
    const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('fabric-network-'));
    const before = folders();
    await expect(startNetwork({ channel: 'No Channel!' })).rejects.toThrow(
        "bad channel ID: 'No Channel!' contains illegal characters",
    );
    expect(folders().filter((name) => !before.includes(name))).toEqual([]);
});

test('nothing is started once it was stopped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'children-'));
    const processes = new ChildProcesses(folder);
    await processes.stopAll();
    const spec = { name: 'late', command: ['true'], environment: {}, ports: [] };
    await expect(processes.start(spec)).rejects.toThrow('late: the network was stopped');
    rmSync(folder, { recursive: true });
});

test.each([[[]], [['Org1', 'Org1']], [['../Org']], [['Orderer']]])(
    'refuses the organisations %j',
    async (organisations) => {
        await expect(startNetwork({ organisations })).rejects.toThrow('give different names of letters and digits');
    },
);
