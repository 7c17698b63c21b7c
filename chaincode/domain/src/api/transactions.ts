// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from '../encoding/canonicalJson.js';
import type { Codec, Decoded } from '../encoding/codec.js';
import { parseJson } from '../encoding/parseJson.js';
import { JsonSyntaxError } from '../encoding/scanJson.js';
import { refuse } from '../error/domainError.js';
import { assetTransactions } from './assetTransactions.js';
import { attestationTransactions } from './attestationTransactions.js';
import { certificateTransactions } from './certificateTransactions.js';
import { commercialTransactions } from './commercialTransactions.js';
import { dealingTransactions } from './dealingTransactions.js';
import { complianceTransactions } from './complianceTransactions.js';
import type { TransactionDefinition } from './definition.js';
import { energyRegistryTransactions } from './energyRegistryTransactions.js';
import { governanceTransactions } from './governanceTransactions.js';
import { holdTransactions } from './holdTransactions.js';
import { issuanceTransactions } from './issuanceTransactions.js';
import { measurementTransactions } from './measurementTransactions.js';
import { noteTransactions } from './noteTransactions.js';
import { powerCreditTransactions } from './powerCreditTransactions.js';
import { programmeTransactions } from './programmeTransactions.js';
import { redemptionTransactions } from './redemptionTransactions.js';
import { registryTransactions } from './registryTransactions.js';
import { walletKeysTransactions } from './walletKeysTransactions.js';
import { storageTransactions } from './storageTransactions.js';
import { treasuryNoteTransactions } from './treasuryNoteTransactions.js';
import { walletTransactions } from './walletTransactions.js';

/**
 * Every transaction of the ledger under its full name, `Contract:Transaction`. Contracts, the typed client, the
 * reference documents and the authorisation matrix all derive from this table.
 */
export const transactions = {
    ...registryTransactions,
    ...assetTransactions,
    ...walletTransactions,
    ...walletKeysTransactions,
    ...holdTransactions,
    ...noteTransactions,
    ...dealingTransactions,
    ...complianceTransactions,
    ...attestationTransactions,
    ...powerCreditTransactions,
    ...commercialTransactions,
    ...governanceTransactions,
    ...redemptionTransactions,
    ...treasuryNoteTransactions,
    ...programmeTransactions,
    ...issuanceTransactions,
    ...measurementTransactions,
    ...energyRegistryTransactions,
    ...certificateTransactions,
    ...storageTransactions,
} as const satisfies Record<`${string}:${string}`, TransactionDefinition>;

export type TransactionName = keyof typeof transactions;
export type ArgumentsOf<N extends TransactionName> = Decoded<(typeof transactions)[N]['arguments']>;
export type ResultOf<N extends TransactionName> = Decoded<(typeof transactions)[N]['result']>;

/** Longest argument the ledger reads, in UTF-16 units. */
export const argumentLengthMax = 262_144;

/** Whether there is a transaction of this full name. */
export function isTransactionName(text: string): text is TransactionName {
    return Object.hasOwn(transactions, text);
}

/** The definition of a transaction, for code that treats all alike. */
export function transactionDefinition(name: TransactionName): TransactionDefinition {
    return transactions[name];
}

/** The one argument string of a call. */
export function encodeArguments<N extends TransactionName>(name: N, value: ArgumentsOf<N>): string {
    return canonicalJson(argumentsCodec(name).encode(value));
}

/** Reads a call's argument. Throws ARGUMENT_TOO_LARGE or INVALID_ARGUMENT. */
export function decodeArguments<N extends TransactionName>(name: N, text: string): ArgumentsOf<N> {
    if (text.length > argumentLengthMax) {
        refuse('ARGUMENT_TOO_LARGE', { sizeBytes: text.length, sizeBytesMax: argumentLengthMax });
    }
    return decodeText(argumentsCodec(name), text);
}

/** The one result string of a call. */
export function encodeResult<N extends TransactionName>(name: N, value: ResultOf<N>): string {
    return canonicalJson(resultCodec(name).encode(value));
}

/** Reads a call's result. Throws INVALID_ARGUMENT if it is not what the table says. */
export function decodeResult<N extends TransactionName>(name: N, text: string): ResultOf<N> {
    return decodeText(resultCodec(name), text);
}

function decodeText<T>(codec: Codec<T>, text: string): T {
    try {
        return codec.decode(parseJson(text), '');
    } catch (thrown) {
        if (thrown instanceof JsonSyntaxError) refuse('INVALID_ARGUMENT', { field: '', reason: thrown.message });
        throw thrown;
    }
}

function argumentsCodec<N extends TransactionName>(name: N): Codec<ArgumentsOf<N>> {
    return transactions[name].arguments as unknown as Codec<ArgumentsOf<N>>;
}

function resultCodec<N extends TransactionName>(name: N): Codec<ResultOf<N>> {
    return transactions[name].result as unknown as Codec<ResultOf<N>>;
}
