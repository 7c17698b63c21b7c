// SPDX-License-Identifier: Apache-2.0
import { transactionDefinition, type TransactionName, transactions } from '@power-currency/domain';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sampleOf, type SampledSchema } from './sampleArgument.js';

interface HostileAmount {
    readonly name: string;
    readonly json?: string;
    /** So many digits between quotes: too long to be written out. */
    readonly repeat?: readonly [digit: string, count: number];
}

/** What must be refused wherever an amount belongs. */
export const hostileAmounts = JSON.parse(
    readFileSync(resolve(__dirname, '../../domain/vectors/hostileAmounts.json'), 'utf8'),
) as readonly HostileAmount[];

/** A place of a transaction's argument where an amount belongs. */
export interface AmountField {
    readonly transaction: TransactionName;
    /** As refusals name it, such as `intent.payees[0].amount`. */
    readonly path: string;
    /** What is no amount here: null may be none, and a list may have two items or none. */
    readonly hostile: readonly HostileAmount[];
    /** The argument with this in the amount's place. */
    argumentWith(amount: HostileAmount): string;
}

/** Every place of every transaction where an amount belongs, found in the schemas of their arguments. */
export function amountFields(): readonly AmountField[] {
    const names = Object.keys(transactions) as TransactionName[];
    return names.flatMap((transaction) => {
        const places = placesIn(transactionDefinition(transaction).arguments.schema, '');
        return places.map(({ path, value, isNullable }) => ({
            ...{ transaction, path, hostile: hostileAmounts.filter(isHostileAt(path, isNullable)) },
            argumentWith: (amount) => JSON.stringify(value).replace(`"${placeholder}"`, () => textOf(amount, path)),
        }));
    });
}

function isHostileAt(path: string, isNullable: boolean): (amount: HostileAmount) => boolean {
    const fitting = [...(isNullable ? ['null'] : []), ...(path.endsWith(']') ? ['"1","2"', ''] : [])];
    return ({ json }) => json === undefined || !fitting.includes(json);
}

interface Place {
    readonly path: string;
    readonly value: unknown;
    readonly isNullable: boolean;
}

const placeholder = '<amount>';
const isAmount = ({ description }: SampledSchema): boolean =>
    (description ?? '').includes(' amount in minor units as ');

function placesIn(schema: SampledSchema, path: string): readonly Place[] {
    if (isAmount(schema)) return [{ path, value: placeholder, isNullable: false }];
    const choices = schema.oneOf ?? schema.anyOf;
    if (choices !== undefined) {
        const takesNull = choices.some(({ type }) => type === 'null');
        return choices
            .flatMap((choice) => placesIn(choice, path))
            .map((place) => (place.path === path ? { ...place, isNullable: takesNull } : place));
    }
    if (schema.items !== undefined) {
        return placesIn(schema.items, `${path}[0]`).map((place) => ({ ...place, value: [place.value] }));
    }
    return Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
        placesIn(member, path === '' ? name : `${path}.${name}`).map((place) => ({
            ...place,
            value: { ...(sampleOf(schema) as object), [name]: place.value },
        })),
    );
}

function textOf({ json = '', repeat }: HostileAmount, path: string): string {
    if (repeat !== undefined) return `"${repeat[0].repeat(repeat[1])}"`;
    const field = path.slice(path.lastIndexOf('.') + 1);
    const escaped = `\\u${field.charCodeAt(0).toString(16).padStart(4, '0')}${field.slice(1)}`;
    return json.replace('$FIELD', field).replace('$ESCAPED', () => escaped);
}
