// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    canonicalJson,
    type CreditId,
    decodeArguments,
    encodeArguments,
    founding,
    hex,
    isTransactionName,
    type Json,
    JsonSyntaxError,
    parseJson,
    type RequestId,
    type TransactionName,
    utf8,
    type WalletId,
} from '@power-currency/domain';
import { Failure } from '../failure.js';
import { type FactsOf, intentShape, type IntentTransaction } from './intentTable.js';

type JsonObject = Readonly<Record<string, Json>>;

/** Whoever can sign for a wallet: its holder's device, or one of several key holders. */
export interface IntentSigner {
    /** Ed25519, 32 bytes. */
    readonly publicKey: Uint8Array;
    readonly sign: (message: Uint8Array) => Uint8Array;
}

/** The holder of a wallet's ML-DSA-65 key. */
type PostQuantumSigner = Pick<IntentSigner, 'sign'>;

/** An intent on its way from who wrote it over who signs it to who submits it, in the ledger's wire form. */
export interface IntentDocument {
    readonly transaction: TransactionName;
    readonly intent: JsonObject;
    readonly signatures: readonly JsonObject[];
    readonly postQuantum: string | null;
    /** Pending credits to take in; the submitter's choice, signed by nobody. Null where the transaction spends nothing. */
    readonly foldIds: readonly CreditId[] | null;
}

/** What every intent binds beside its own facts. */
interface IntentTerms {
    readonly wallet: WalletId;
    readonly requestId: RequestId;
    readonly channel: string;
    /** "0" for an intent that neither spends from a pocket nor changes its wallet. */
    readonly nonce: bigint;
    readonly now: Date;
    /** How long it may be executed, in seconds; at most a day. */
    readonly lifetimeSeconds?: bigint;
    readonly foldIds?: readonly CreditId[];
}

/** Ten minutes: long enough for any retry, short enough that a lost intent means nothing tomorrow. */
const defaultLifetimeSeconds = 600n;

/** Writes an intent for signing; its facts are in wire form. */
export function writeIntent(transaction: TransactionName, facts: JsonObject, terms: IntentTerms): IntentDocument {
    const shape = shapeOf(transaction);
    const { wallet, requestId, channel, nonce, now, lifetimeSeconds = defaultLifetimeSeconds, foldIds = [] } = terms;
    const nowSeconds = BigInt(Math.floor(now.getTime() / 1000));
    const common = { type: shape.type, version: '2', network: founding.network, channel, requestId, wallet };
    const turn = { nonce: nonce.toString(), expiresAt: (nowSeconds + lifetimeSeconds).toString() };
    return {
        transaction,
        intent: { ...facts, ...common, ...turn },
        signatures: [],
        postQuantum: null,
        foldIds: shape.turn === 'pocket' ? foldIds : null,
    };
}

/** The document with one more signature, or with the ML-DSA-65 one. */
export function signDocument(
    document: IntentDocument,
    signers: readonly IntentSigner[],
    postQuantum?: PostQuantumSigner,
): IntentDocument {
    const message = utf8(canonicalJson(document.intent));
    const added = signers.map(({ publicKey, sign }) => ({ publicKey: hex(publicKey), signature: hex(sign(message)) }));
    return {
        ...document,
        signatures: [...document.signatures, ...added],
        postQuantum: postQuantum === undefined ? document.postQuantum : hex(postQuantum.sign(message)),
    };
}

/**
 * The argument text of the transaction.
 *
 * @throws INVALID_ARGUMENT naming the field that the ledger would not read
 */
export function argumentText({ transaction, intent, signatures, postQuantum, foldIds }: IntentDocument): string {
    const wire = { intent, authorisation: { signatures, postQuantum }, ...(foldIds !== null && { foldIds }) };
    return encodeArguments(transaction, decodeArguments(transaction, canonicalJson(wire)));
}

/** What the ledger asks for, from typed facts and whoever signs. */
export function signedRequest<N extends IntentTransaction>(
    name: N,
    facts: FactsOf<N>,
    signers: readonly IntentSigner[],
    terms: IntentTerms,
): ArgumentsOf<N> {
    const unsigned = { intent: facts, authorisation: { signatures: [], postQuantum: null }, foldIds: [] };
    // Encoding looks at the facts that are there; the common fields are written in wire form right after.
    const blank = { ...facts, ...blankTerms };
    const text = encodeArguments(name, { ...unsigned, intent: blank } as unknown as ArgumentsOf<N>);
    const { intent } = parseJson(text) as { readonly intent: JsonObject };
    return decodeArguments(name, argumentText(signDocument(writeIntent(name, intent, terms), signers)));
}

const blankTerms = {
    ...{ type: '', version: '2', network: '', channel: '', requestId: '', wallet: '', nonce: 0n, expiresAt: 0n },
};

/** The document as a file. */
export function encodeDocument(document: IntentDocument): string {
    return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** @throws Failure INTENT_FILE_INVALID */
export function decodeDocument(text: string, file: string): IntentDocument {
    const problem = (reason: string): never => {
        throw new Failure('INTENT_FILE_INVALID', { file, problem: reason });
    };
    const read = jsonObject(parsed(text, problem)) ?? problem('it is no JSON object');
    const { transaction, signatures, postQuantum = null, foldIds = null } = read;
    const intent = jsonObject(read.intent) ?? problem('it holds no intent');
    if (typeof transaction !== 'string' || !isTransactionName(transaction) || intentShape(transaction) === undefined) {
        return problem('it names no transaction that takes an intent');
    }
    if (intent.type !== intentShape(transaction)?.type) problem(`its intent is not one for ${transaction}`);
    if (!Array.isArray(signatures)) return problem('it has no list of signatures');
    return { transaction, intent, signatures, postQuantum, foldIds } as IntentDocument;
}

function parsed(text: string, problem: (reason: string) => never): Json {
    try {
        return parseJson(text);
    } catch (error) {
        if (error instanceof JsonSyntaxError) return problem(error.message);
        throw error;
    }
}

function jsonObject(value: Json | undefined): JsonObject | undefined {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

function shapeOf(transaction: TransactionName): NonNullable<ReturnType<typeof intentShape>> {
    const shape = intentShape(transaction);
    if (shape === undefined) {
        throw new Failure('INPUT_INVALID', { field: 'transaction', problem: `${transaction} takes no signed intent` });
    }
    return shape;
}
