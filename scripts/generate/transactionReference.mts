// SPDX-License-Identifier: Apache-2.0
import {
    commonErrors,
    commonSubmitErrors,
    transactionDefinition,
    transactions,
    type TransactionName,
} from '@power-currency/domain';
import { code, codes, generatedFrom, table } from './markdown.mts';

const names = Object.keys(transactions) as TransactionName[];

/** docs/reference/transactions.md: one section per contract, one entry per transaction. */
export function transactionReference(): string {
    const contracts = [...new Set(names.map(contractOf))];
    return [
        generatedFrom('the table of transactions in `chaincode/domain/src/api`'),
        '# Transactions\n',
        'Every transaction takes one argument, a string of canonical JSON, and returns one. Amounts and energy are ',
        'decimal strings of whole minor units and whole Wh. The JSON Schemas of all arguments and results are in ',
        '[transactions.schema.json](transactions.schema.json).\n\n',
        `Errors are tried in the order given. Before its own, every transaction tries ${codes(commonErrors)}; `,
        `a submitting one can also end with ${codes(commonSubmitErrors)}. See [errors](errors.md).\n`,
        ...contracts.flatMap((contract) => [
            `\n## ${contract}\n`,
            ...names.filter((name) => contractOf(name) === contract).map(describe),
        ]),
    ].join('\n');
}

function contractOf(name: string): string {
    return name.slice(0, name.indexOf(':'));
}

const confidentiality =
    'the argument travels as transient data in the field `argument`, and is `{}` in the block; what a rule refuses comes ' +
    'as `CONFIDENTIAL_REFUSED` with the code as its reason';

function describe(name: TransactionName): string {
    const definition = transactionDefinition(name);
    const rows = [
        ['Kind', definition.kind],
        ['Roles', codes(definition.roles)],
        ['Own errors, in order', codes(definition.errors)],
        ...(definition.isConfidential === true ? [['Confidential', confidentiality]] : []),
        ['Events', codes(definition.events)],
        ['Argument', fields(definition.arguments.schema)],
        ['Result', fields(definition.result.schema)],
    ];
    return `### ${code(name)}\n\n${definition.summary}\n\n${table(['', ''], rows)}\n`;
}

/** The top-level fields of a schema; the rest is in the schema file. */
function fields(schema: unknown): string {
    const properties = (schema as { properties?: Record<string, { description?: string }> }).properties;
    return properties === undefined ? '–' : codes(Object.keys(properties));
}

/** docs/reference/transactions.schema.json: what a client in any language needs to build and read calls. */
export function transactionSchemas(): string {
    const described = names.map((name) => {
        const {
            kind,
            summary,
            roles,
            errors,
            events,
            isConfidential,
            arguments: argument,
            result,
        } = transactionDefinition(name);
        const facts = { kind, summary, roles, errors, events, isConfidential };
        return [name, { ...facts, argument: argument.schema, result: result.schema }];
    });
    return JSON.stringify(Object.fromEntries(described), null, 4);
}
