// SPDX-License-Identifier: Apache-2.0
import { transactionDefinition, type TransactionName } from '@power-currency/domain';
import fc from 'fast-check';

/** The part of JSON Schema that the codecs use. */
export interface SampledSchema {
    readonly type?: string;
    readonly enum?: readonly string[];
    readonly const?: string;
    readonly format?: string;
    readonly pattern?: string;
    readonly description?: string;
    readonly minLength?: number;
    readonly minimum?: number;
    readonly minItems?: number;
    readonly items?: SampledSchema;
    readonly properties?: Readonly<Record<string, SampledSchema>>;
    readonly anyOf?: readonly SampledSchema[];
    readonly oneOf?: readonly SampledSchema[];
}

/**
 * An argument that passes the transaction's codecs, made from their schema alone, so that a transaction nobody wrote a
 * sample for is tested like the others. What the rules of business say of it is another matter.
 */
export function sampleArgument(name: TransactionName): string {
    return JSON.stringify(sampleOf(transactionDefinition(name).arguments.schema));
}

/** A value of the schema. */
export function sampleOf(schema: SampledSchema): unknown {
    const choice = schema.oneOf?.[0] ?? schema.anyOf?.at(-1);
    if (choice !== undefined) return sampleOf(choice);
    const { properties = {}, items = {}, minItems = 0, minimum = 0 } = schema;
    if (schema.type === 'object') {
        return Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, sampleOf(member)]));
    }
    if (schema.type === 'array') return Array.from({ length: minItems }, () => sampleOf(items));
    if (schema.type === 'integer') return minimum;
    if (schema.type === 'boolean') return true;
    return schema.type === 'null' ? null : sampleText(schema);
}

function sampleText(schema: SampledSchema): string | undefined {
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return schema.enum[0];
    if (schema.format === 'date') return '2026-11-19';
    if (schema.pattern === undefined) return 'x'.repeat(schema.minLength ?? 0);
    const known = matching.get(schema.pattern) ?? textMatching(new RegExp(schema.pattern));
    matching.set(schema.pattern, known);
    return known;
}

/** By pattern: most fields share a few, and making a text of one takes milliseconds. */
const matching = new Map<string, string>();

function textMatching(pattern: RegExp): string {
    const simple = simpleTexts.find((text) => pattern.test(text));
    return simple ?? fc.sample(fc.stringMatching(pattern), { numRuns: 1, seed: 1 })[0] ?? '';
}

/** Tried before random text, which may be no bookmark of its list and no number within its bounds. */
const simpleTexts = ['', '1', '1.000000', 'a', 'PC', '{}', '2026', '2026-11-19T00:00Z', 'a/2026-11-19T00:00Z/0-9'];
