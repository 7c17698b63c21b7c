// SPDX-License-Identifier: Apache-2.0
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOrderer, type OrdererNode } from '../ordering/ordererNode.js';
import { testOrdering, type TestOrdering } from '../ordering/testing/testOrdering.js';
import { main } from './osnadmin.js';

interface Recording {
    readonly id: string;
    readonly argv: readonly string[];
    readonly exit: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** Calls of the recording in order, up to the first use of the channel. */
const recorded = readFileSync(join(__dirname, '../../fixtures/fabric-3.1.5/cli.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"id":"osnadmin-'))
    .map((line) => JSON.parse(line) as Recording);
const find = (id: string): Recording => {
    const recording = recorded.find((candidate) => candidate.id === id);
    if (recording === undefined) {
        throw new Error(`no recording ${id}`);
    }
    return recording;
};

let network: TestOrdering;
let node: OrdererNode;

beforeAll(async () => {
    network = testOrdering();
    writeFileSync(join(network.directory, 'power.block'), network.genesis('power'));
    writeFileSync(join(network.directory, 'garbage.block'), 'garbage');
    node = await runOrderer({ ...network.environment, ORDERER_METRICS_PROVIDER: 'disabled' });
});
afterAll(async () => {
    await node.close();
    rmSync(network.directory, { recursive: true });
});

/** The recorded command line with our addresses and files in place of those of the recorded network. */
function ours(argv: readonly string[]): string[] {
    return argv.slice(1).map((argument) =>
        argument
            .replace(/^localhost:\d+$/, node.adminAddress)
            .replace(/^.*\/tls\/ca\.crt$/, network.orderers.tlsRootFile)
            .replace(/^.*\/tls\/server\.(crt|key)$/, join(network.tlsFolder, 'server.$1'))
            .replace(/^channel-artifacts\//, `${network.directory}/`),
    );
}

async function run(argv: readonly string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
    const written = { stdout: '', stderr: '' };
    const spies = (['stdout', 'stderr'] as const).map((name) =>
        jest.spyOn(process[name], 'write').mockImplementation((chunk) => {
            written[name] += String(chunk);
            return true;
        }),
    );
    try {
        return { exit: await main(argv), ...written };
    } finally {
        spies.forEach((spy) => {
            spy.mockRestore();
        });
    }
}

describe('osnadmin prints what Fabric prints', () => {
    it.each([
        'osnadmin-list-empty',
        'osnadmin-list-unknown',
        'osnadmin-list-no-client-cert',
        'osnadmin-join-garbage',
        'osnadmin-join-wrong-id',
        'osnadmin-remove-unknown',
        'osnadmin-join',
        'osnadmin-join-again',
        'osnadmin-list',
        'osnadmin-list-channel',
        'osnadmin-list-no-status',
        'osnadmin-fetch-oldest',
        'osnadmin-fetch-99999',
        'osnadmin-fetch-abc',
        'osnadmin-fetch-unknown-channel',
        'osnadmin-update-garbage',
    ])('%s', async (id) => {
        const { argv, exit, stdout, stderr } = find(id);
        expect(await run(ours(argv))).toEqual({ exit, stdout, stderr });
    });

    it('writes the block it fetched', () => {
        const fetched = readFileSync(join(network.directory, 'osn-oldest.pb'));
        expect(fetched).toEqual(readFileSync(join(network.directory, 'power.block')));
    });

    it('says which connection was refused', async () => {
        const argv = ours(find('osnadmin-no-server').argv).map((argument) =>
            argument === node.adminAddress ? 'localhost:9' : argument,
        );
        expect(await run(argv)).toEqual({
            exit: 1,
            stdout: 'Error: Get "https://localhost:9/participation/v1/channels": dial tcp 127.0.0.1:9: connect: connection refused\n\n',
            stderr: '',
        });
    });

    it('removes a channel with an empty answer', async () => {
        const argv = ours(find('osnadmin-remove-unknown').argv).map((argument) =>
            argument === 'other' ? 'power' : argument,
        );
        expect(await run(argv)).toEqual({ exit: 0, stdout: 'Status: 204\n\n', stderr: '' });
    });

    it('names a missing flag', async () => {
        expect(await run(['channel', 'list'])).toEqual({
            exit: 1,
            stdout: '',
            stderr: 'osnadmin: error: parsing arguments: required flag --orderer-address not provided. Try --help\n',
        });
    });
});

interface HttpRecording {
    readonly id: string;
    readonly server: string;
    readonly method: string;
    readonly path: string;
    readonly requestHeaders?: Readonly<Record<string, string>>;
    readonly requestBody?: string;
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
}

describe('the operations endpoint answers as the recorded one', () => {
    const recordings = readFileSync(join(__dirname, '../../fixtures/fabric-3.1.5/services/http.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line.includes('"server":"orderer"'))
        .map((line) => JSON.parse(line) as HttpRecording);

    it.each(recordings.map((recording) => [recording.id, recording] as const))('%s', async (_, recording) => {
        const response = await fetch(`http://${node.operationsAddress}${recording.path}`, {
            method: recording.method,
            ...(recording.requestBody !== undefined && { body: recording.requestBody }),
        });
        expect(response.status).toBe(recording.status);
        expect(response.headers.get('content-type')).toBe(recording.headers?.['content-type'] ?? null);
        expect(response.headers.has('x-request-id')).toBe(recording.headers?.['x-request-id'] !== undefined);
        const shape = (body: string): string => body.replace(/"(time|Version|CommitSHA|spec)":"[^"]*"/g, '"$1":"…"');
        expect(shape(await response.text())).toBe(shape(recording.body ?? ''));
    });
});
