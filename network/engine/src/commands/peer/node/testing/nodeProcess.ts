// SPDX-License-Identifier: Apache-2.0
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const nodeModules = join(__dirname, '../../../../../../../node_modules');

interface NodeCommand {
    readonly args: readonly string[];
    readonly env: NodeJS.ProcessEnv;
    /** What the process writes when it is ready. */
    readonly ready: RegExp;
}

interface Ending {
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
}

/** A child process that can be ended and started again with the same command. */
export class NodeProcess {
    readonly #command: NodeCommand;
    #child: ChildProcess | undefined;
    #gone: Promise<Ending> = Promise.resolve({ code: null, signal: null });
    output = '';

    constructor(command: NodeCommand) {
        this.#command = command;
    }

    get pid(): number {
        return this.#child?.pid ?? 0;
    }

    /** Resolves when the process is gone, with the signal that ended it. */
    get gone(): Promise<NodeJS.Signals | null> {
        return this.#gone.then(({ signal }) => signal);
    }

    /** Resolves when the process says that it is ready, with the milliseconds since its start. */
    start(more: NodeJS.ProcessEnv = {}): Promise<number> {
        const { args, env, ready } = this.#command;
        const started = performance.now();
        this.output = '';
        const child = spawn(process.execPath, ['--max-semi-space-size=8', ...args], {
            env: { ...process.env, NODE_OPTIONS: '', NODE_PATH: nodeModules, ...env, ...more },
            stdio: ['ignore', 'pipe', 'pipe'],
        });
        this.#child = child;
        this.#gone = new Promise((resolve) =>
            child.once('exit', (code, signal) => {
                resolve({ code, signal });
            }),
        );
        return new Promise((resolve, reject) => {
            const read = (chunk: Buffer): void => {
                this.output = (this.output + chunk.toString()).slice(-100_000);
                if (ready.test(this.output)) resolve(performance.now() - started);
            };
            child.stdout.on('data', read);
            child.stderr.on('data', read);
            // Not `exit`: its last words may still be on their way.
            child.once('close', (code) => {
                reject(new Error(`${args.join(' ')} ended with ${String(code)}: ${this.output}`));
            });
        });
    }

    /** Resolves with the exit code when the process ends by itself, null after a signal. */
    async ended(): Promise<number | null> {
        return (await this.#gone).code;
    }

    /** Ends the process and waits until it is gone. */
    async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
        this.#child?.kill(signal);
        await this.#gone;
    }
}

/** Runs a command of an executable to its end. */
export function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): { code: number | null; output: string } {
    const options = { env: { ...process.env, NODE_OPTIONS: '', NODE_PATH: nodeModules, ...env } };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    return { code: status, output: `${String(stdout)}${String(stderr)}` };
}

/** Bundles an executable as the build does, into `directory`; returns the file. */
export function bundleExecutable(name: string, directory: string): string {
    const file = join(directory, `${name}.cjs`);
    const entry = join(__dirname, `../../../entry/${name}.ts`);
    const esbuild = join(nodeModules, 'esbuild/bin/esbuild');
    const options = ['--bundle', '--platform=node', '--target=node24', '--external:classic-level', '--log-level=error'];
    const { status, stderr } = spawnSync(process.execPath, [esbuild, entry, ...options, `--outfile=${file}`]);
    if (status !== 0) throw new Error(String(stderr));
    return file;
}
