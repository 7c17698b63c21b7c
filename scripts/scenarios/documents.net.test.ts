// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TestNetwork } from './testNetwork';

jest.setTimeout(300_000);

const project = resolve(__dirname, '../..');
const network = new TestNetwork();
/** Executed by what runs this test, not inside it. */
const runElsewhere = new Set(['npm test']);

/** The commands of a page: the lines of its `sh` blocks, in order. */
function commandsOf(page: string): string[] {
    const blocks = readFileSync(join(project, page), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g);
    return [...blocks]
        .flatMap((block) => (block[1] ?? '').split('\n'))
        .map((line) => line.replace(/\s+#.*$/, '').trim())
        .filter((line) => line !== '' && !runElsewhere.has(line));
}

/** Runs a page as a reader would: one shell, one command after the other; it ends at the first that fails. */
function runPage(page: string): { status: number | null; output: string } {
    const ported = (line: string): string =>
        line.replaceAll('127.0.0.1:9443', `127.0.0.1:${String(network.portOffset + 9443)}`);
    const lines = commandsOf(page).map((line) => `echo '$ ${line.replaceAll("'", '"')}'\n${ported(line)}`);
    const environment = { ...network.environment, POWER_CONFIG: join(network.networkDir, 'power.yaml') };
    const script = `set -e\n${lines.join('\n')}\n`.replaceAll('.network/', `${network.networkDir}/`);
    const shell = spawnSync('bash', ['-c', script], {
        cwd: project,
        env: environment,
        encoding: 'utf8',
        timeout: 280_000,
    });
    return { status: shell.status, output: `${shell.stdout}\n${shell.stderr}` };
}

afterEach(() => {
    network.run('down');
});
afterAll(() => {
    network.down();
});

describe('every command in the documents works', () => {
    it.each(['README.md', 'docs/start.md', 'docs/guides/operators.md', 'network/engine/README.md'])('%s', (page) => {
        expect(commandsOf(page).length).toBeGreaterThan(2);
        const { status, output } = runPage(page);
        if (status !== 0) throw new Error(`${page} stopped at its last command:\n${output.slice(-4000)}`);
    });
});
