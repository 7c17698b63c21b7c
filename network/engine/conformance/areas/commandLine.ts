// SPDX-License-Identifier: Apache-2.0
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ConfigtxFolder } from '../../src/channel/testing/configtxFolder.js';
import {
    startStandInNetwork,
    type StandInNetwork,
    unexpected,
} from '../../src/commands/peer/testing/standInNetwork.js';
import { runOrderer, type OrdererNode } from '../../src/ordering/ordererNode.js';
import { testOrdering, type TestOrdering } from '../../src/ordering/testing/testOrdering.js';
import { OrdererClient, signedMessage } from '../../src/ordering/testing/ordererClient.js';
import { loadLocalMsp } from '../../src/identity/localMsp.js';
import { HeaderType } from '../../src/wire/codes.js';
import type { Checks } from '../checks.js';
import { answersTo } from '../commandLine/answers.js';
import { type Outcome, programs, runCommand } from '../commandLine/runCommand.js';
import { type RecordedCall, recordedCalls } from '../recordedCalls.js';
import type { Recordings } from '../recordings.js';

/**
 * Every recorded command line. `peer` meets peers and an orderer that answer as the recorded output tells, configtxgen the
 * recorded folder, osnadmin an orderer of the engine; exit code, stdout and stderr are compared.
 */
export async function replayCommandLine(recordings: Recordings, checks: Checks): Promise<void> {
    const before = process.cwd();
    const calls = recordedCalls(recordings);
    const runners: Readonly<Record<string, Runner>> = {
        configtxgen: new ConfigtxgenRunner(recordings),
        osnadmin: await OsnadminRunner.start(recordings),
        peer: await PeerRunner.start(recordings),
    };
    try {
        for (const { value: call } of calls.all) {
            const runner = runners[call.argv[0] ?? ''] ?? runners.peer;
            const program = programs[call.argv[0] ?? ''];
            if (program === undefined || runner === undefined) {
                checks.notReplayed(calls.place(call.id));
                continue;
            }
            await checks.guard(calls.place(call.id), async () => {
                const { argv, env } = await runner.prepare(call);
                const outcome = runner.comparable(await runCommand(program, argv, env), call);
                checks.equal(calls.place(call.id), runner.comparable(call, call), outcome);
            });
        }
    } finally {
        process.chdir(before);
        await Promise.all(Object.values(runners).map((runner) => runner.close()));
    }
}

interface Invocation {
    readonly argv: readonly string[];
    readonly env: NodeJS.ProcessEnv;
}

interface Runner {
    prepare(call: RecordedCall): Invocation | Promise<Invocation>;
    /** Without what differs from run to run: times, ids, folders and addresses of our own. */
    comparable(outcome: Outcome, call: RecordedCall): Outcome;
    close(): Promise<void>;
}

const logLine = /^\d{4}-\d\d-\d\d [\d:.]+ UTC [0-9a-f]{4} (\w+) (\[[\w.]+\]) \S+ ->/gm;

/** A log without colours, times, record numbers and names of Go functions. */
const plainLog = (text: string): string => stripVTControlCharacters(text).replace(logLine, '$1 $2 ->');

class ConfigtxgenRunner implements Runner {
    readonly #folder: ConfigtxFolder;

    constructor(recordings: Recordings) {
        this.#folder = new ConfigtxFolder(undefined, recordings.path('network'));
    }

