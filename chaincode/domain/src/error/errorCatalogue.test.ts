// SPDX-License-Identifier: Apache-2.0
import { commonErrors, commonSubmitErrors } from '../api/definition.js';
import { transactionDefinition, type TransactionName, transactions } from '../api/transactions.js';
import { eventCatalogue } from '../event/eventCatalogue.js';
import { errorCatalogue } from './errorCatalogue.js';

const definitions = (Object.keys(transactions) as TransactionName[]).map(transactionDefinition);

it('every code belongs to some transaction, and every transaction’s codes are catalogued', () => {
    // The name itself is unknown, so no transaction can list it.
    const used = new Set<string>(['TRANSACTION_UNKNOWN', ...commonErrors, ...commonSubmitErrors]);
    for (const { errors } of definitions) for (const code of errors) used.add(code);
    expect([...used].sort()).toEqual(Object.keys(errorCatalogue).sort());
});

it('every event belongs to some transaction', () => {
    const used = new Set(definitions.flatMap(({ events }) => events));
    expect([...used].sort()).toEqual(Object.keys(eventCatalogue).sort());
});

it('every text says something and ends like a sentence', () => {
    for (const text of Object.values(errorCatalogue)) expect(text).toMatch(/^[A-Z].{20,}\.$/);
});
