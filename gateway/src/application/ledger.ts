// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    decodeResult,
    encodeArguments,
    type ResultOf,
    transactionDefinition,
    type TransactionName,
    transactions,
} from '@power-currency/domain';
import { type Committed, type LedgerTransport } from './ports.js';

type Kind<N extends TransactionName> = (typeof transactions)[N]['kind'];
type ContractOf<N extends string> = N extends `${infer Contract}:${string}` ? Contract : never;
type FunctionOf<C extends string> = TransactionName extends infer N ? (N extends `${C}:${infer F}` ? F : never) : never;
type Call<N extends TransactionName> = (
    request: ArgumentsOf<N>,
) => Promise<Kind<N> extends 'submit' ? Committed<ResultOf<N>> : ResultOf<N>>;
type NameOf<C extends string, F extends string> = `${C}:${F}` & TransactionName;

/**
 * The typed client: `ledger.wallet.transfer({…})`. Every transaction of the table is there under its contract's name and
 * its own, and nothing else. Submitting ones answer with the receipt of the committed transaction.
 */
export type Ledger = {
    readonly [C in ContractOf<TransactionName> as Uncapitalize<C>]: {
        readonly [F in FunctionOf<C> as Uncapitalize<F>]: Call<NameOf<C, F>>;
    };
};

/** Generates the client from the transaction table. */
export function createLedger(transport: LedgerTransport): Ledger {
    const contracts: Record<string, Record<string, unknown>> = {};
    for (const name of Object.keys(transactions) as TransactionName[]) {
        const [contract = '', transaction = ''] = name.split(':').map(uncapitalize);
        (contracts[contract] ??= {})[transaction] = (request: never) => call(transport, name, request);
    }
    return contracts as unknown as Ledger;
}

async function call<N extends TransactionName>(
    transport: LedgerTransport,
    name: N,
    request: ArgumentsOf<N>,
): Promise<unknown> {
    const text = encodeArguments(name, request);
    if (transactionDefinition(name).kind === 'evaluate') {
        return decodeResult(name, await transport.evaluate(name, text));
    }
    const committed = await transport.submit(name, text);
    return { ...committed, result: decodeResult(name, committed.result) };
}

function uncapitalize(text: string): string {
    return text.charAt(0).toLowerCase() + text.slice(1);
}
