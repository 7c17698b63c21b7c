// SPDX-License-Identifier: Apache-2.0
import { logger } from '../process/logging.js';
import { counter, gauge, histogram } from '../process/metrics.js';
import { validationCodeName } from '../wire/codes.js';

const log = logger('kvledger');

// Fabric's instruments of a peer's ledger (core/ledger/kvledger/metrics.go).
const blockchainHeight = gauge('ledger_blockchain_height', 'Height of the chain in blocks.', ['channel']);
const blockProcessingTime = histogram(
    'ledger_block_processing_time',
    'Time taken in seconds for ledger block processing.',
    ['channel'],
);
const transactionCount = counter('ledger_transaction_count', 'Number of transactions processed.', [
    'channel',
    'validation_code',
]);

/** Moments of a commit, in milliseconds of performance.now(). */
export interface CommitTimes {
    readonly started: number;
    readonly validated: number;
    readonly blockWritten: number;
}

/** Logs a commit in the peer's words and counts it. */
export function reportCommit(
    channel: string,
    committed: { readonly number: number; readonly codes: Uint8Array; readonly commitHash: Buffer | undefined },
    { started, validated, blockWritten }: CommitTimes,
): void {
    const { number, codes, commitHash: hash } = committed;
    const now = performance.now();
    const ms = (from: number, to: number): string => `${(to - from).toFixed(0)}ms`;
    log.info(
        `[${channel}] Committed block [${String(number)}] with ${String(codes.length)} transaction(s) in ` +
            `${ms(started, now)} (state_validation=${ms(started, validated)} ` +
            `block_and_pvtdata_commit=${ms(validated, blockWritten)} state_commit=${ms(blockWritten, now)}) ` +
            `commitHash=[${hash?.toString('hex') ?? ''}]`,
    );
    blockchainHeight.set({ channel }, number + 1);
    blockProcessingTime.observe({ channel }, (now - started) / 1000);
    for (const code of new Set(codes)) {
        const count = codes.reduce((sum, candidate) => sum + (candidate === code ? 1 : 0), 0);
        transactionCount.add({ channel, validation_code: validationCodeName(code) }, count);
    }
}
