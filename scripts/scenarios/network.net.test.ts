// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isCommitted, openWallet, TestNetwork } from './testNetwork';

jest.setTimeout(300_000);

const network = new TestNetwork();
const everyone = ['authority', 'centralbank', 'cooperative', 'regulator'];

afterAll(() => {
    network.down();
});

interface DemoReport {
    network: { engine: string; organisations: string[]; heights: Record<string, number>; blockHash: string };
    attestation: { signatures_ok: number; wh_dc_raw: string };
    supply: { issued: string; redeemed: string; inWallets: string; pending: string; held: string };
    refused: { what: string; code: string }[];
    proposal: { outcome: string };
}

describe('the demonstration', () => {
    it('brings up a network, runs one energy day and reads every figure back', () => {
        const printed = network.succeed('demo', '--report', 'report.json');
        expect(printed).toMatch(/^Engine: /);
        const report = JSON.parse(readFileSync(join(network.dir, 'report.json'), 'utf8')) as DemoReport;
        const { issued, redeemed, inWallets, pending, held } = report.supply;
        expect(BigInt(inWallets) + BigInt(pending) + BigInt(held)).toBe(BigInt(issued) - BigInt(redeemed));
        expect(BigInt(issued)).toBeGreaterThan(0n);
        expect(report.attestation.signatures_ok).toBe(2);
        expect(report.refused.map(({ code }) => code)).toEqual(['INSUFFICIENT_FUNDS', 'INTENT_SIGNATURE_INVALID']);
        expect(new Set(Object.values(report.network.heights)).size).toBe(1);
        expect(Object.keys(report.network.heights).sort()).toEqual(everyone);
    });
});

describe('the script', () => {
    it('shows every process as ready', () => {
        const status = JSON.parse(network.succeed('status', '-o', 'json')) as { processes: { state: string }[] };
        const { processes } = network.ordering;
        expect(status.processes.map(({ state }) => state)).toEqual(Array<string>(processes).fill('ready'));
    });

    it('lets the regulator query as a regulator types it', () => {
        const queried = network.succeed(
            'cc',
            'query',
            '-org',
            'regulator',
            '-args',
            '{"Args":["Asset:DescribeSupply","{\\"asset\\":\\"PC\\"}"]}',
        );
        expect(JSON.parse(queried)).toMatchObject({ asset: 'PC' });
    });

    it('does nothing when what is asked for is there already', async () => {
        const before = await network.agreedChain();
        network.succeed('up');
        network.succeed('createChannel');
        network.succeed('deployCC');
        expect(await network.agreedChain()).toEqual(before);
    });

    it('answers an unknown flag with help and exit code 1', () => {
        const { status, stderr } = network.run('up', '-frobnicate');
        expect(status).toBe(1);
        expect(stderr).toContain('Unknown flag: -frobnicate');
        expect(stderr).toContain('Usage:');
    });

    it('refuses to change the ordering of a network that exists', () => {
        const other = network.ordering.flags.includes('-bft') ? ['-orderers', '3'] : ['-bft'];
        const { status, stderr } = network.run('up', ...other);
        expect(status).toBe(1);
        expect(stderr).toContain('There is a network here already');
    });
});

describe('endorsement', () => {
    it('commits on every peer what two of three members endorse', async () => {
        const { txId } = await openWallet(network.ledger('cooperative', ['CooperativeMSP', 'CentralBankMSP']));
        await network.agreedChain();
        expect(await isCommitted(network.open('regulator').chain, txId)).toBe(true);
    });

    it('is watched by the regulator’s peer, which agrees with every member’s', () => {
        const watching = ['processes/regulator-peer.json', 'logs/regulator-peer.log'];
        const [record, log] = watching.map((name) => readFileSync(join(network.networkDir, name), 'utf8'));
        const { spec } = JSON.parse(record!) as { spec: { environment: Record<string, string> } };
        const members = [7051, 8051, 9051].map((port) => `localhost:${String(network.port(port))}`);
        expect(spec.environment.CORE_LEDGER_WITNESSES).toBe(`[${members.join(',')}]`);
        expect(log).not.toContain('CRITICAL');
    });

    it('refuses what one member alone endorses with ENDORSEMENT_POLICY_FAILURE', async () => {
        const attempt = openWallet(network.ledger('authority', ['AuthorityMSP']));
        await expect(attempt).rejects.toThrow(/ENDORSEMENT_POLICY_FAILURE/);
    });

    it('refuses what the regulator wants to write', async () => {
        const attempt = openWallet(network.ledger('regulator'));
        await expect(attempt).rejects.toMatchObject({ code: 'CALLER_NOT_AUTHORISED' });
    });
});

