// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requestId, walletId } from '@power-currency/domain';
import { createLedger, type Ledger } from '../../gateway/src/application/ledger';
import type { ChainReader, Committed } from '../../gateway/src/application/ports';
import { Failure } from '../../gateway/src/application/failure';
import { loadNetworkFile } from '../../gateway/src/config/networkFile';
import { openLedger, type OpenLedger } from '../../gateway/src/fabric/openLedger';

const project = resolve(__dirname, '../..');

/** How the network orders, by the name `test:fabric` gives it: the script's flags and the number of processes. */
const orderings: Readonly<Record<string, { readonly flags: readonly string[]; readonly processes: number }>> = {
    raft1: { flags: [], processes: 13 },
    raft3: { flags: ['-orderers', '3'], processes: 15 },
    bft4: { flags: ['-bft'], processes: 16 },
};
const orderingVerbs = new Set(['up', 'createChannel', 'deployCC', 'demo']);

export interface Finished {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

/** A network of its own, in a temporary folder and on ports of its own, driven by the script that users drive. */
export class TestNetwork {
    /** For the files of a test; gone after it. */
    readonly dir = mkdtempSync(join(tmpdir(), 'power-scenarios-'));
    readonly networkDir: string;
    /** Whether other test files use the network too. */
    readonly #isShared: boolean;
    readonly #opened: OpenLedger[] = [];
    /** The engine that runs it. */
    readonly engine: 'embedded' | 'fabric';
    readonly ordering = orderings[process.env.POWER_TEST_ORDERING ?? 'raft1']!;
    readonly portOffset = Number(process.env.POWER_TEST_PORT_OFFSET ?? '20000');

    readonly environment: NodeJS.ProcessEnv;

    /** @param sharedDir holds a network that other test files use too */
    constructor(engine = process.env.POWER_TEST_ENGINE ?? 'embedded', sharedDir?: string) {
        this.engine = engine === 'fabric' ? 'fabric' : 'embedded';
        this.#isShared = sharedDir !== undefined;
        this.networkDir = join(sharedDir ?? this.dir, 'network');
        this.environment = {
            ...process.env,
            NODE_OPTIONS: '',
            POWER_NETWORK_DIR: this.networkDir,
            POWER_PORT_OFFSET: String(this.portOffset),
            POWER_CALLER_DIR: this.dir,
            NO_COLOR: '1',
        };
    }

    /** The network of all test files of one run that call this: one of them after the other. See `standDeployed`. */
    static shared(): TestNetwork {
        return new TestNetwork(undefined, process.env.POWER_TEST_SHARED_DIR);
    }

    /** Brings the shared network to where the chaincode is deployed: from a checkpoint, which the first test file makes. */
    standDeployed(): void {
        if (!existsSync(join(this.networkDir, 'checkpoints', 'deployed'))) {
            this.succeed('up', 'createChannel', 'deployCC');
            this.succeed('checkpoint', 'save', 'deployed');
            return;
        }
        this.succeed('checkpoint', 'restore', 'deployed');
        // Real orderers elect a leader again; this waits for it.
        if (this.engine === 'fabric') this.succeed('createChannel');
    }

    /** Runs `test-network.sh` with these arguments, to its end. */
    run(...args: readonly string[]): Finished {
        const options = { env: this.environment, encoding: 'utf8', timeout: 240_000 } as const;
        const { status, stdout, stderr } = spawnSync(process.execPath, this.commandLine(args), options);
        return { status, stdout, stderr };
    }

    /** Starts it and returns. */
    begin(...args: readonly string[]): ChildProcess {
        return spawn(process.execPath, this.commandLine(args), { env: this.environment, stdio: 'ignore' });
    }

    private commandLine(args: readonly string[]): string[] {
        const asked = args.some((argument) => argument === '-bft' || argument === '-orderers');
        const ordering = orderingVerbs.has(args[0] ?? '') && !asked ? this.ordering.flags : [];
        const engine = ['-engine', this.engine, ...ordering];
        const main = join(project, 'scripts/network/main.mts');
        return ['--disable-warning=ExperimentalWarning', main, ...args, ...engine];
    }

