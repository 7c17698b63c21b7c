// SPDX-License-Identifier: Apache-2.0
import { BrokenChain, type ChainBlock, ChainCheck, type ChainTransaction, type ChainWrite } from './chainBlock.js';
import { type BookLine, bookLineOf, type Books } from './recordBooks.js';

/** The first thing that is wrong with the chain or its books. */
interface AuditProblem {
    readonly block: number;
    readonly txId: string | null;
    readonly asset: string | null;
    readonly problem: string;
}

export interface AuditReport {
    /** By code, in order. */
    readonly assets: readonly (Books & { readonly code: string })[];
    readonly blocks: number;
    readonly transactions: number;
    readonly problem: AuditProblem | null;
}

const noBooks: Books = {
    ...{ issued: 0n, redeemed: 0n, wallets: 0n, pending: 0n, held: 0n, notes: 0n, escrow: 0n, vouchers: 0n },
    holds: 0n,
};

/**
 * Recounts every asset from the blocks alone: takes the writes of the transactions that took effect, reads the records
 * that hold money by rules of its own, and compares what is held with what was issued and not redeemed after each
 * transaction. Ends at the first problem.
 */
export class ChainAudit {
    readonly #namespace: string;
    readonly #chain = new ChainCheck();
    readonly #lines = new Map<string, BookLine>();
    readonly #books = new Map<string, Books>();
    #blocks = 0;
    #transactions = 0;
    #problem: AuditProblem | null = null;

    constructor(namespace: string) {
        this.#namespace = namespace;
    }

    /** Returns false where there is no use in going on. Blocks are added from number 0 on. */
    add(number: number, read: () => ChainBlock): boolean {
        try {
            const block = read();
            if (block.number !== number) throw new BrokenChain(number, `it says it is block ${String(block.number)}`);
            if (number !== this.#blocks) throw new BrokenChain(this.#blocks, 'it is missing');
            this.#chain.add(block);
            this.#blocks++;
            return block.transactions.every((transaction) => this.#apply(number, transaction));
        } catch (error) {
            const problem = error instanceof Error ? error.message : String(error);
            const block = error instanceof BrokenChain ? error.block : number;
            this.#problem = { block, txId: null, asset: null, problem };
            return false;
        }
    }

    report(): AuditReport {
        const assets = [...this.#books].map(([code, books]) => ({ code, ...books }));
        return {
            assets: assets.sort((a, b) => (a.code < b.code ? -1 : 1)),
            blocks: this.#blocks,
            transactions: this.#transactions,
            problem: this.#problem,
        };
    }

    #apply(block: number, { txId, isValid, writes }: ChainTransaction): boolean {
        if (!isValid) return true;
        this.#transactions++;
        const touched = new Set<string>();
        for (const write of writes.filter(({ namespace }) => namespace === this.#namespace)) {
            try {
                for (const asset of this.#write(write)) touched.add(asset);
            } catch (error) {
                const problem = `${write.key}: ${error instanceof Error ? error.message : String(error)}`;
                this.#problem = { block, txId, asset: null, problem };
                return false;
            }
        }
        for (const asset of touched) {
            const difference = imbalance(this.#books.get(asset) ?? noBooks);
            if (difference === 0n) continue;
            const problem = `what is held differs from what is outstanding by ${difference.toString()}`;
            this.#problem = { block, txId, asset, problem };
            return false;
        }
        return true;
    }

    /** Replaces what the record said before; returns the assets whose books change. */
    #write({ key, value }: ChainWrite): readonly string[] {
        const [before, after] = [this.#lines.get(key), value && bookLineOf(key, value)];
        if (after === undefined) this.#lines.delete(key);
        else this.#lines.set(key, after);
        if (before !== undefined) this.#enter(before, -1n);
        if (after !== undefined) this.#enter(after, 1n);
        return [before, after].filter((line) => line !== undefined).map(({ asset }) => asset);
    }

    #enter({ asset, books }: BookLine, sign: bigint): void {
        const sum = { ...(this.#books.get(asset) ?? noBooks) };
        for (const place of Object.keys(noBooks) as (keyof Books)[]) sum[place] += sign * (books[place] ?? 0n);
        this.#books.set(asset, sum);
    }
}

function imbalance(books: Books): bigint {
    const { issued, redeemed, wallets, pending, held, notes, escrow, vouchers } = books;
    return wallets + pending + held + notes + escrow + vouchers - (issued - redeemed);
}
