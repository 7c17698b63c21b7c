// SPDX-License-Identifier: Apache-2.0
import { type Json, type Schema } from '@power-currency/domain';
import { propertiesOf } from '../../application/intents/intentTable.js';

/** How a field is written on the command line: one word, several, yes or no, a CSV file of rows, or JSON. */
type FieldShape = 'word' | 'words' | 'flag' | 'rows' | 'json';

/** One field of a request, as the command line asks for it. */
export interface Field {
    /** Where it belongs in the request. */
    readonly path: readonly string[];
    readonly name: string;
    readonly shape: FieldShape;
    /** Of the field, or of one of its words or rows. */
    readonly schema: Schema;
    /** What it is when it is not given; undefined for one that has to be. */
    readonly fallback: Json | undefined;
}

/** Words people use where the ledger's field is a list or an abbreviation would be clearer. */
const optionNames: Readonly<Record<string, string>> = {
    publicKeys: 'public-key',
    postQuantumKey: 'pq-public-key',
    attesters: 'attester',
};

export function optionName({ name, path }: Field): string {
    if (name === 'walletIds') return path.includes('guardians') ? 'guardian' : 'wallets';
    return optionNames[name] ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The fields of a request; those of objects inside it are asked for one by one. */
export function fieldsOf(
    properties: Readonly<Record<string, Schema>>,
    path: readonly string[] = [],
    isOptional = false,
): readonly Field[] {
    return Object.entries(properties).flatMap(([name, declared]) => {
        const { schema, isNullable } = withoutNull(declared);
        const at = [...path, name];
        if (schema.type === 'object') return fieldsOf(propertiesOf(schema), at, isOptional || isNullable);
        const { shape, item } = shapeOf(schema);
        const fallback = isNullable || isOptional ? null : fallbackOf(name, shape, schema);
        return [{ path: at, name, shape, schema: item, fallback }];
    });
}

/** The request these values make. An optional object of which nothing is given is null. */
export function assemble(
    properties: Readonly<Record<string, Schema>>,
    values: ReadonlyMap<string, Json>,
    path: readonly string[] = [],
): Readonly<Record<string, Json>> {
    const entries = Object.entries(properties).map(([name, declared]): readonly [string, Json] => {
        const { schema, isNullable } = withoutNull(declared);
        const at = [...path, name];
        if (schema.type !== 'object') return [name, values.get(at.join('.')) ?? null];
        const inner = assemble(propertiesOf(schema), values, at);
        const isAbsent = isNullable && Object.values(inner).every((value) => value === null);
        return [name, isAbsent ? null : withThreshold(inner)];
    });
    return Object.fromEntries(entries);
}

/** Where nobody says how many have to agree, all of them do. */
function withThreshold(members: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
    if (members.threshold !== null) return members;
    const list = Object.values(members).find((member) => Array.isArray(member)) as readonly Json[] | undefined;
    return { ...members, threshold: list?.length ?? null };
}

function withoutNull(schema: Schema): { readonly schema: Schema; readonly isNullable: boolean } {
    const [first, second] = (schema.anyOf ?? []) as readonly (Schema | undefined)[];
    const isNullable = first !== undefined && second?.type === 'null';
    return { schema: isNullable ? first : schema, isNullable };
}

function shapeOf(schema: Schema): { readonly shape: FieldShape; readonly item: Schema } {
    if (schema.type === 'boolean') return { shape: 'flag', item: schema };
    if (schema.type === 'string' || schema.type === 'integer') return { shape: 'word', item: schema };
    if (schema.type !== 'array') return { shape: 'json', item: schema };
    const item = schema.items as Schema;
    return { shape: item.type === 'object' ? 'rows' : 'words', item };
}

function fallbackOf(name: string, shape: FieldShape, schema: Schema): Json | undefined {
    if (shape === 'flag') return false;
    if (name === 'threshold') return null;
    if (name === 'asset') return 'PC';
    if (shape === 'words' && schema.minItems === undefined) return [];
    const isFreeText = schema.type === 'string' && schema.minLength === 0;
    return isFreeText ? '' : undefined;
}
