// SPDX-License-Identifier: Apache-2.0
import { type AssetCode, type TransactionName, transactionDefinition } from '@power-currency/domain';
import { impliedAsset, type IntentShape, intentShape, propertiesOf } from '../../application/intents/intentTable.js';
import { type PageOptions } from '../pages.js';
import { type Field, fieldsOf } from './fields.js';

/** One command `power NOUN VERB`: which transaction it is, and which fields are given without an option's name. */
export interface VerbRow {
    readonly verb: string;
    readonly transaction: TransactionName;
    /** In order; `wallet` is the wallet that signs. */
    readonly positionals: readonly string[];
    /** What people see of a row of a list; programs get all of it. */
    readonly columns?: readonly string[];
    /** What follows `power NOUN VERB` in the help. */
    readonly example: string;
}

/** A row with all that the table of transactions says of it. */
export interface Verb extends VerbRow {
    readonly noun: string;
    readonly summary: string;
    readonly kind: 'intent' | 'submit' | 'evaluate';
    readonly shape: IntentShape | undefined;
    /** Of the intent's facts, or of the request without its id and paging. */
    readonly fields: readonly Field[];
    readonly isPaged: boolean;
    readonly asset: AssetCode;
}

/** What was typed: the fields that were given, and the options every verb of its kind has. */
export interface Typed {
    readonly wallet: string;
    readonly fields: ReadonlyMap<Field, unknown>;
    readonly options: TypedOptions;
}

export interface TypedOptions extends PageOptions {
    readonly minor?: boolean;
    readonly requestId?: string;
    readonly key?: readonly string[];
    readonly pqKey?: string;
    readonly validFor: string;
    readonly prepare?: string;
}

const setFields: readonly string[] = ['requestId', 'pageSize', 'bookmark'];

export function verbOf(noun: string, row: VerbRow): Verb {
    const { kind, summary, arguments: codec } = transactionDefinition(row.transaction);
    const shape = intentShape(row.transaction);
    const properties = propertiesOf(codec.schema);
    const own = shape?.facts ?? withoutSetFields(properties);
    return {
        ...row,
        noun,
        summary,
        kind: shape === undefined ? kind : 'intent',
        shape,
        fields: fieldsOf(own),
        isPaged: properties.bookmark !== undefined,
        asset: impliedAsset(row.transaction),
    };
}

/** The request's properties that the command line gives. */
export function requestProperties({ shape, transaction }: Verb): ReturnType<typeof propertiesOf> {
    return shape?.facts ?? withoutSetFields(propertiesOf(transactionDefinition(transaction).arguments.schema));
}

function withoutSetFields(properties: ReturnType<typeof propertiesOf>): ReturnType<typeof propertiesOf> {
    return Object.fromEntries(Object.entries(properties).filter(([name]) => !setFields.includes(name)));
}
