// SPDX-License-Identifier: Apache-2.0
import {
    commonErrors,
    commonSubmitErrors,
    errorCatalogue,
    eventCatalogue,
    eventName,
    transactionDefinition,
    transactions,
    type TransactionName,
} from '@power-currency/domain';
import { code, codes, generatedFrom, table } from './markdown.mts';

const names = Object.keys(transactions) as TransactionName[];

/** docs/reference/errors.md: every code, what it means, what to do, and where it comes from. */
export function errorReference(): string {
    const common = new Set<string>([...commonErrors, ...commonSubmitErrors]);
    const rows = Object.entries(errorCatalogue).map(([errorCode, text]) => {
        const users = names.filter((name) =>
            (transactionDefinition(name).errors as readonly string[]).includes(errorCode),
        );
        return [code(errorCode), text, common.has(errorCode) ? 'any' : codes(users)];
    });
    return [
        generatedFrom('`chaincode/domain/src/error`'),
        '# Errors\n',
        'The ledger refuses with `CODE {json}`: the code says which rule, the JSON its facts. Nothing is changed by a ',
        'refused transaction. The `power` command prints code, text and facts.\n',
        table(['Code', 'What it means and what to do', 'Raised by'], rows),
    ].join('\n');
}

/** docs/reference/events.md: every event with its fields and the transactions that cause it. */
export function eventReference(): string {
    const rows = Object.entries(eventCatalogue).map(([type, codec]) => {
        const causes = names.filter((name) => (transactionDefinition(name).events as readonly string[]).includes(type));
        const properties = (codec.schema as { properties?: object }).properties ?? {};
        return [code(type), codes(Object.keys(properties)), codes(causes)];
    });
    return [
        generatedFrom('`chaincode/domain/src/event`'),
        '# Events\n',
        `A transaction carries at most one chaincode event, named ${code(eventName)}: an envelope `,
        '`{events: […], transaction}` with everything that happened, in order.\n',
        table(['Event', 'Fields', 'Caused by'], rows),
    ].join('\n');
}
