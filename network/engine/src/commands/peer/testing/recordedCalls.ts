// SPDX-License-Identifier: Apache-2.0
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { redirectLog } from '../../../process/logging.js';
import { encode } from '../../../wire/decode.js';
import { protos } from '../../../wire/protobuf.js';
import { main } from '../peer.js';
import { type Answers, startStandInNetwork, type StandInNetwork, unexpected } from './standInNetwork.js';

// Runs command lines that were recorded with Fabric's own peer command against peers and an orderer that answer what
// Fabric's answered, and compares exit code, stdout and stderr.

interface RecordedCall {
    readonly id: string;
    readonly argv: readonly string[];
    readonly exit: number;
    readonly stdout: string;
    readonly stderr: string;
}

export const recordings = join(__dirname, '../../../../fixtures/fabric-3.1.5');

const calls = readFileSync(join(recordings, 'cli.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedCall);

/** A recorded call by its label. @throws Error when there is none. */
export const recordedCall = (id: string): RecordedCall => {
    const call = calls.find((candidate) => candidate.id === id);
    if (call === undefined) throw new Error(`nothing recorded as ${id}`);
    return call;
};

/** The stand-in network of a test file and the environment its verbs run in. */
interface Replay {
    readonly network: StandInNetwork;
    env: Record<string, string>;
}

/** Starts a network for the test file; each test begins with a peer that refuses and a fresh environment. */
export const useReplay = (): Replay => {
    const previousFolder = process.cwd();
    const replay = {} as { network: StandInNetwork; env: Record<string, string> };
    beforeAll(async () => {
        replay.network = await startStandInNetwork(4);
        prepareFolder(replay.network.folder);
        process.chdir(replay.network.folder);
    });
    beforeEach(() => {
        const { answers, folder, mspFolder, peers, tlsRootFile } = replay.network;
        Object.assign(answers, unexpected);
        replay.env = {
            FABRIC_CFG_PATH: folder,
            CORE_PEER_LOCALMSPID: 'AuthorityMSP',
            CORE_PEER_MSPCONFIGPATH: mspFolder,
            CORE_PEER_ADDRESS: peers[0] ?? '',
            CORE_PEER_TLS_ENABLED: 'true',
            CORE_PEER_TLS_ROOTCERT_FILE: tlsRootFile,
        };
    });
    afterAll(async () => {
        process.chdir(previousFolder);
        await replay.network.close();
    });
    return replay;
};

/** Runs a verb in this process and collects what it writes. */
export const runPeer = async (
    { env }: Replay,
    argv: readonly string[],
): Promise<{ exit: number; stdout: string; stderr: string }> => {
    const output = { stdout: '', stderr: '' };
    const collect = (stream: 'stdout' | 'stderr') => (text: string | Uint8Array) => {
        output[stream] += Buffer.from(text).toString('utf8');
        return true;
    };
    const restoreLog = redirectLog(collect('stderr'));
    const stdout = jest.spyOn(process.stdout, 'write').mockImplementation(collect('stdout'));
    const stderr = jest.spyOn(process.stderr, 'write').mockImplementation(collect('stderr'));
    try {
        return { exit: await main(argv, env), ...output };
    } finally {
        restoreLog();
        stdout.mockRestore();
        stderr.mockRestore();
    }
};

/** Runs a recorded command line with the given answers and expects what was recorded. */
export const expectRecorded = async (replay: Replay, id: string, answers: Partial<Answers> = {}): Promise<void> => {
    const recorded = recordedCall(id);
    Object.assign(replay.network.answers, answers);
    const outcome = await runPeer(replay, ownArguments(replay.network, recorded.argv));
    expect(outcome.stdout).toBe(recorded.stdout);
    expect(comparable(replay.network, outcome.stderr)).toBe(comparable(replay.network, recorded.stderr));
    expect(outcome.exit).toBe(recorded.exit);
};

/** A peer that answers every call alike, without an endorsement. */
export const answer = (response: protos.Response.$Properties): Partial<Answers> => ({
    propose: () => ({ response }),
});

/** A peer that answers with a message. */
export const payload = <P>(type: { encode(message: P): { finish(): Uint8Array } }, message: P): Partial<Answers> =>
    answer({ status: 200, payload: encode(type, message) });

/** A peer that endorses. */
export const endorsed = (response: protos.Response.$Properties): Pick<Answers, 'propose'> => ({
    propose: () => ({
        version: 1,
        response,
        payload: encode(protos.ProposalResponsePayload, {
            proposalHash: Buffer.alloc(32),
            extension: encode(protos.ChaincodeAction, { response }),
        }),
        endorsement: { endorser: Buffer.from('peer'), signature: Buffer.from('signature') },
    }),
});

/** What the peer answered when a call was refused: status and message are in the recorded text. */
export const recordedRefusal = (id: string): Partial<Answers> => {
    const { stderr } = recordedCall(id);
    const forms = [
        /with status: (\d+) - (.*)\n/,
        /bad proposal response (\d+): (.*)\)\n/,
        /bad response, status (\d+): (.*)\n/,
        /during \w+\. response: status:(\d+) {2}message:"(.*?)"(?: {2}payload:"(.*)")?\n/,
    ];
    for (const form of forms) {
        const [, status, message, body] = form.exec(stderr) ?? [];
        if (status !== undefined) {
            return answer({ status: Number(status), message: message ?? '', payload: Buffer.from(body ?? '') });
        }
    }
    throw new Error(`no refusal in ${stderr}`);
};

const prepareFolder = (folder: string): void => {
    cpSync(join(recordings, 'network/chaincode'), join(folder, 'pkg'), { recursive: true });
    cpSync(join(recordings, 'network/collections.json'), join(folder, 'collections.json'));
    mkdirSync(join(folder, 'channel-artifacts'));
    cpSync(join(recordings, 'network/genesis.pb'), join(folder, 'channel-artifacts/power.block'));
    writeFileSync(join(folder, 'channel-artifacts/garbage.block'), 'garbage');
    writeFileSync(join(folder, 'core.yaml'), 'peer: { address: localhost:1 }\n');
};

/** The recorded arguments with the addresses and files of the stand-in network. */
const ownArguments = (network: StandInNetwork, argv: readonly string[]): readonly string[] =>
    argv.slice(1).map((argument) =>
        argument
            .replace(/^localhost:230([1-4])0$/, (_, index: string) => network.peers[Number(index) - 1] ?? '')
            .replace('localhost:23000', network.orderer)
            .replace(/^\$NET\/.*\.(?:pem|crt)$/, network.tlsRootFile),
    );

/** Without colours, times, record numbers, function names, transaction ids and addresses; commit lines in any order. */
const comparable = (network: StandInNetwork, text: string): string => {
    let stable = stripVTControlCharacters(text)
        .replace(/^\d{4}-\d\d-\d\d [\d:.]+ UTC [0-9a-f]{4} (\w+) (\[[\w.]+\]) \S+ ->/gm, '$1 $2 ->')
        .replace(/txid \[[0-9a-f]{64}\]/g, 'txid [id]')
        .replaceAll(network.orderer, 'localhost:23000');
    network.peers.forEach((address, index) => {
        stable = stable.replaceAll(address, `localhost:230${String(index + 1)}0`);
    });
    const lines = stable.split('\n');
    const committed = lines.filter((line) => line.includes('committed with status'));
    return [...committed.sort(), ...lines.filter((line) => !committed.includes(line))].join('\n');
};
