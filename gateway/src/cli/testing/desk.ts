// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LedgerConnection } from '../environment.js';
import { runCli } from '../runCli.js';

interface Ran {
    readonly exitCode: number;
    readonly out: string;
    readonly err: string;
}

/** Answers by transaction, or by transaction and request. */
export type Answers = Readonly<Record<string, string | Error>>;

/** A person at a terminal with a folder of their own and a ledger that answers as it is told. */
export interface Desk {
    readonly calls: string[][];
    at(name: string): string;
    power(args: readonly string[], answers?: Answers, now?: Date): Promise<Ran>;
    /** Adds the context `authority`. */
    addContext(): Promise<void>;
    leave(): void;
}

export function openDesk(): Desk {
    const folder = mkdtempSync(join(tmpdir(), 'power-cli-'));
    const calls: string[][] = [];
    const at = (name: string): string => join(folder, name);
    const power: Desk['power'] = async (args, answers = {}, now = new Date('2025-11-20T00:00:00Z')) => {
        let [out, err] = ['', ''];
        const exitCode = await runCli(args, {
            variables: { POWER_CONFIG: at('power.yaml') },
            write: (text) => (out += text),
            writeError: (text) => (err += text),
            isTerminal: false,
            now: () => now,
            connect: () => Promise.resolve(connection(answers, calls)),
        });
        return { exitCode, out, err };
    };
    const identity = ['--msp-id', 'AuthorityMSP', '--msp-dir', at('msp')];
    const peer = ['--peer', 'localhost:7051', '--tls-ca', at('ca.pem')];
    return {
        calls,
        at,
        power,
        addContext: async () => {
            await power(['context', 'add', 'authority', ...identity, ...peer]);
        },
        leave: () => {
            rmSync(folder, { recursive: true });
        },
    };
}

function connection(answers: Answers, calls: string[][]): LedgerConnection {
    const answer = (kind: string, name: string, request: string): string => {
        calls.push([kind, name, request]);
        const found = answers[`${name} ${request}`] ?? answers[name];
        if (found === undefined || found instanceof Error) {
            throw found ?? new Error(`no answer for ${name}`);
        }
        return found;
    };
    return {
        transport: {
            evaluate: async (name, request) => answer('evaluate', name, request),
            submit: async (name, request) => {
                const result = answer('submit', name, request);
                return { result, txId: 'ab'.repeat(32), blockNumber: 9n, attempts: 1, latencyMs: 5 };
            },
        },
        chain: {
            chainInfo: async () => ({ height: 10n, blockHash: 'aa' }),
            transactionStatus: async (txId) => ({ txId, blockNumber: 9n, validationCode: 'VALID' }),
        },
        close: () => undefined,
    };
}
