// SPDX-License-Identifier: Apache-2.0
import { commercialCollection } from '../commercial/commercialCollection.js';
import { isTransactionName, transactionDefinition } from './transactions.js';

/** The transient field that a confidential transaction's argument travels in. */
export const confidentialArgument = 'argument';

/** How a call reaches its endorsers. */
export interface Delivery {
    /** The argument as the block has it. */
    readonly argument: string;
    /** What endorsers are told and no block holds. */
    readonly transient?: Readonly<Record<string, string>>;
    /** MSP ids of the only organisations that may be asked; absent: any. */
    readonly endorsers?: readonly string[];
}

/** How to send a call of a transaction with this argument text. */
export function deliveryOf(transaction: string, argument: string): Delivery {
    const isConfidential = isTransactionName(transaction) && transactionDefinition(transaction).isConfidential === true;
    if (!isConfidential) return { argument };
    return {
        argument: '{}',
        transient: { [confidentialArgument]: argument },
        endorsers: commercialCollection.endorsers,
    };
}
