// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChaincodeEvent, type CloseableAsyncIterable } from '@hyperledger/fabric-gateway';
import { type PeerSession } from './connection.js';

/** Position of the last event that was handled. */
export interface EventPosition {
    readonly blockNumber: bigint;
    readonly txId: string;
}

/** Keeps the position. To apply an event exactly once, save the position where the event's effect is saved, in one write. */
export interface EventCheckpoint {
    load(): Promise<EventPosition | undefined>;
    save(position: EventPosition): Promise<void>;
}

/** One event of a transaction (Fabric keeps one event per transaction), in block order. */
export interface LedgerEvent extends EventPosition {
    readonly name: string;
    readonly payload: Uint8Array;
}

export interface EventStreamOptions {
    /** Peers to follow in turn; the next one is tried when a stream breaks. */
    readonly sessions: readonly [PeerSession, ...PeerSession[]];
    readonly channel: string;
    readonly chaincode: string;
    readonly checkpoint: EventCheckpoint;
    /** Called once per event, in order; the next event waits for it. What it throws ends the stream. */
    readonly onEvent: (event: LedgerEvent) => Promise<void>;
    /** Told of every lost stream, before the pause. */
    readonly onLost?: (error: unknown, pauseMs: number) => void;
    readonly signal: AbortSignal;
    readonly firstPauseMs?: number;
    readonly pauseMsMax?: number;
}

/**
 * Follows the chaincode's events from the checkpoint (or block 0) until `signal` aborts, whatever happens to the peers.
 * Fabric's streams do not reconnect by themselves; this one opens a new one after a pause that doubles until an event comes.
 */
export async function followEvents(options: EventStreamOptions): Promise<void> {
    const { sessions, signal, firstPauseMs = 200, pauseMsMax = 30_000 } = options;
    let failures = 0;
    for (let streams = 0; !signal.aborted; streams++) {
        const session = sessions[streams % sessions.length] ?? sessions[0];
        try {
            await followOne(options, session, () => (failures = 0));
        } catch (error) {
            if (error instanceof HandlerError) {
                throw error.cause;
            }
            if (!isAborted(signal)) {
                const pauseMs = Math.min(firstPauseMs * 2 ** failures++, pauseMsMax);
                options.onLost?.(error, pauseMs);
                await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
            }
        }
    }
}

/** Carries what the handler threw past the reconnecting. */
class HandlerError extends Error {}

async function followOne(options: EventStreamOptions, { gateway }: PeerSession, onProgress: () => void): Promise<void> {
    const from = await options.checkpoint.load();
    const stream = await gateway.getNetwork(options.channel).getChaincodeEvents(options.chaincode, {
        startBlock: from?.blockNumber ?? 0n,
    });
    const close = (): void => {
        stream.close();
    };
    options.signal.addEventListener('abort', close, { once: true });
    try {
        for await (const event of unhandled(stream, from)) {
            onProgress();
            await handle(options, event);
        }
        throw new Error('the peer ended the stream');
    } finally {
        options.signal.removeEventListener('abort', close);
        close();
    }
}

/**
 * Skips what was handled before. Asking the peer to do that (`after_transaction_id`) would deliver nothing for ever if it
 * does not know the transaction (internal/pkg/gateway/event), so the whole block is asked for again.
 */
async function* unhandled(
    stream: CloseableAsyncIterable<ChaincodeEvent>,
    from: EventPosition | undefined,
): AsyncGenerator<LedgerEvent> {
    let skipTo = from;
    for await (const { blockNumber, transactionId, eventName, payload } of stream) {
        if (skipTo === undefined) {
            yield { blockNumber, txId: transactionId, name: eventName, payload };
        } else if (blockNumber !== skipTo.blockNumber) {
            const problem = `block ${skipTo.blockNumber.toString()} has no event of transaction ${skipTo.txId} of the checkpoint`;
            throw new HandlerError('the checkpoint is of another ledger', { cause: new Error(problem) });
        } else if (transactionId === skipTo.txId) {
            skipTo = undefined;
        }
    }
}

async function handle({ onEvent, checkpoint }: EventStreamOptions, event: LedgerEvent): Promise<void> {
    try {
        await onEvent(event);
        await checkpoint.save({ blockNumber: event.blockNumber, txId: event.txId });
    } catch (error) {
        throw new HandlerError('the event handler failed', { cause: error });
    }
}

/** A function, because the signal changes while TypeScript believes it cannot. */
function isAborted(signal: AbortSignal): boolean {
    return signal.aborted;
}
