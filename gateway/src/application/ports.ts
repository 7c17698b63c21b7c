// SPDX-License-Identifier: Apache-2.0
import { type BlockView } from './blockView.js';
import { type MissingTrace, type PeerTrace } from './peerTrace.js';

/** Where and when a transaction was committed. */
export interface Receipt {
    readonly txId: string;
    readonly blockNumber: bigint;
    /** Transactions sent until one was committed as valid; more than 1 after conflicts or lost peers. */
    readonly attempts: number;
    /** From the first endorsement request to the commit seen on the member's own peer. */
    readonly latencyMs: number;
}

/** What the ledger answered, and the receipt of the transaction that carries it. */
export interface Committed<Result> extends Receipt {
    readonly result: Result;
}

/**
 * Carries requests to the chaincode and answers back, as text. Every method throws a domain error for a refusal by the
 * ledger's rules and a Failure for everything else.
 */
export interface LedgerTransport {
    /** Endorses, orders and waits for the commit. */
    submit(transaction: string, request: string): Promise<Committed<string>>;
    /** Asks without writing. */
    evaluate(transaction: string, request: string): Promise<string>;
}

/** Height of a channel on one peer, and the hash of its last block. */
export interface ChainInfo {
    readonly height: bigint;
    /** Hexadecimal SHA-256 of the last block's header. */
    readonly blockHash: string;
}

/** How a transaction ended. */
export interface TransactionStatus {
    readonly txId: string;
    readonly blockNumber: bigint;
    readonly validationCode: string;
}

/** What one peer knows of the chain. */
export interface ChainReader {
    chainInfo(): Promise<ChainInfo>;
    /** @throws Failure NOT_FOUND */
    transactionStatus(txId: string): Promise<TransactionStatus>;
}

/** Reads one peer's blocks, and what it remembers of transactions. */
export interface BlockReader {
    /** @throws Failure NOT_FOUND */
    block(number: number): Promise<BlockView>;
    /** The block that holds a transaction, valid or not. @throws Failure NOT_FOUND */
    blockOf(txId: string): Promise<BlockView>;
    trace(txId: string): Promise<PeerTrace | MissingTrace>;
    /** The blocks from one number to another, both included, serialised as the peer stores them. */
    stored(from: number, to: number): AsyncIterable<Uint8Array>;
}
