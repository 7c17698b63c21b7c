// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    type AssetCode,
    growthCurrency,
    type Intent,
    powerCredit,
    type Schema,
    transactionDefinition,
    type TransactionName,
    treasuryNote,
} from '@power-currency/domain';

/** Transactions that carry a signed intent. */
export type IntentTransaction = {
    [N in TransactionName]: ArgumentsOf<N> extends { readonly intent: Intent } ? N : never;
}[TransactionName];

/** What an intent says beyond what all of them say. */
export type FactsOf<N extends IntentTransaction> = Omit<ArgumentsOf<N>['intent'], keyof Intent>;

/** What the table of transactions tells of an intent. */
export interface IntentShape {
    readonly type: string;
    /** Its own facts, by name. */
    readonly facts: Readonly<Record<string, Schema>>;
    /** Whose next turn its nonce is: the pocket's, the wallet's, or nobody's. */
    readonly turn: 'pocket' | 'wallet' | 'none';
}

const commonFields: readonly string[] = [
    ...['type', 'version', 'network', 'channel', 'requestId', 'wallet', 'nonce', 'expiresAt'],
];

/** The shape of a transaction's intent, or undefined for a transaction that carries none. */
export function intentShape(name: TransactionName): IntentShape | undefined {
    const { arguments: codec, changesWallet } = transactionDefinition(name);
    const { intent, foldIds } = propertiesOf(codec.schema);
    if (intent === undefined) return undefined;
    const { type, ...properties } = propertiesOf(intent);
    const facts = Object.fromEntries(Object.entries(properties).filter(([field]) => !commonFields.includes(field)));
    const turn = foldIds !== undefined ? 'pocket' : changesWallet === true ? 'wallet' : 'none';
    return { type: (type?.enum as readonly string[])[0] ?? '', facts, turn };
}

/** Contracts of one asset, which their requests and records do not name. */
const impliedAssets: Readonly<Record<string, AssetCode>> = { Issuance: growthCurrency, TreasuryNote: treasuryNote };

/** The asset a transaction moves, or tells of, where neither its request nor its answer says. */
export function impliedAsset(name: TransactionName): AssetCode {
    return impliedAssets[name.split(':')[0] ?? ''] ?? powerCredit;
}

export function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
    return (schema.properties ?? {}) as Readonly<Record<string, Schema>>;
}
