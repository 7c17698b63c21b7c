// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { common } from '../wire/protobuf.js';
import { main } from './configtxlator.js';

const recordings = join(__dirname, '../../fixtures/fabric-3.1.5');
let folder = '';
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'configtxlator-'));
});
afterAll(() => {
    rmSync(folder, { recursive: true });
});
afterEach(() => {
    jest.restoreAllMocks();
});

const at = (name: string): string => join(folder, name);
const recorded = (name: string): string => join(recordings, name);

async function run(...argv: string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
    const written = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
        jest.spyOn(process[stream], 'write').mockImplementation((text) => {
            written[stream] += String(text);
            return true;
        });
    }
    const exit = await main(argv);
    jest.restoreAllMocks();
    return { exit, ...written };
}

const silent = { exit: 0, stdout: '', stderr: '' };

describe('configtxlator', () => {
    it('leads from a config block to an update as it was recorded', async () => {
        const json = JSON.parse(readFileSync(recorded('network/genesis.json'), 'utf8')) as unknown;
        const decode = ['proto_decode', '--type', 'common.Block', '--input', recorded('network/genesis.pb')];
        expect(JSON.parse((await run(...decode)).stdout)).toEqual(json);
        expect(await run(...decode, '--output', at('block.json'))).toEqual(silent);
        expect(JSON.parse(readFileSync(at('block.json'), 'utf8'))).toEqual(json);
        expect(statSync(at('block.json')).mode & 0o777).toBe(0o600);

        const original = recorded('config/batch_original.pb');
        const config = ['--type', 'common.Config'];
        expect(await run('proto_decode', ...config, '--input', original, '--output', at('config.json'))).toEqual(
            silent,
        );
        const changed = readFileSync(at('config.json'), 'utf8').replace(
            '"max_message_count": 500',
            '"max_message_count": 501',
        );
        writeFileSync(at('changed.json'), changed);
        const encode = [...config, '--input', at('changed.json'), '--output', at('changed.pb')];
        expect(await run('proto_encode', ...encode)).toEqual(silent);
        const files = ['--original', original, '--updated', at('changed.pb'), '--output', at('update.pb')];
        expect(await run('compute_update', '--channel_id', 'power', ...files)).toEqual(silent);
        const update = common.ConfigUpdate.decode(readFileSync(at('update.pb')));
        expect(update.writeSet?.groups?.Orderer?.values?.BatchSize?.version).toBe(1);
        expect(Object.keys(update.writeSet?.groups?.Orderer?.values ?? {})).toEqual(['BatchSize']);
    });

    it.each([
        [['proto_decode'], 'required flag --type not provided, try --help'],
        [
            ['proto_decode', '--type', 'common.Config', '--input', '/nope'],
            'open /nope: no such file or directory, try --help',
        ],
        [['bogus'], 'expected command but got "bogus", try --help'],
        [['proto_encode', '--bogus'], "unknown long flag '--bogus', try --help"],
        [['compute_update', '--type', 'x'], "unknown long flag '--type', try --help"],
        [['start', '--port', '7059'], "the embedded engine has no REST server; use configtxlator's other commands"],
    ])('%p is refused', async (argv, text) => {
        expect(await run(...argv)).toEqual({ exit: 1, stdout: '', stderr: `configtxlator: error: ${text}\n` });
    });

    it('refuses files that are none, in the words of Fabric', async () => {
        writeFileSync(at('bad'), '{"sequence"');
        const bad = ['--type', 'common.Config', '--input', at('bad')];
        expect((await run('proto_decode', ...bad)).stderr).toBe(
            'configtxlator: error: Error decoding: error unmarshalling: proto: cannot parse invalid wire-format data\n',
        );
        expect((await run('proto_encode', ...bad)).stderr).toContain('Error decoding: error decoding input: ');
        const same = recorded('config/batch_original.pb');
        expect(await run('compute_update', '--channel_id', 'c', '--original', same, '--updated', same)).toEqual({
            exit: 1,
            stdout: '',
            stderr: 'configtxlator: error: Error computing update: error computing config update: no differences detected between original and updated config\n',
        });
    });

    it('says which messages it translates', async () => {
        expect((await run('proto_decode', '--type', 'common.Nope', '--input', at('bad'))).stderr).toContain(
            'the embedded engine does not translate common.Nope; configtxlator --help names what it does',
        );
        expect((await run()).stdout).toContain('common.ConfigEnvelope');
    });
});
