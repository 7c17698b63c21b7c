// SPDX-License-Identifier: Apache-2.0
import { type StateUse } from './blockView.js';

/** One thing that the chaincode asked of its peer while it ran. */
export interface ShimCall {
    /** Message type of the shim protocol, such as GET_STATE. */
    readonly type: string;
    /** Keys or ranges it concerns. */
    readonly subject: string;
    /** Milliseconds since the chaincode was called. */
    readonly atMs: number;
    readonly durationMs: number;
    readonly error: string | null;
}

/** What a peer of the embedded engine remembers of a proposal it ran. */
export interface PeerTrace {
    readonly peer: string;
    readonly mspId: string;
    readonly chaincode: string;
    readonly creator: string;
    readonly function: string;
    readonly arguments: readonly string[];
    /** The peer's clock when the proposal came, ISO 8601. */
    readonly receivedAt: string;
    /** Milliseconds from the proposal to the peer's answer. */
    readonly durationMs: number;
    readonly chaincodeMs: number;
    readonly isEndorsed: boolean;
    readonly status: number;
    readonly message: string;
    /** What was thrown in the chaincode, with its stack; only the peer's administrators see it. */
    readonly exception: string | null;
    readonly calls: readonly ShimCall[];
    /** Calls beyond those kept. */
    readonly callsDropped: number;
    /** Null when the simulation gave none, or too many to keep. */
    readonly stateUse: StateUse | null;
    readonly commit: PeerCommit | null;
}

/** How the transaction's block came to a peer. */
interface PeerCommit {
    readonly block: number;
    readonly validationCode: string;
    /** Milliseconds from this peer's answer to the arrival of the block. */
    readonly orderingMs: number;
    /** Milliseconds that the whole block took. */
    readonly validationMs: number;
    readonly commitMs: number;
}

/** Why a peer gives no trace. */
export type MissingTrace = 'not recorded by this engine' | 'no record of this transaction' | 'only for administrators';
