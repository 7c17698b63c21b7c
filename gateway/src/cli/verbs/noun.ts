// SPDX-License-Identifier: Apache-2.0
import { type TransactionName } from '@power-currency/domain';
import { type VerbRow } from './verb.js';

/** What `power NOUN` is about, and its verbs. */
export interface Noun {
    readonly noun: string;
    readonly description: string;
    readonly verbs: readonly VerbRow[];
}

/** A row: the verb, its transaction, the fields given without a name, and an example. */
export function row(
    verb: string,
    transaction: TransactionName,
    positionals: string,
    example: string,
    columns = '',
): VerbRow {
    const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');
    return { verb, transaction, positionals: words(positionals), example, columns: words(columns) };
}
