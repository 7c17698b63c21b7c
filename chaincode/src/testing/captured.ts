// SPDX-License-Identifier: Apache-2.0
import type { SimulatedLedger } from './simulatedLedger.js';
import type { EndorsedTransaction } from './simulatedTransaction.js';

/** The transaction that the work would submit, endorsed and not yet ordered; undefined where it submits none. */
export async function captured(
    ledger: SimulatedLedger,
    work: () => Promise<unknown>,
): Promise<EndorsedTransaction | undefined> {
    const commit = ledger.commit.bind(ledger);
    let endorsed: EndorsedTransaction | undefined;
    ledger.commit = ([transaction]) => {
        endorsed = transaction;
        return Promise.reject(new Captured());
    };
    try {
        await work();
    } catch (thrown) {
        if (!(thrown instanceof Captured)) throw thrown;
    } finally {
        ledger.commit = commit;
    }
    return endorsed;
}

/** Ends work whose transaction was captured. */
class Captured extends Error {}
