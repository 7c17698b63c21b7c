// SPDX-License-Identifier: Apache-2.0
import type { common } from '../../wire/protobuf.js';
import type { ParsedTransaction } from '../validation/parsedTransaction.js';

/** A block as listeners of a ledger are told of it. */
export interface CommittedBlock {
    readonly number: number;
    /** The serialised block with validation codes and commit hash. */
    readonly bytes: Buffer;
    readonly block: common.Block.$Properties;
    readonly codes: Uint8Array;
    /** Undefined for block 0. */
    readonly commitHash: Buffer | undefined;
    readonly transactions: readonly ParsedTransaction[];
}
