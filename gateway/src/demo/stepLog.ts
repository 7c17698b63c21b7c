// SPDX-License-Identifier: Apache-2.0
import { type Committed } from '../application/ports.js';
import { type Stage } from './stage.js';

/** The transactions of one story, in their order. */
export interface StepLog {
    readonly txIds: string[];
    /** Waits until every peer has the transaction, notes it and returns what it answered. */
    readonly did: <T>(submitted: Promise<Committed<T>>) => Promise<T>;
}

export function stepLog(stage: Stage): StepLog {
    const txIds: string[] = [];
    return {
        txIds,
        did: async (submitted) => {
            const { result, txId } = await stage.settle(await submitted);
            txIds.push(txId);
            return result;
        },
    };
}