    /** Runs it and expects success; what it printed is in the failure otherwise. */
    succeed(...args: readonly string[]): string {
        const { status, stdout, stderr } = this.run(...args);
        if (status !== 0) throw new Error(`${args.join(' ')} ended with ${String(status)}\n${stdout}\n${stderr}`);
        return stdout;
    }

    /** A port of this network; `unshifted` as network/members.yaml has it. */
    port(unshifted: number): number {
        return unshifted + this.portOffset;
    }

    /** Where the identities of an organisation lie. */
    organisationDir(organisation: string): string {
        return join(this.networkDir, 'organizations/peerOrganizations', organisation);
    }

    /** A user of a member; `endorsedBy` names the organisations asked to endorse. */
    open(
        organisation: string,
        endorsedBy: readonly string[] = ['AuthorityMSP', 'CentralBankMSP'],
        user: 'client' | 'admin' = 'client',
    ): OpenLedger {
        const network = loadNetworkFile(this.networkDir);
        const found = network.organisations.find(({ name }) => name === organisation)!;
        const opened = openLedger({
            mspId: found.mspId,
            mspDir: found.users[user]!.mspDir,
            peerAddress: found.peer.address,
            tlsCaFile: found.peer.tlsCaFile,
            serverName: found.peer.serverName,
            channel: network.channel,
            chaincode: network.chaincode,
            endorsingOrganizations: endorsedBy,
        });
        this.#opened.push(opened);
        return opened;
    }

    ledger(organisation: string, endorsedBy?: readonly string[], user?: 'client' | 'admin'): Ledger {
        return createLedger(this.open(organisation, endorsedBy, user).transport);
    }

    /** The pid of a process of the network, or of the child it supervises. */
    pid(name: string): number {
        const record = readFileSync(join(this.networkDir, 'processes', `${name}.json`), 'utf8');
        return (JSON.parse(record) as { pid: number }).pid;
    }

    /** Heights and last block hashes of all four peers, once they agree. */
    async agreedChain(deadlineMs = 20_000): Promise<{ height: bigint; blockHash: string }> {
        const chains = ['authority', 'centralbank', 'cooperative', 'regulator'].map((name) => this.open(name).chain);
        const deadline = Date.now() + deadlineMs;
        for (;;) {
            const infos = await Promise.all(chains.map((chain) => chain.chainInfo()));
            const [first] = infos;
            if (infos.every(({ height, blockHash }) => height === first!.height && blockHash === first!.blockHash)) {
                return first!;
            }
            if (Date.now() > deadline)
                throw new Error(`peers disagree: ${infos.map((info) => info.height).join(', ')}`);
            await sleep(100);
        }
    }

    /** Real Fabric elects a Raft leader and finds its peers by gossip first; until then it refuses, saying so. */
    async untilAccepted<T>(
        submit: () => Promise<T>,
        deadlineMs = 30_000,
        isPassing = (error: unknown): boolean => error instanceof Failure,
    ): Promise<T> {
        const deadline = Date.now() + deadlineMs;
        for (;;) {
            try {
                return await submit();
            } catch (error) {
                if (Date.now() > deadline || !isPassing(error)) throw error;
                await sleep(500);
            }
        }
    }

    /** Ends every process; only what other test files go on with is kept. */
    down(): void {
        for (const ledger of this.#opened) ledger.close();
        this.run(this.#isShared ? 'stop' : 'down');
        rmSync(this.dir, { recursive: true, force: true });
    }
}

let opened = 0;

/** A transaction that conflicts with no other: it opens a wallet under a new id. */
export async function openWallet(ledger: Ledger): Promise<Committed<unknown>> {
    const name = `scenario-${String(process.pid)}-${String(opened++)}`;
    const { publicKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    return ledger.wallet.open({
        requestId: requestId.decode(`open-${name}`, 'requestId'),
        walletId: walletId.decode(name, 'walletId'),
        type: 'personal',
        keys: { publicKeys: [raw], threshold: 1, postQuantumKey: null },
    });
}

export async function isCommitted(chain: ChainReader, txId: string): Promise<boolean> {
    return (await chain.transactionStatus(txId)).validationCode === 'VALID';
}
