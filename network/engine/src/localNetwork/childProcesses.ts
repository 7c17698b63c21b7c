// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isReady } from './readiness.js';

interface ProcessSpec {
    readonly name: string;
    readonly command: readonly string[];
    readonly environment: Readonly<Record<string, string>>;
    /** Working directory; the folder of the processes when undefined. */
    readonly directory?: string;
    /** Ports it listens on once it is ready. */
    readonly ports: readonly number[];
    readonly healthPort?: number;
}

const readyWithinMs = 60_000;
const closingTimeMs = 1_000;
const logTailCharacters = 2_000;

/** Processes that end with this one. Each logs into a file below `folder`. */
export class ChildProcesses {
    readonly #folder: string;
    readonly #running = new Map<string, ChildProcess>();
    #isOver = false;
    readonly #endAll = (): void => {
        for (const child of this.#running.values()) child.kill('SIGKILL');
    };

    constructor(folder: string) {
        this.#folder = folder;
        mkdirSync(join(folder, 'logs'));
        process.once('exit', this.#endAll);
    }

    /** Resolves when the process is ready. @throws Error with the end of its log when it ends first or is late. */
    async start(spec: ProcessSpec): Promise<void> {
        // What else was under way when one part failed must not leave a process behind.
        if (this.#isOver) throw new Error(`${spec.name}: the network was stopped`);
        const file = join(this.#folder, 'logs', `${spec.name}.log`);
        const log = openSync(file, 'a');
        const [command = '', ...args] = spec.command;
        const child = spawn(command, args, {
            cwd: spec.directory ?? this.#folder,
            env: inherited(spec.environment),
            stdio: ['ignore', log, log],
        });
        closeSync(log);
        let ending: string | undefined;
        child.once('error', ({ message }) => (ending = message));
        child.once('exit', (code, signal) => (ending = `ended with ${String(signal ?? code)}`));
        this.#running.set(spec.name, child);
        const deadline = performance.now() + readyWithinMs;
        for (;;) {
            const problem = ending ?? (performance.now() > deadline ? 'was not ready in time' : undefined);
            if (problem !== undefined) {
                const tail = readFileSync(file, 'utf8').slice(-logTailCharacters);
                throw new Error(`${spec.name}: ${problem}\n${tail}`);
            }
            if (await isReady(spec)) return;
            await pause(20);
        }
    }

    /** Ends one process, at once if it does not end by itself in time. */
    async stop(name: string): Promise<void> {
        const child = this.#running.get(name);
        this.#running.delete(name);
        if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill();
        const timer = setTimeout(() => child.kill('SIGKILL'), closingTimeMs);
        await gone;
        clearTimeout(timer);
    }

    /** Ends all, and keeps others from starting. */
    async stopAll(): Promise<void> {
        this.#isOver = true;
        await Promise.all([...this.#running.keys()].map((name) => this.stop(name)));
        process.off('exit', this.#endAll);
    }
}

/** Runs a command to its end. @throws Error with what it printed unless it ends with 0 */
export function runCommand(
    file: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
): Promise<string> {
    return new Promise((resolve, reject) => {
        execFile(file, [...args], { env: inherited(environment), timeout: readyWithinMs }, (error, stdout, stderr) => {
            if (error === null) resolve(stdout);
            else reject(new Error(`${[file, ...args].join(' ')} failed: ${stderr.trim() || error.message}`));
        });
    });
}

/** Nothing of this process's own settings, such as CORE_... or NODE_OPTIONS, may reach a node. */
function inherited(environment: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
    return { PATH: process.env.PATH, HOME: process.env.HOME, ...environment };
}
