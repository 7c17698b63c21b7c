// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type BlockView } from '../../application/blockView.js';
import { Failure } from '../../application/failure.js';
import { type MissingTrace, type PeerTrace } from '../../application/peerTrace.js';
import { type BlockReader, type LedgerTransport } from '../../application/ports.js';
import { type LedgerConnection } from '../environment.js';
import { runCli } from '../runCli.js';

interface Ran {
    readonly exitCode: number;
    readonly out: string;
    readonly err: string;
}

/** Answers by transaction, or by transaction and request. */
export type Answers = Readonly<Record<string, string | Error>>;

/** Blocks from 0 upwards, and what the peer remembers of transactions. */
interface DeskBlocks {
    readonly blocks: readonly BlockView[];
    /** The same, serialised. */
    readonly files?: readonly Uint8Array[];
    readonly traces?: Readonly<Record<string, PeerTrace | MissingTrace>>;
}

/** A person at a terminal with a folder of their own and a ledger that answers as it is told. */
export interface Desk {
    readonly calls: string[][];
    at(name: string): string;
    power(args: readonly string[], answers?: Answers, now?: Date): Promise<Ran>;
    /** What the ledgers of contexts hold in blocks; their heights follow. */
    readonly blocks: Map<string, DeskBlocks>;
    /** A ledger of its own, instead of answers. */
    transport?: LedgerTransport;
    /** What is typed, line by line. */
    input: string[];
    /** Whether answers go to a terminal. */
    isOutputTerminal: boolean;
    /** Adds the context `authority`. */
    addContext(): Promise<void>;
    leave(): void;
}

export function openDesk(): Desk {
    const folder = mkdtempSync(join(tmpdir(), 'power-cli-'));
    const calls: string[][] = [];
    const at = (name: string): string => join(folder, name);
    const held = new Map<string, DeskBlocks>();
    const power: Desk['power'] = async (args, answers = {}, now = new Date('2025-11-20T00:00:00Z')) => {
        let [out, err] = ['', ''];
        const exitCode = await runCli(args, {
            variables: { POWER_CONFIG: at('power.yaml') },
            write: (text) => (out += text),
            writeError: (text) => (err += text),
            input: () => Readable.from(desk.input),
            isTerminal: false,
            isOutputTerminal: desk.isOutputTerminal,
            now: () => now,
            sleep: () => Promise.resolve(),
            stopSignal: () => AbortSignal.abort(),
            blockDecoder: async () => (await import('../../fabric/chainBlock.js')).readChainBlock,
            blockViewer: async () => (await import('../../fabric/blockDecoding.js')).decodeBlock,
            connect: ({ name }) => {
                const opened = connection(answers, calls, held.get(name) ?? { blocks: [] });
                return Promise.resolve({ ...opened, transport: desk.transport ?? opened.transport });
            },
        });
        return { exitCode, out, err };
    };
    const identity = ['--msp-id', 'AuthorityMSP', '--msp-dir', at('msp')];
    const peer = ['--peer', 'localhost:7051', '--tls-ca', at('ca.pem')];
    const desk: Desk = {
        calls,
        at,
        power,
        blocks: held,
        input: [],
        isOutputTerminal: false,
        addContext: async () => {
            await power(['context', 'add', 'authority', ...identity, ...peer]);
        },
        leave: () => {
            rmSync(folder, { recursive: true });
        },
    };
    return desk;
}

function connection(answers: Answers, calls: string[][], held: DeskBlocks): LedgerConnection {
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
            chainInfo: async () => ({ height: BigInt(held.blocks.length || 10), blockHash: 'aa' }),
            transactionStatus: async (txId) => ({ txId, blockNumber: 9n, validationCode: 'VALID' }),
        },
        blocks: blockReader(held),
        close: () => undefined,
    };
}

function blockReader({ blocks, files = [], traces = {} }: DeskBlocks): BlockReader {
    const found = (block: BlockView | undefined): BlockView => {
        if (block === undefined) throw new Failure('NOT_FOUND', { what: 'block' });
        return block;
    };
    return {
        block: async (number) => found(blocks[number]),
        blockOf: async (txId) =>
            found(blocks.find(({ transactions }) => transactions.some((transaction) => transaction.txId === txId))),
        stored: async function* (from, to) {
            for (const file of files.slice(from, to + 1)) yield file;
        },
        trace: async (txId) => traces[txId] ?? 'no record of this transaction',
    };
}
