// SPDX-License-Identifier: Apache-2.0
import { type AssetCode, type WalletId } from '@power-currency/domain';
import { type BlockView, type KeyWrite, type TransactionView } from '../blockView.js';
import { Failure } from '../failure.js';

/** One transaction's effect on what a wallet has: what it can spend and what waits for it. Amounts are minor units. */
interface StatementEntry {
    /** Of the transaction, but never before that of an earlier one: its client chose it. ISO 8601. */
    readonly time: string;
    readonly block: number;
    readonly txId: string;
    /** The transaction's name. */
    readonly kind: string;
    /** Other wallets, holds, programmes on the other side; empty where there is none. */
    readonly counterparties: readonly string[];
    /** Negative for money that left. */
    readonly amount: bigint;
    readonly balance: bigint;
}

/**
 * Follows what a wallet has of one asset through the blocks of a chain, from the first on: its pocket and the credits
 * that wait for it. Every figure comes from what valid transactions wrote.
 */
export class WalletAccount {
    readonly #walletId: WalletId;
    readonly #asset: AssetCode;
    readonly #chaincode: string;
    /** Amounts by key: of the pocket, and of each waiting credit. */
    readonly #amounts = new Map<string, bigint>();
    readonly #entries: StatementEntry[] = [];
    #nextBlock = 0;
    #time = '';

    constructor(walletId: WalletId, asset: AssetCode, chaincode: string) {
        this.#walletId = walletId;
        this.#asset = asset;
        this.#chaincode = chaincode;
    }

    get entries(): readonly StatementEntry[] {
        return this.#entries;
    }

    /** What it has after the last block. */
    get balance(): bigint {
        return [...this.#amounts.values()].reduce((sum, amount) => sum + amount, 0n);
    }

    /** @throws Failure BLOCKS_DAMAGED for a block out of order */
    add(block: BlockView): void {
        if (block.number !== this.#nextBlock) {
            const problem = `block ${String(this.#nextBlock)} belongs here`;
            throw new Failure('BLOCKS_DAMAGED', { block: block.number, problem });
        }
        this.#nextBlock++;
        for (const transaction of block.transactions) {
            if (transaction.validationCode === 'VALID') this.#follow(transaction, block.number);
        }
    }

    #follow(transaction: TransactionView, block: number): void {
        const { call, txId, timestamp } = transaction;
        if (timestamp > this.#time) this.#time = timestamp;
        const written = (call?.writes ?? []).filter(({ namespace }) => namespace === this.#chaincode);
        const before = this.balance;
        const own = written.filter((write) => this.#isOwn(write.key));
        if (call === null || own.length === 0) return;
        for (const write of own) this.#amounts.set(write.key, write.isDelete ? 0n : amountIn(write));
        for (const { key, isDelete } of own) if (isDelete) this.#amounts.delete(key);
        const balance = this.balance;
        if (balance === before) return;
        const counterparties = this.#counterparties(written, balance > before);
        const where = { time: this.#time, block, txId, kind: call.function };
        this.#entries.push({ ...where, counterparties, amount: balance - before, balance });
    }

    #isOwn(key: string): boolean {
        const [table, asset, wallet] = partsOf(key);
        return (table === 'b' || table === 'p') && asset === this.#asset && wallet === this.#walletId;
    }

    /** Who paid says the credit itself; who was paid says whatever else of the asset the transaction wrote. */
    #counterparties(written: readonly KeyWrite[], isPaid: boolean): readonly string[] {
        const names = written.flatMap((write): readonly string[] => {
            const [table, asset, ...rest] = partsOf(write.key);
            if (asset !== this.#asset || write.isDelete) return [];
            if (isPaid) return table === 'p' && rest[0] === this.#walletId ? payerIn(write) : [];
            if (table === 'p') return rest[0] === undefined || rest[0] === this.#walletId ? [] : [rest[0]];
            return table !== undefined && Object.hasOwn(places, table)
                ? [`${places[table] ?? ''} ${rest.join('/')}`]
                : [];
        });
        return [...new Set(names)];
    }
}

/** Where money can go beside wallets, by the first part of the key. */
const places: Readonly<Record<string, string>> = {
    h: 'hold',
    milestone: 'milestone',
    redemption: 'redemption',
    note: 'note',
    pool: 'private balances',
};

function partsOf(key: string): readonly string[] {
    return key.split('~').map((part) => part.replaceAll('%7E', '~').replaceAll('%25', '%'));
}

function amountIn({ key, value }: KeyWrite): bigint {
    const { balance, amount } = JSON.parse(value) as { readonly balance?: string; readonly amount?: string };
    const text = balance ?? amount;
    if (text === undefined) throw new Error(`the record ${key} holds no amount`);
    return BigInt(text);
}

function payerIn({ value }: KeyWrite): readonly string[] {
    const { from, origin } = JSON.parse(value) as { readonly from: string | null; readonly origin: string };
    return [from ?? origin];
}

interface Statement {
    readonly opening: bigint;
    readonly entries: readonly StatementEntry[];
    readonly closing: bigint;
}

/** The entries of a period, days of UTC both included, between the balances before and after it. */
export function statementOf(all: readonly StatementEntry[], fromDay: string, toDay: string): Statement {
    const dayOf = ({ time }: StatementEntry): string => time.slice(0, 10);
    const opening = all.findLast((entry) => dayOf(entry) < fromDay)?.balance ?? 0n;
    const entries = all.filter((entry) => dayOf(entry) >= fromDay && dayOf(entry) <= toDay);
    return { opening, entries, closing: entries.at(-1)?.balance ?? opening };
}
