// SPDX-License-Identifier: Apache-2.0
import {
    amount,
    type AssetCode,
    type CreditId,
    type Json,
    positiveAmount,
    type Schema,
    type TransactionName,
    type WalletId,
} from '@power-currency/domain';
import { type Ledger } from '../ledger.js';
import { impliedAsset, type IntentShape, propertiesOf } from './intentTable.js';

type JsonObject = Readonly<Record<string, Json>>;

/** The turn an intent takes, and the pending credits it needs taken in. */
interface Turn {
    readonly nonce: bigint;
    readonly foldIds: readonly CreditId[];
}

/** Most pending credits one spending takes in. */
const foldCountMax = 64;

/** Looks up what an intent has to say of the wallet's state: the next nonce, and credits to fold when the balance is short. */
export async function nextTurn(
    ledger: Ledger,
    transaction: TransactionName,
    shape: IntentShape,
    wallet: WalletId,
    facts: JsonObject,
): Promise<Turn> {
    if (shape.turn === 'none') return { nonce: 0n, foldIds: [] };
    if (shape.turn === 'wallet') {
        const { changeCount } = await ledger.wallet.describe({ walletId: wallet });
        return { nonce: changeCount + 1n, foldIds: [] };
    }
    const asset = typeof facts.asset === 'string' ? (facts.asset as AssetCode) : impliedAsset(transaction);
    const { available, nonce } = await ledger.wallet.balanceOf({ walletId: wallet, asset });
    const missing = amountMoved(shape.facts, facts) - available;
    const foldIds = missing > 0n ? await creditsWorth(ledger, wallet, asset, missing) : [];
    return { nonce: nonce + 1n, foldIds };
}

/** The largest waiting credits that make up the amount: as few as possible, at most 64, fewer if no more wait. */
async function creditsWorth(
    ledger: Ledger,
    walletId: WalletId,
    asset: AssetCode,
    missing: bigint,
): Promise<readonly CreditId[]> {
    const { rows } = await ledger.wallet.listPending({ walletId, asset, pageSize: 1000, bookmark: '' });
    const largestFirst = rows.toSorted((a, b) => compare(b.credit.amount, a.credit.amount));
    const chosen: CreditId[] = [];
    let sum = 0n;
    for (const { creditId, credit } of largestFirst.slice(0, foldCountMax)) {
        if (sum >= missing) break;
        sum += credit.amount;
        chosen.push(creditId);
    }
    return chosen;
}

function compare(a: bigint, b: bigint): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

/** What leaves the pocket, in minor units: the amounts of the intent itself, else those of the list it holds. */
function amountMoved(schemas: Readonly<Record<string, Schema>>, facts: JsonObject): bigint {
    const own = sumOfAmounts(schemas, facts);
    if (own > 0n) return own;
    return Object.entries(schemas).reduce((sum, [name, schema]) => {
        const [rows, items] = [facts[name], schema.items as Schema | undefined];
        if (!Array.isArray(rows) || items === undefined) return sum;
        const inside = propertiesOf(items);
        return (rows as readonly JsonObject[]).reduce((total, row) => total + sumOfAmounts(inside, row), sum);
    }, 0n);
}

function sumOfAmounts(schemas: Readonly<Record<string, Schema>>, facts: JsonObject): bigint {
    return Object.entries(schemas).reduce((sum, [name, schema]) => {
        const value = facts[name];
        return isAmount(schema) && typeof value === 'string' && /^\d+$/.test(value) ? sum + BigInt(value) : sum;
    }, 0n);
}

/** Whether the field is an amount of money in minor units. */
export function isAmount(schema: Schema): boolean {
    return schema === amount.schema || schema === positiveAmount.schema;
}
