// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from 'node:crypto';
import { ShimCalls } from '../chaincode/shimCalls.js';
import type { SimulationResults } from '../ledger/simulation/readWriteSetBuilder.js';
import type { Simulation } from '../ledger/simulation/simulation.js';
import { asBuffer, decode } from '../wire/decode.js';
import { msp } from '../wire/protobuf.js';
import type { UnpackedProposal } from './proposal.js';

/** When the block of a transaction came, was judged and was committed, in milliseconds of `performance.now()`. */
export interface BlockTimes {
    readonly receivedAt: number;
    readonly validatedAt: number;
    readonly committedAt: number;
}

/** How a proposal ended on this peer. */
interface TraceOutcome {
    readonly status: number;
    readonly message: string;
    readonly isEndorsed: boolean;
}

const textCharactersMax = 2_000;
const argumentsMax = 8;
const resultsBytesMax = 16 * 1024;

/** What a peer remembers of one proposal that it ran. Transient data and values of private data are not among it. */
export class TransactionTrace {
    readonly key: string;
    readonly calls: ShimCalls;
    readonly #proposal: Pick<UnpackedProposal, 'chaincode' | 'creator'>;
    readonly #arguments: readonly string[];
    readonly #receivedAt: Date;
    readonly #started: number;
    #ended: number;
    #chaincodeMs = 0;
    #exception: string | null = null;
    #results: Buffer | undefined;
    #outcome: TraceOutcome = { status: 0, message: '', isEndorsed: false };
    #commit: { readonly block: number; readonly code: number; readonly times: BlockTimes } | undefined;

    constructor({ channelId, txId, chaincode, creator, input }: UnpackedProposal, receivedAt: Date) {
        this.key = traceKey(channelId, txId);
        this.#proposal = { chaincode, creator: Buffer.from(creator) };
        this.#arguments = (input.args ?? []).slice(0, argumentsMax).map((argument) => textOf(asBuffer(argument)));
        this.#receivedAt = receivedAt;
        this.#started = performance.now();
        this.#ended = this.#started;
        this.calls = new ShimCalls(this.#started);
    }

    /** About how many bytes it holds. */
    get bytes(): number {
        const { length } = this.#arguments.join('');
        return 2_000 + 2 * length + (this.#results?.length ?? 0) + 400 * this.calls.calls.length;
    }

    chaincodeEnded(exception: string | undefined): void {
        this.#chaincodeMs = performance.now() - this.#started;
        this.#exception = exception === undefined ? null : exception.slice(0, 4 * textCharactersMax);
    }

    /** Keeps what was read and written, TxReadWriteSet bytes, unless it is too much. */
    simulated(results: Buffer): void {
        if (results.length <= resultsBytesMax) this.#results = Buffer.from(results);
    }

    finish({ message, ...outcome }: TraceOutcome): void {
        this.#ended = performance.now();
        this.#outcome = { ...outcome, message: message.slice(0, textCharactersMax) };
    }

    committed(block: number, code: number, times: BlockTimes): void {
        this.#commit = { block, code, times };
    }

    /** As JSON for the administrator; `mspId` is the peer's own. */
    record(mspId: string): object {
        const [name = '', ...rest] = this.#arguments;
        return {
            mspId,
            chaincode: this.#proposal.chaincode,
            creator: creatorName(this.#proposal.creator),
            function: name,
            arguments: rest,
            receivedAt: this.#receivedAt.toISOString(),
            durationMs: this.#ended - this.#started,
            chaincodeMs: this.#chaincodeMs,
            ...this.#outcome,
            exception: this.#exception,
            calls: this.calls.calls,
            callsDropped: this.calls.dropped,
            results: this.#results?.toString('base64') ?? null,
            commit: this.#commitRecord(),
        };
    }

    #commitRecord(): object | null {
        if (this.#commit === undefined) return null;
        const { block, code, times } = this.#commit;
        return {
            block,
            code,
            orderingMs: times.receivedAt - this.#ended,
            validationMs: times.validatedAt - times.receivedAt,
            commitMs: times.committedAt - times.validatedAt,
        };
    }
}

/** Ends a simulation; what it read and wrote is kept. */
export function finishedSimulation(
    simulation: Simulation | undefined,
    trace: TransactionTrace | undefined,
): SimulationResults | undefined {
    const simulated = simulation?.finish();
    if (simulated !== undefined) trace?.simulated(simulated.results);
    return simulated;
}

export function traceKey(channelId: string, txId: string): string {
    return `${channelId}/${txId}`;
}

function textOf(bytes: Buffer): string {
    const text = bytes.subarray(0, 4 * textCharactersMax).toString('utf8');
    return text.length <= textCharactersMax ? text : `${text.slice(0, textCharactersMax)}…`;
}

function creatorName(serialized: Buffer): string {
    const { mspid, idBytes } = decode(msp.SerializedIdentity, serialized, 'SerializedIdentity');
    const { subject } = new X509Certificate(idBytes);
    return `${/^CN=(.*)$/m.exec(subject)?.[1] ?? subject} (${mspid})`;
}