describe('a process that dies', () => {
    it('a member’s chaincode is killed under load: it is back within seconds and every payment goes through', async () => {
        const ledger = network.ledger('authority', ['AuthorityMSP', 'CentralBankMSP']);
        const load = Array.from({ length: 40 }, async (_, index) => {
            await sleep(index * 50);
            return openWallet(ledger);
        });
        await sleep(500);
        killChildrenOf(network.pid('centralbank-chaincode'));
        const committed = await Promise.all(load);
        const chain = network.open('authority').chain;
        const valid = await Promise.all(committed.map(({ txId }) => isCommitted(chain, txId)));
        expect(valid).toEqual(Array<boolean>(40).fill(true));
        await network.agreedChain();
    });

    it('a peer is killed with -9 and catches up with what it missed', async () => {
        process.kill(-network.pid('cooperative-peer'), 'SIGKILL');
        const ledger = network.ledger('authority', ['AuthorityMSP', 'CentralBankMSP']);
        const missed = [await openWallet(ledger), await openWallet(ledger)];
        network.succeed('start', 'cooperative-peer');
        await network.agreedChain();
        const chain = network.open('cooperative').chain;
        for (const { txId } of missed) expect(await isCommitted(chain, txId)).toBe(true);
    });

    it('the orderer is killed with -9 between blocks and nothing acknowledged is lost', async () => {
        const ledger = network.ledger('authority', ['AuthorityMSP', 'CentralBankMSP']);
        const acknowledged = [];
        for (let round = 0; round < 3; round++) {
            acknowledged.push(await network.untilAccepted(() => openWallet(ledger)));
            process.kill(-network.pid('authority-orderer'), 'SIGKILL');
            network.succeed('start', 'authority-orderer');
        }
        acknowledged.push(await network.untilAccepted(() => openWallet(ledger)));
        await network.agreedChain();
        const chain = network.open('regulator').chain;
        for (const { txId } of acknowledged) expect(await isCommitted(chain, txId)).toBe(true);
    });

    it('a network that was stopped comes back with its ledger', async () => {
        const before = await network.agreedChain();
        network.succeed('stop');
        network.succeed('start');
        expect(await network.agreedChain()).toEqual(before);
        const { blockNumber } = await network.untilAccepted(() => openWallet(network.ledger('authority')));
        expect(blockNumber).toBeGreaterThanOrEqual(before.height);
    });
});

describe('down', () => {
    it('leaves no process and no file', () => {
        const pids = JSON.parse(network.succeed('status', '-o', 'json')) as { processes: { pid: number }[] };
        network.succeed('down');
        expect(existsSync(network.networkDir)).toBe(false);
        expect(pids.processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
    });

    it('says so when there is nothing to take down', () => {
        expect(network.succeed('down')).toContain('nothing to take down');
    });

    it('names the port that another process holds', async () => {
        const port = network.portOffset + 7054;
        const squatter = createServer().listen(port, '127.0.0.1');
        const { status, stderr } = await new Promise<ReturnType<TestNetwork['run']>>((resolve) => {
            squatter.once('listening', () => resolve(network.run('up')));
        });
        squatter.close();
        network.succeed('down');
        expect(status).toBe(1);
        expect(stderr).toContain(`Port ${String(port)}, which authority-ca needs, is taken`);
    });
});

/** A process that ended but that nobody waited for (a zombie) is not alive. */
function isAlive(pid: number): boolean {
    try {
        return !/^State:\s+Z/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
    } catch {
        return false;
    }
}

/** Kills what a supervisor started, not the supervisor. */
function killChildrenOf(supervisor: number): void {
    const children = readFileSync(`/proc/${String(supervisor)}/task/${String(supervisor)}/children`, 'utf8');
    for (const child of children.trim().split(' ')) process.kill(Number(child), 'SIGKILL');
}
