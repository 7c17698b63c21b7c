// SPDX-License-Identifier: Apache-2.0
import { transactionDefinition, type TransactionName } from '@power-currency/domain';
import fc from 'fast-check';

interface Schema {
    readonly type?: string;
    readonly enum?: readonly string[];
    readonly const?: string;
    readonly format?: string;
    readonly pattern?: string;
    readonly maxLength?: number;
    readonly minimum?: number;
    readonly minItems?: number;
    readonly items?: Schema;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly anyOf?: readonly Schema[];
    readonly oneOf?: readonly Schema[];
}

/**
 * An argument that passes the transaction's codecs, made from their schema alone, so that a transaction nobody wrote a
 * sample for is tested like the others. What the rules of business say of it is another matter.
 */
export function sampleArgument(name: TransactionName): string {
    return JSON.stringify(sample(transactionDefinition(name).arguments.schema));
}

function sample(schema: Schema): unknown {
    const choice = schema.oneOf?.[0] ?? schema.anyOf?.at(-1);
    if (choice !== undefined) return sample(choice);
    const { properties = {}, items = {}, minItems = 0, minimum = 0 } = schema;
    if (schema.type === 'object') {
        return Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, sample(member)]));
    }
    if (schema.type === 'array') return Array.from({ length: minItems }, () => sample(items));
    if (schema.type === 'integer') return minimum;
    if (schema.type === 'boolean') return true;
    return schema.type === 'null' ? null : sampleText(schema);
}

function sampleText(schema: Schema): string | undefined {
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return schema.enum[0];
    if (schema.format === 'date') return '2026-11-19';
    if (schema.pattern === undefined) return '';
    const pattern = new RegExp(schema.pattern);
    const simple = simpleTexts.find((text) => pattern.test(text));
    return simple ?? fc.sample(fc.stringMatching(pattern), { numRuns: 1, seed: 1 })[0];
}

/** Tried before random text, which may be no bookmark of its list and no number within its bounds. */
const simpleTexts = ['', '1', '1.000000', 'a', 'PC', '{}'];
