// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import type { TransactionTrace } from '../../gateway/src/application/transactionTrace';
import type { BlockView } from '../../gateway/src/application/blockView';
import { loadNetworkFile } from '../../gateway/src/config/networkFile';
import { type Finished, isCommitted, openWallet, TestNetwork } from './testNetwork';

jest.setTimeout(120_000);

const network = TestNetwork.shared();
const { processes } = network.ordering;
const isFabric = process.env.POWER_TEST_ENGINE === 'fabric';

beforeAll(() => {
    network.standDeployed();
    // Real Fabric's peers find each other by gossip first; until then they endorse nothing.
    const attempts = Array.from({ length: 3 }, () => 'demo');
    if (!attempts.some((verb) => network.run(verb).status === 0)) throw new Error('the demonstration did not end well');
});
afterAll(() => {
    network.down();
});

/** What fabric-gateway tells a client, down to the headers that came over the wire. */
interface ClientError {
    readonly message: string;
    readonly details: unknown;
    readonly cause: { readonly metadata: { toHttp2Headers(): object } };
}

interface Status {
    readonly processes: readonly { name: string; state: string; pid: number }[];
}

const status = (): Status['processes'] => (JSON.parse(network.succeed('status', '-o', 'json')) as Status).processes;

describe('a checkpoint', () => {
    it('brings back chain, identities and files as they were at the save, and the network goes on from there', async () => {
        const ledger = network.ledger('authority');
        const kept = await openWallet(ledger);
        const before = await network.agreedChain();
        writeFileSync(join(network.networkDir, 'power.yaml'), 'contexts: {}\n');
        network.succeed('checkpoint', 'save', 'base');
        const dropped = await openWallet(ledger);
        writeFileSync(join(network.networkDir, 'power.yaml'), 'current: other\n');
        writeFileSync(join(network.networkDir, 'later.txt'), 'made after the save');
        expect((await network.agreedChain()).height).toBeGreaterThan(before.height);

        network.succeed('checkpoint', 'restore', 'base');
        expect(await network.agreedChain()).toEqual(before);
        expect(readFileSync(join(network.networkDir, 'power.yaml'), 'utf8')).toBe('contexts: {}\n');
        expect(existsSync(join(network.networkDir, 'later.txt'))).toBe(false);
        const { chain } = network.open('regulator');
        expect(await isCommitted(chain, kept.txId)).toBe(true);
        await expect(isCommitted(chain, dropped.txId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
        const next = await network.untilAccepted(() => openWallet(network.ledger('authority')));
        expect(next.blockNumber).toBe(before.height);
        await network.agreedChain();
    });

    it('of a network under load is one moment: nothing acknowledged before it is lost, and every peer agrees', async () => {
        const acknowledged = await openWallet(network.ledger('authority'));
        const load = Array.from({ length: 12 }, () => openWallet(network.ledger('authority')).catch(() => undefined));
        network.succeed('checkpoint', 'save', 'busy');
        await Promise.all(load);
        network.succeed('checkpoint', 'restore', 'busy');
        await network.untilAccepted(() => openWallet(network.ledger('authority')));
        await network.agreedChain();
        expect(await isCommitted(network.open('regulator').chain, acknowledged.txId)).toBe(true);
    });

    it('restarts what ran, leaves alone what is as it was, and leaves stopped what was stopped', () => {
        network.succeed('stop', 'regulator-peer');
        network.succeed('checkpoint', 'save', 'three-peers');
        const before = new Map(status().map(({ name, pid }) => [name, pid]));
        network.succeed('start', 'regulator-peer');
        network.succeed('stop', 'cooperative-chaincode');
        network.succeed('checkpoint', 'restore', 'three-peers');
        const after = new Map(status().map(({ name, pid }) => [name, pid]));
        expect(after.get('regulator-peer')).toBeNull();
        expect(after.get('cooperative-chaincode')).not.toBeNull();
        expect(after.get('authority-ca')).toBe(before.get('authority-ca'));
        network.succeed('checkpoint', 'restore', 'base');
        expect(status().map(({ state }) => state)).toEqual(Array<string>(processes).fill('ready'));
    });

    it('is listed with its size, and removed', () => {
        network.succeed('checkpoint', 'save', 'passing');
        const listed = JSON.parse(network.succeed('checkpoint', 'list', '-o', 'json')) as { name: string }[];
        expect(listed.map(({ name }) => name)).toContain('passing');
        expect(listed.at(-1)).toMatchObject({
            name: 'passing',
            running: processes,
            bytes: expect.any(Number) as number,
        });
        network.succeed('checkpoint', 'remove', 'passing');
        expect(network.succeed('checkpoint', 'list')).not.toContain('passing');
    });

    it.each([
        [['save', 'base'], 'There is a checkpoint "base" already.'],
        [['save', '../base'], '"../base" is no name of a checkpoint'],
        [['save'], 'need a name'],
        [['restore', 'nowhere'], 'There is no checkpoint "nowhere".'],
        [['remove', 'nowhere'], 'There is no checkpoint "nowhere".'],
        [['keep', 'base'], 'checkpoint takes save NAME, restore NAME, remove NAME or list.'],
    ])('refuses %j', (words, problem) => {
        const { status: code, stderr } = network.run('checkpoint', ...words);
        expect(stderr).toContain(problem);
        expect(code).toBe(1);
    });

    it('that an interrupted save left unfinished cannot be restored', () => {
        const unfinished = join(network.networkDir, 'checkpoints', 'unfinished');
        mkdirSync(join(unfinished, 'state'), { recursive: true });
        expect(network.run('checkpoint', 'restore', 'unfinished').stderr).toContain(
            'There is no checkpoint "unfinished".',
        );
        expect(status()).toHaveLength(processes);
    });
});

const power = (...args: readonly string[]): Finished => {
    const main = resolve(__dirname, '../../gateway/dist/cli/main.js');
    const env = { ...network.environment, POWER_CONFIG: join(network.networkDir, 'contexts.yaml') };
    const { status: code, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { env, encoding: 'utf8' });
    return { status: code, stdout, stderr };
};

describe('power blocks export and power audit', () => {
    it('recount the money of the ledger from a member’s blocks alone, and notice a tampered one', () => {
        const dir = join(network.dir, 'blocks');
        expect(power('blocks', 'export', dir, '--context', 'regulator')).toMatchObject({ status: 0 });
        const { status, stdout } = power('audit', '--blocks', dir, '-o', 'json');
        const report = JSON.parse(stdout) as { readonly assets: readonly object[]; readonly blocks: number };
        expect(status).toBe(0);
        expect(report.assets).toContainEqual(
            expect.objectContaining({ code: 'PC', redeemed: '5000000000', held: '5000000000', holds: 1, escrow: '0' }),
        );
        const last = join(dir, `${String(report.blocks - 1).padStart(4, '0')}.pb`);
        const bytes = readFileSync(last);
        bytes[bytes.length >> 1]! ^= 1;
        writeFileSync(last, bytes);
        expect(power('audit', '--blocks', dir)).toMatchObject({ status: 1 });
    });
});

describe('power block', () => {
    it('shows a transaction with what it read, wrote and who endorsed it', async () => {
        const { txId, blockNumber } = await network.untilAccepted(() => openWallet(network.ledger('authority')));
        const { stdout } = power('block', String(blockNumber), '--context', 'authority');
        const block = JSON.parse(stdout) as BlockView;
        const transaction = block.transactions.find((one) => one.txId === txId);
        expect(transaction).toMatchObject({
            validationCode: 'VALID',
            creator: { mspId: 'AuthorityMSP' },
            call: { chaincode: 'power-currency', function: 'Wallet:Open' },
        });
        expect(transaction?.call?.endorsers.map(({ mspId }) => mspId).sort()).toEqual([
            'AuthorityMSP',
            'CentralBankMSP',
        ]);
        expect(transaction?.call?.writes.length).toBeGreaterThan(0);
    });

    it('diff says that two peers agree', async () => {
        const { height } = await network.agreedChain();
        const { stdout, status: code } = power('block', 'diff', 'authority', 'regulator', '-o', 'json');
        expect(JSON.parse(stdout)).toMatchObject({ agreedHeight: Number(height), difference: null });
        expect(code).toBe(0);
    });

    it('says that there is no such block', () => {
        const { stderr, status: code } = power('block', '100000', '--context', 'authority');
        expect(stderr).toContain('NOT_FOUND');
        expect(code).toBe(4);
    });
});

describe('power trace', () => {
    const traceOf = (txId: string, ...more: readonly string[]): TransactionTrace =>
        JSON.parse(power('trace', txId, '--context', 'authority', '-o', 'json', ...more).stdout) as TransactionTrace;
    const recordOf = (trace: TransactionTrace, context: string) => {
        const record = trace.peers.find((peer) => peer.context === context)?.trace;
        if (typeof record === 'string') throw new Error(record);
        return record!;
    };

    it('shows what the chain tells, and what each endorser remembers or that its engine records nothing', async () => {
        const { txId, blockNumber } = await network.untilAccepted(() => openWallet(network.ledger('authority')));
        const trace = traceOf(txId);
        expect(trace.transaction).toMatchObject({ validationCode: 'VALID', call: { function: 'Wallet:Open' } });
        if (isFabric) {
            expect(new Set(trace.peers.map((peer) => peer.trace))).toEqual(new Set(['not recorded by this engine']));
            return;
        }
        for (const context of ['authority-admin', 'centralbank-admin']) {
            const record = recordOf(trace, context);
            expect(record).toMatchObject({ function: 'Wallet:Open', isEndorsed: true, status: 200, exception: null });
            expect(record.calls.map(({ type }) => type)).toContain('WRITE_BATCH_STATE');
            expect(record.stateUse?.writes).toEqual(trace.transaction?.call?.writes);
            expect(record.commit).toMatchObject({ block: Number(blockNumber), validationCode: 'VALID' });
            expect(record.commit!.orderingMs).toBeGreaterThan(0);
        }
        const regulator = trace.peers.find(({ context }) => context === 'regulator-admin');
        expect(regulator?.trace).toBe('no record of this transaction');
    });

    it('shows the TypeScript stack of a refusal to the administrator, in the log, and not to the client', async () => {
        const { session } = network.open('authority');
        const contract = session.gateway.getNetwork('power').getContract('power-currency');
        const proposal = contract.newProposal('Wallet:Open', {
            arguments: ['{}'],
            endorsingOrganizations: ['AuthorityMSP'],
        });
        const { peer } = loadNetworkFile(network.networkDir).organisations.find(({ name }) => name === 'authority')!;
        const spec = JSON.stringify({ spec: 'info:endorser=debug' });
        await fetch(`http://${peer.operations}/logspec`, { method: 'PUT', body: spec });
        const refusal: unknown = await proposal.endorse().catch((error: unknown) => error);
        const { message, details, cause } = refusal as ClientError;
        const told = `${message} ${JSON.stringify(details)} ${inspect(cause.metadata.toHttp2Headers())}`;
        expect(told).toContain('INVALID_ARGUMENT');
        expect(told).not.toMatch(/\.ts:\d+|chaincode\.refusal/);
        const txId = proposal.getTransactionId();
        if (isFabric) {
            expect(power('trace', txId, '--context', 'authority').status).toBe(4);
            return;
        }
        const trace = traceOf(txId);
        expect(trace.place).toBeNull();
        const record = recordOf(trace, 'authority-admin');
        expect(record).toMatchObject({ isEndorsed: false, status: 500, commit: null });
        expect(record.exception).toMatch(/INVALID_ARGUMENT[^]*chaincode\/(domain\/)?src\/\S+\.ts:\d+:\d+/);
        const log = readFileSync(join(network.networkDir, 'logs', 'authority-peer.log'), 'utf8');
        expect(log).toMatch(/threw in transaction [^]*\.ts:\d+:\d+/);
        const asClient = traceOf(await committedTxId(), '--peers', 'authority', 'centralbank-admin');
        const [own] = asClient.peers;
        expect(own?.trace).toBe('only for administrators');
    });

    const committedTxId = async (): Promise<string> => (await openWallet(network.ledger('authority'))).txId;
});
