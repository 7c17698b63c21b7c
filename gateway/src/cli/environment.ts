// SPDX-License-Identifier: Apache-2.0
import { type Readable } from 'node:stream';
import { type ChainBlock } from '../application/audit/chainBlock.js';
import { type BlockView } from '../application/blockView.js';
import { type BlockReader, type ChainReader, type LedgerTransport } from '../application/ports.js';
import { type Context } from '../config/contextFile.js';

/** One context's way to the ledger. */
export interface LedgerConnection {
    readonly transport: LedgerTransport;
    readonly chain: ChainReader;
    readonly blocks: BlockReader;
    close(): void;
}

/** All that the command takes from its surroundings, so that tests can give it others. */
export interface CliEnvironment {
    /** POWER_CONFIG, POWER_NETWORK_DIR, POWER_CONTEXT, ENTSOE_TOKEN, ENTSOE_URL, NO_COLOR are read. */
    readonly variables: Readonly<Record<string, string | undefined>>;
    readonly write: (text: string) => void;
    readonly writeError: (text: string) => void;
    /** Standard input. */
    readonly input: () => Readable;
    /** Whether errors, and whether answers, go to a terminal. */
    readonly isTerminal: boolean;
    readonly isOutputTerminal: boolean;
    /** Width of the terminal; help is written for 80 columns without one. */
    readonly columns?: number;
    readonly now: () => Date;
    /** Ends early, without an error, when the signal says stop. */
    readonly sleep: (ms: number, stop: AbortSignal) => Promise<void>;
    /** Says stop at SIGTERM or SIGINT; from the first call on, those do not end the process by themselves. */
    readonly stopSignal: () => AbortSignal;
    /** Loads the Fabric libraries on first use: `power --help` does without them. */
    readonly connect: (context: Context) => Promise<LedgerConnection>;
    /** Loads what reads serialised blocks; it throws Error for bytes that are none. */
    readonly blockDecoder: () => Promise<(bytes: Uint8Array) => ChainBlock>;
    /** The same for what shows them. */
    readonly blockViewer: () => Promise<(bytes: Uint8Array) => BlockView>;
}