    prepare({ argv }: RecordedCall): Invocation {
        const own = argv.slice(1).map((one) => (one.endsWith('.block') ? join(this.#folder.dir, one) : one));
        return { argv: own, env: { FABRIC_CFG_PATH: this.#folder.dir } };
    }

    comparable({ exit, stdout, stderr }: Outcome): Outcome {
        return { exit, stdout, stderr: plainLog(stderr).replaceAll(this.#folder.dir, '$NET') };
    }

    close(): Promise<void> {
        this.#folder.remove();
        return Promise.resolve();
    }
}

class OsnadminRunner implements Runner {
    readonly #recordings: Recordings;
    readonly #network: TestOrdering;
    readonly #node: OrdererNode;
    #isOrdered = false;

    private constructor(recordings: Recordings, network: TestOrdering, node: OrdererNode) {
        this.#recordings = recordings;
        this.#network = network;
        this.#node = node;
    }

    static async start(recordings: Recordings): Promise<OsnadminRunner> {
        const network = testOrdering();
        const { channel } = recordings.set;
        writeFileSync(join(network.directory, `${channel}.block`), network.genesis(channel));
        writeFileSync(join(network.directory, 'garbage.block'), 'garbage');
        for (const name of configUpdates(recordings)) {
            cpSync(recordings.path(`config/${name}`), join(network.directory, name));
        }
        const node = await runOrderer({ ...network.environment, ORDERER_METRICS_PROVIDER: 'disabled' });
        return new OsnadminRunner(recordings, network, node);
    }

    async prepare({ argv, stdout }: RecordedCall): Promise<Invocation> {
        if (argv.includes('fetch')) await this.#orderOneBlock();
        const address = stdout.includes('connection refused') ? 'localhost:9' : this.#node.adminAddress;
        const { directory, orderers, tlsFolder } = this.#network;
        const own = argv.slice(1).map((argument) =>
            argument
                .replace(/^localhost:\d+$/, address)
                .replace(/^.*\/tls\/ca\.crt$/, orderers.tlsRootFile)
                .replace(/^.*\/tls\/server\.(crt|key)$/, join(tlsFolder, 'server.$1'))
                .replace(/^channel-artifacts\//, `${directory}/`),
        );
        return { argv: own, env: {} };
    }

    comparable({ exit, stdout, stderr }: Outcome, { id }: RecordedCall): Outcome {
        const recordedPort = String(this.#recordings.ports.ordererAdmin);
        const ownPort = this.#node.adminAddress.split(':').at(-1) ?? '';
        const text = stdout
            .replaceAll(new RegExp(`:(${recordedPort}|${ownPort}|9)\\b`, 'g'), ':port')
            // The orderer of the replay holds the genesis block alone.
            .replace(/("height": )\d+/, id.endsWith('-final') ? '$1n' : '$&');
        // The orderer logs in the same process here.
        return { exit, stdout: text, stderr: plainLog(stderr).replace(/^\w+ \[orderer\..*\n/gm, '') };
    }

    /** The recorded chain had a block 1 when blocks were fetched. */
    async #orderOneBlock(): Promise<void> {
        if (this.#isOrdered) return;
        this.#isOrdered = true;
        const { channel } = this.#recordings.set;
        const { members, orderers } = this.#network;
        const { signer } = loadLocalMsp(members.mspFolder('user'), members.mspId);
        const client = new OrdererClient(this.#node.address, orderers.tlsRootFile, signer);
        await client.broadcast([signedMessage(signer, channel, Buffer.from('any'), HeaderType.ENDORSER_TRANSACTION)]);
        await client.deliver(channel, { start: 1, stop: 1 });
    }

    close(): Promise<void> {
        return this.#node.close();
    }
}

class PeerRunner implements Runner {
    readonly #recordings: Recordings;
    readonly #network: StandInNetwork;
    readonly #environments: Readonly<Record<string, Readonly<Record<string, string>>>>;

    private constructor(recordings: Recordings, network: StandInNetwork) {
        this.#recordings = recordings;
        this.#network = network;
        this.#environments = recordings.json('cli-environments.json');
    }

    static async start(recordings: Recordings): Promise<PeerRunner> {
        const network = await startStandInNetwork(recordings.members().length, recordings.set.channel);
        const { folder } = network;
        cpSync(recordings.path('network/chaincode'), join(folder, 'pkg'), { recursive: true });
        cpSync(recordings.path('network/collections.json'), join(folder, 'collections.json'));
        mkdirSync(join(folder, 'channel-artifacts'));
        const artifact = (name: string): string => join(folder, 'channel-artifacts', name);
        cpSync(recordings.path('network/genesis.pb'), artifact(`${recordings.set.channel}.block`));
        for (const name of configUpdates(recordings)) cpSync(recordings.path(`config/${name}`), artifact(name));
        writeFileSync(artifact('garbage.block'), 'garbage');
        writeFileSync(join(folder, 'core.yaml'), 'peer: { address: localhost:1 }\n');
        process.chdir(folder);
        return new PeerRunner(recordings, network);
    }

    prepare(call: RecordedCall): Invocation {
        const { answers, folder, tlsRootFile, mspFolder } = this.#network;
        Object.assign(answers, unexpected, answersTo(call, this.#recordings, folder));
        const recorded = this.#environments[call.env] ?? {};
        const refusesConnections = call.stderr.includes('connection refused');
        const env: NodeJS.ProcessEnv = { FABRIC_CFG_PATH: folder };
        for (const [name, value] of Object.entries(recorded)) {
            if (name === 'CORE_PEER_ADDRESS') env[name] = refusesConnections ? 'localhost:9' : this.#ownAddress(value);
            else if (name.startsWith('CORE_')) env[name] = value;
        }
        if (recorded.CORE_PEER_MSPCONFIGPATH?.includes('/users/') === true) env.CORE_PEER_MSPCONFIGPATH = mspFolder;
        if (recorded.CORE_PEER_TLS_ROOTCERT_FILE !== undefined) {
            const isOwn = recorded.CORE_PEER_TLS_ROOTCERT_FILE === this.#tlsRootOf(recorded.CORE_PEER_ADDRESS ?? '');
            env.CORE_PEER_TLS_ROOTCERT_FILE = isOwn ? tlsRootFile : this.#recordings.path('ca/ca-cert.pem');
        }
        if (call.stderr.includes('context deadline exceeded')) env.CORE_PEER_CLIENT_CONNTIMEOUT = '300ms';
        const argv = call.argv.slice(1).map((argument) => this.#ownArgument(argument, refusesConnections));
        return { argv, env };
    }

    #ownArgument(argument: string, refusesConnections: boolean): string {
        if (/^\$NET\/.*\.(?:pem|crt)$/.test(argument)) return this.#network.tlsRootFile;
        if (!/^localhost:\d+$/.test(argument)) return argument;
        return refusesConnections && argument === this.#orderer() ? 'localhost:9' : this.#ownAddress(argument);
    }

    #orderer(): string {
        return `localhost:${String(this.#recordings.ports.orderer)}`;
    }

    /** Our address in place of a recorded one. */
    #ownAddress(address: string): string {
        const ports = Object.values(this.#recordings.ports.peers);
        const index = ports.findIndex((port) => address === `localhost:${String(port)}`);
        return address === this.#orderer() ? this.#network.orderer : (this.#network.peers[index] ?? address);
    }

    /** The recorded TLS root of the peer at an address, as the environment of most commands has it. */
    #tlsRootOf(address: string): string | undefined {
        const own = Object.entries(this.#environments).find(
            ([name, { CORE_PEER_ADDRESS }]) => CORE_PEER_ADDRESS === address && !name.includes('#'),
        );
        return own?.[1].CORE_PEER_TLS_ROOTCERT_FILE;
    }

    comparable({ exit, stdout, stderr }: Outcome, call: RecordedCall): Outcome {
        let log = plainLog(stderr)
            .replace(/txid \[[0-9a-f]{64}\]/g, 'txid [id]')
            .replace(/( payload:".*") {2}endorsement:\{.*/, '$1 …')
            .replaceAll(`${this.#network.folder}/$NET`, '$NET');
        if (call.stderr.includes('connection refused')) log = log.replace(/(\d+\.0\.0\.1|localhost):\d+/g, '$1:port');
        log = log.replaceAll(this.#network.orderer, this.#orderer());
        Object.values(this.#recordings.ports.peers).forEach((port, index) => {
            log = log.replaceAll(this.#network.peers[index] ?? '', `localhost:${String(port)}`);
        });
        // Peers tell of a commit in any order.
        const lines = log.split('\n');
        const commits = lines.filter((line) => line.includes('committed with status'));
        return {
            exit,
            stdout,
            stderr: [...commits.sort(), ...lines.filter((line) => !commits.includes(line))].join('\n'),
        };
    }

    close(): Promise<void> {
        return this.#network.close();
    }
}

function configUpdates(recordings: Recordings): string[] {
    const names = recordedCalls(recordings).all.flatMap(({ value: { argv } }) =>
        argv.flatMap((argument) => /^channel-artifacts\/(.*\.pb)$/.exec(argument)?.[1] ?? []),
    );
    return [...new Set(names)].filter((name) => recordings.has(`config/${name}`));
}
