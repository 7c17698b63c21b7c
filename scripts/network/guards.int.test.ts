// SPDX-License-Identifier: Apache-2.0
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const main = resolve(__dirname, 'main.mts');
let folder: string;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'power guards '));
});

afterEach(() => {
    rmSync(folder, { recursive: true });
});

/** What the script printed, and its exit code; it never gets as far as starting a process. */
function run(args: readonly string[], settings: NodeJS.ProcessEnv): { status: number | null; printed: string } {
    const env = { ...process.env, NODE_OPTIONS: '', POWER_NETWORK_DIR: join(folder, 'network'), ...settings };
    const options = { env, encoding: 'utf8', timeout: 20_000, cwd: folder } as const;
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', main, ...args],
        options,
    );
    return { status, printed: stdout + stderr };
}

it.each([
    ['abc', 'takes a whole number'],
    ['-1', 'takes a whole number'],
    ['1.5', 'takes a whole number'],
    ['60000', 'beyond 65535'],
])('refuses POWER_PORT_OFFSET=%s before anything is started', (offset, problem) => {
    const { status, printed } = run(['up', '-engine', 'embedded'], { POWER_PORT_OFFSET: offset });
    expect(printed).toContain(problem);
    expect(printed).not.toContain('    at ');
    expect(status).toBe(1);
    expect(existsSync(join(folder, 'network'))).toBe(false);
});

describe("a folder with somebody's files", () => {
    beforeEach(() => {
        writeFileSync(join(folder, 'thesis.txt'), 'years of work');
    });

    it.each(['up', 'demo'])('gets no network by %s', (verb) => {
        const { status, printed } = run([verb, '-engine', 'embedded'], { POWER_NETWORK_DIR: folder });
        expect(printed).toContain('holds other files and no network');
        expect(status).toBe(1);
        expect(readdirSync(folder)).toEqual(['thesis.txt']);
    });

    it('is not removed by down', () => {
        expect(run(['down'], { POWER_NETWORK_DIR: folder }).status).toBe(0);
        expect(readdirSync(folder)).toEqual(['thesis.txt']);
    });

    it('is not removed by down from within it when POWER_NETWORK_DIR is set to nothing', () => {
        // `status` shows which folder is meant: the project's own one, not the one the command is run from.
        writeFileSync(join(folder, 'choice.json'), '{');
        const { printed } = run(['status'], { POWER_NETWORK_DIR: '' });
        expect(printed).not.toContain(folder);
    });
});

it('a damaged network says so, and can be taken down', () => {
    const network = join(folder, 'network');
    mkdirSync(join(network, 'processes'), { recursive: true });
    writeFileSync(join(network, 'choice.json'), '{"engine":');
    writeFileSync(join(network, 'processes', 'authority-ca.json'), '');
    expect(run(['status'], {}).printed).toContain('Run ./test-network.sh down');
    expect(run(['down'], {}).status).toBe(0);
    expect(existsSync(network)).toBe(false);
});

describe('two commands at once', () => {
    const lockFile = (): string => {
        const digest = createHash('sha256').update(join(folder, 'network')).digest('hex');
        return join(tmpdir(), `power-network-${digest.slice(0, 16)}.lock`);
    };

    it('the second waits for its turn', () => {
        writeFileSync(lockFile(), String(process.pid));
        const { status, printed } = run(['down'], {});
        rmSync(lockFile());
        expect(printed).toContain(`Another command (process ${String(process.pid)}) is changing this network.`);
        expect(status).toBe(1);
    });

    it('a lock whose holder is gone is taken over, and given back', () => {
        const gone = spawnSync(process.execPath, ['-e', '']).pid;
        writeFileSync(lockFile(), String(gone));
        expect(run(['down'], {}).status).toBe(0);
        expect(existsSync(lockFile())).toBe(false);
    });
});

it('down ends what a killed process has left behind', async () => {
    const network = join(folder, 'network');
    const leader = spawn('bash', ['-c', 'sleep 60 & echo $!; wait'], { detached: true });
    const [printed] = (await once(leader.stdout, 'data')) as [Buffer];
    const orphan = Number(printed.toString());
    const stat = readFileSync(`/proc/${String(leader.pid)}/stat`, 'utf8');
    const startTicks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    leader.kill('SIGKILL');
    await once(leader, 'exit');
    mkdirSync(join(network, 'processes'), { recursive: true });
    writeFileSync(join(network, 'choice.json'), '{"engine":"embedded","orderers":1}');
    const spec = { name: 'orphaned', command: ['bash'], environment: {}, ports: [] };
    writeFileSync(join(network, 'processes', 'orphaned.json'), JSON.stringify({ spec, pid: leader.pid, startTicks }));
    expect(run(['down'], {}).status).toBe(0);
    expect(isRunning(orphan)).toBe(false);
});

/** An orphan that nobody waits for may stay as a zombie. */
function isRunning(pid: number): boolean {
    const file = `/proc/${String(pid)}/stat`;
    return existsSync(file) && !/^\d+ \(.*\) Z/.test(readFileSync(file, 'utf8'));
}

it('the script finds itself through a symbolic link', () => {
    const link = join(folder, 'tn');
    symlinkSync(resolve(__dirname, '../../test-network.sh'), link);
    const { status, stdout } = spawnSync(link, ['-h'], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toContain('Usage: ./test-network.sh VERB');
    expect(status).toBe(0);
});
