// SPDX-License-Identifier: Apache-2.0
import {
    decodeArguments,
    encodeArguments,
    isDomainError,
    isTransactionName,
    transactionDefinition,
    type TransactionName,
} from '@power-currency/domain';
import { Failure } from '../../application/failure.js';
import { readInput } from '../readInput.js';

/** Checks the call before it leaves the machine, so that a slip is named at once. Returns the canonical argument. */
export function parseCall(
    transaction: string,
    json: string,
    kind: 'submit' | 'evaluate',
): { name: TransactionName; request: string } {
    if (!isTransactionName(transaction)) {
        throw new Failure('INPUT_INVALID', {
            field: 'transaction',
            problem: `there is no ${transaction}; \`power ${kind} --help\` lists all`,
        });
    }
    const definition = transactionDefinition(transaction);
    if (definition.kind !== kind) {
        throw new Failure('INPUT_INVALID', {
            field: 'transaction',
            problem: `${transaction} is for \`power ${definition.kind}\``,
        });
    }
    const text = json === '-' ? readInput('/dev/stdin').toString('utf8') : json;
    try {
        return { name: transaction, request: encodeArguments(transaction, decodeArguments(transaction, text)) };
    } catch (error) {
        if (isDomainError(error, 'INVALID_ARGUMENT')) {
            const { field, reason } = error.details;
            throw new Failure(
                'INPUT_INVALID',
                { field: field === '' ? 'json' : field, problem: reason },
                { cause: error },
            );
        }
        throw error;
    }
}
