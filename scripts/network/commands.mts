// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { peerClientEnvironment } from '@power-currency/engine/localNetwork/nodeEnvironments.js';
import { caCertificate, networkDir, peerDir, userDir, type Organisation } from './consortium.mts';
import type { Engine } from './engineChoice.mts';
import { StepFailure } from './progress.mts';

interface Output {
    readonly stdout: string;
    readonly stderr: string;
}

/** Runs one of the engine's commands to its end; a non-zero exit is a failure that shows what it printed. */
export function runCommand(
    engine: Engine,
    name: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
    timeoutMs = 60_000,
): Promise<Output> {
    const env = { ...baseEnvironment(engine), ...environment };
    return new Promise((resolve, reject) => {
        const options = { cwd: networkDir, env, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 };
        execFile(join(engine.binDir, name), [...args], options, (error, stdout, stderr) => {
            if (!error) {
                resolve({ stdout, stderr });
                return;
            }
            const shown = [name, ...args].join(' ').slice(0, 200);
            const reason = error.killed === true ? `did not end within ${String(timeoutMs / 1000)} s` : 'failed';
            reject(new StepFailure(`\`${shown}\` ${reason}.`, tail(`${stdout}${stderr}`)));
        });
    });
}

function tail(text: string): string {
    const lines = text.trimEnd().split('\n').slice(-8);
    return lines.map((line) => `    ${line.slice(0, 600)}`).join('\n');
}

function baseEnvironment(engine: Engine): NodeJS.ProcessEnv {
    return {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        FABRIC_LOGGING_SPEC: process.env.FABRIC_LOGGING_SPEC ?? 'info:grpc=error',
        FABRIC_CFG_PATH: engine.configDir,
    };
}

/** What the `peer` command needs to act as a user of an organisation towards that organisation's peer. */
export function peerEnvironment(organisation: Organisation, user = 'admin'): Record<string, string> {
    return peerClientEnvironment({
        mspId: organisation.mspId,
        mspDir: join(userDir(organisation, user), 'msp'),
        tlsRoot: join(peerDir(organisation), 'tls/ca.crt'),
        address: `localhost:${String(organisation.ports.peer)}`,
    });
}

export function ordererFlags(organisation: Organisation): string[] {
    const address = `localhost:${String(organisation.ports.orderer)}`;
    return ['-o', address, '--tls', '--cafile', caCertificate(organisation)];
}

/** `osnadmin` against one organisation's orderer, with that organisation's admin certificate. */
export function osnadminFlags(organisation: Organisation): string[] {
    const admin = join(userDir(organisation, 'admin'), 'tls');
    return [
        '-o',
        `localhost:${String(organisation.ports.ordererAdmin)}`,
        '--ca-file',
        caCertificate(organisation),
        '--client-cert',
        join(admin, 'client.crt'),
        '--client-key',
        join(admin, 'client.key'),
    ];
}
