// SPDX-License-Identifier: Apache-2.0
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { ConfigtxFolder } from '../channel/testing/configtxFolder.js';
import { redirectLog } from '../process/logging.js';
import { decode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';
import { main } from './configtxgen.js';

interface RecordedCall {
    id: string;
    argv: string[];
    exit: number;
    stdout: string;
    stderr: string;
}
const recordings = join(__dirname, '../../fixtures/fabric-3.1.5');
const recorded = new Map(
    readFileSync(join(recordings, 'cli.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line.includes('"configtxgen'))
        .map((line) => JSON.parse(line) as RecordedCall)
        .map((call) => [call.id, call]),
);

let folder = new ConfigtxFolder();
beforeEach(() => {
    folder = new ConfigtxFolder();
});
afterEach(() => {
    folder.remove();
    jest.restoreAllMocks();
});

interface Outcome {
    readonly exit: number;
    readonly stdout: string;
    /** What was logged, without times, colours, callers and the folder's name. */
    readonly log: readonly string[];
    readonly stderr: string;
}

async function run(argv: readonly string[]): Promise<Outcome> {
    const written = { stdout: '', stderr: '', log: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
        jest.spyOn(process[stream], 'write').mockImplementation((text) => {
            written[stream] += String(text);
            return true;
        });
    }
    const restore = redirectLog((line) => {
        written.log += line;
    });
    const exit = await main(argv, { FABRIC_CFG_PATH: folder.dir });
    restore();
    jest.restoreAllMocks();
    return { exit, stdout: written.stdout, stderr: written.stderr, log: messages(written.log) };
}

function messages(log: string): string[] {
    const plain = log.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
    const lines = plain.split('\n').filter((line) => line !== '');
    return lines.map((line) =>
        line.replace(/^.*UTC [0-9a-f]{4} (\w+) \[([\w.]+)\] \w+ -> /, '$1 $2 ').replaceAll(folder.dir, '$NET'),
    );
}

function withOutput(argv: readonly string[]): string[] {
    return argv.slice(1).map((argument) => (argument.endsWith('.block') ? join(folder.dir, argument) : argument));
}

test.each([...recorded.values()].filter(({ id }) => id !== 'configtxgen-version').map(({ id }) => id))(
    '%s ends, prints and logs as it did in the recording',
    async (id) => {
        const call = recorded.get(id)!;
        const { exit, stdout, log } = await run(withOutput(call.argv));
        expect(exit).toBe(call.exit);
        expect(stdout).toBe(call.stdout);
        expect(log).toEqual(messages(call.stderr));
    },
);

test('the recording has the calls that this relies on', () => {
    expect([...recorded.keys()]).toEqual(
        expect.arrayContaining([
            'configtxgen-genesis',
            'configtxgen-unknown-profile',
            'configtxgen-no-channel',
            'configtxgen-print-org',
        ]),
    );
});

test('the block written opens as a configuration and is nobody else’s to read', async () => {
    const path = join(folder.dir, 'new/folder/power.block');
    expect((await run(['--profile', 'PowerChannel', '--channelID=power', '-outputBlock', path])).exit).toBe(0);
    expect(ChannelConfiguration.fromConfigBlock(decode(common.Block, readFileSync(path), 'Block')).channelId).toBe(
        'power',
    );
    expect(statSync(path).mode & 0o007).toBe(0);
});

test('-inspectBlock prints the recorded genesis block as the recording has it', async () => {
    const { exit, stdout } = await run(['-inspectBlock', join(recordings, 'network/genesis.pb')]);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(join(recordings, 'network/genesis.json'), 'utf8')));
});

test('-inspectBlock shows the update that a later configuration came from', async () => {
    const { stdout } = await run(['-inspectBlock', join(recordings, 'blocks/0001.pb')]);
    const block = JSON.parse(stdout) as {
        data: { data: { payload: { data: { last_update: { payload: { data: { config_update: unknown } } } } } }[] };
    };
    const recordedUpdate: unknown = JSON.parse(readFileSync(join(recordings, 'config/anchor_update.json'), 'utf8'));
    expect(block.data.data[0]!.payload.data.last_update.payload.data.config_update).toEqual(recordedUpdate);
});

test.each([
    [
        'a block of transactions',
        ['-inspectBlock', join(recordings, 'blocks/0003.pb')],
        1,
        'Error on inspectBlock: block is not a config block',
    ],
    [
        'a file that is not there',
        ['-inspectBlock', '/nowhere'],
        1,
        'Error on inspectBlock: could not read block /nowhere',
    ],
    [
        'what Fabric 3 no longer has',
        ['-profile', 'P', '-outputCreateChannelTx', 'x'],
        1,
        '-outputCreateChannelTx belongs to system channels',
    ],
])('%s is refused', async (_, argv, exit, text) => {
    const outcome = await run(argv);
    expect(outcome.exit).toBe(exit);
    expect(outcome.log.at(-1)).toContain(text);
});

test('an unknown flag ends with the usage', async () => {
    const { exit, stderr } = await run(['-bogus']);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^flag provided but not defined: -bogus\nUsage of configtxgen:\n/);
});

test('-version names the engine', async () => {
    const { exit, stdout } = await run(['-version']);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^configtxgen:\n Version: v3\.1\.5-embedded/);
});
