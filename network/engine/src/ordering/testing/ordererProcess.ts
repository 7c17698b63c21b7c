// SPDX-License-Identifier: Apache-2.0
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const source = join(__dirname, '../../commands/entry');
const esbuild = join(__dirname, '../../../../../node_modules/esbuild/bin/esbuild');

/** Bundles an executable's entry as the build does, into `directory`; returns the file. */
export function bundleEntry(name: string, directory: string): string {
    const file = join(directory, `${name}.cjs`);
    const { status, stderr } = spawnSync(process.execPath, [
        esbuild,
        join(source, `${name}.ts`),
        '--bundle',
        '--platform=node',
        '--external:classic-level',
        '--log-level=error',
        `--outfile=${file}`,
    ]);
    if (status !== 0) {
        throw new Error(String(stderr));
    }
    return file;
}

export interface OrdererProcess {
    readonly child: ChildProcess;
    readonly address: string;
    readonly adminAddress: string;
    readonly operationsAddress: string;
    /** From spawn to the line that says that it serves. */
    readonly startMs: number;
    /** Ends it with a signal and waits until it is gone. */
    end(signal: NodeJS.Signals): Promise<void>;
}

/** Starts an orderer process and waits until it serves. Throws with its output when it ends instead. */
export function startOrderer(bundle: string, environment: NodeJS.ProcessEnv): Promise<OrdererProcess> {
    const started = performance.now();
    const child = spawn(process.execPath, [bundle, 'start'], {
        env: {
            ...process.env,
            NODE_OPTIONS: '',
            NODE_PATH: join(__dirname, '../../../../../node_modules'),
            FABRIC_LOGGING_FORMAT: '%{level} %{message}',
            ...environment,
            FABRIC_LOGGING_SPEC: 'orderer.common.server=info:error',
        },
        stdio: ['ignore', 'ignore', 'pipe'],
    });
    const gone = new Promise<void>((resolve) => child.once('exit', resolve));
    const end = (signal: NodeJS.Signals): Promise<void> => {
        child.kill(signal);
        return gone;
    };
    return new Promise((resolve, reject) => {
        let output = '';
        child.stderr.on('data', (chunk: Buffer) => {
            output += chunk.toString();
            const serving = /Beginning to serve requests on (\S+) admin=(\S+) operations=(\S+)/.exec(output);
            if (serving !== null) {
                const [, address = '', adminAddress = '', operationsAddress = ''] = serving;
                resolve({ child, address, adminAddress, operationsAddress, startMs: performance.now() - started, end });
            }
        });
        child.once('exit', (code) => {
            reject(new Error(`the orderer ended with ${String(code)}: ${output}`));
        });
    });
}
