// SPDX-License-Identifier: Apache-2.0
import { type AssetCode, assetCode, parseDay, walletId, type WalletId } from '@power-currency/domain';
import { type Command } from 'commander';
import { formatUnits } from '../../application/decimalAmount.js';
import { Failure } from '../../application/failure.js';
import { createLedger } from '../../application/ledger.js';
import { statementOf, WalletAccount } from '../../application/wallets/statement.js';
import { listBlockFiles, readBlockFile } from '../blockFiles.js';
import { type Surface } from '../surface.js';
import { decimalsOf } from '../verbs/assets.js';

interface StatementOptions {
    readonly asset: string;
    readonly from: string;
    readonly to: string;
    readonly atBlock?: number;
    readonly blocks?: string;
    readonly chaincode: string;
}

const BLOCKS_BETWEEN_NOTES = 1000;

/** `power wallet statement`. */
export function addStatementCommand(wallet: Command, surface: Surface): void {
    wallet
        .command('statement')
        .argument('<wallet>', 'wallet id')
        .option('--asset <code>', 'asset code', 'PC')
        .option('--from <day>', 'first day, UTC', parseDayText, '2000-01-01')
        .option('--to <day>', 'last day, UTC', parseDayText, '2199-12-31')
        .option('--at-block <number>', 'only the balance as of this block', parseNumber)
        .option('--blocks <dir>', 'read block files instead of the own peer (see `power blocks export`)')
        .option('--chaincode <name>', 'whose records hold the money', 'power-currency')
        .description(
            "what a wallet had, got and paid, from the blocks of the own peer; checked against the ledger's own balance",
        )
        .action(async (id: string, options: StatementOptions) => {
            await statement(walletId.decode(id, 'wallet'), assetCode.decode(options.asset, 'asset'), options, surface);
        })
        .addHelpText(
            'after',
            `
A balance is what the wallet can spend and what waits for it. Folding changes nothing in it.

Examples:
  $ power wallet statement alice --from 2026-11-01 --to 2026-11-30
  $ power wallet statement alice --at-block 1200
  $ power blocks export ./blocks && power wallet statement alice --blocks ./blocks -o json`,
        );
}

async function statement(id: WalletId, asset: AssetCode, options: StatementOptions, surface: Surface): Promise<void> {
    const account = new WalletAccount(id, asset, options.chaincode);
    const lastBlock = await readBlocks(account, options, surface);
    const isWhole = options.blocks === undefined && options.atBlock === undefined;
    if (isWhole) await compare(account, lastBlock, { id, asset }, surface);
    else surface.note('not compared with a balance of the ledger: it answers for its newest block alone');
    const decimals = await decimalsOf(asset, surface);
    const money = (amount: bigint): string => formatUnits(amount, decimals);
    const head = { walletId: id, asset, asOfBlock: lastBlock };
    if (options.atBlock !== undefined) {
        surface.print({ ...head, balance: account.balance.toString(), balanceInUnits: money(account.balance) });
        return;
    }
    const { opening, entries, closing } = statementOf(account.entries, options.from, options.to);
    const rows = entries.map(({ amount, balance, ...entry }) => ({
        ...{ ...entry, amount: amount.toString(), amountInUnits: money(amount) },
        ...{ balance: balance.toString(), balanceInUnits: money(balance) },
    }));
    if (surface.outputFormat !== 'table') {
        const ends = { opening: opening.toString(), closing: closing.toString() };
        surface.print({
            ...head,
            ...ends,
            openingInUnits: money(opening),
            closingInUnits: money(closing),
            entries: rows,
        });
        return;
    }
    surface.print(
        rows.map(({ time, block, txId, kind, counterparties, amountInUnits, balanceInUnits }) => ({
            ...{ time, block, transaction: txId.slice(0, 12), kind, counterparty: shown(counterparties) },
            ...{ amount: amountInUnits, balance: balanceInUnits },
        })),
    );
    surface.printText(`\nopening ${money(opening)} ${asset}, closing ${money(closing)} ${asset}\n`);
}

function shown(counterparties: readonly string[]): string {
    const [first = '', ...others] = counterparties;
    return others.length === 0 ? first : `${first} and ${String(others.length)} more`;
}

/** Follows the account through the blocks. Returns the number of the last one. */
async function readBlocks(
    account: WalletAccount,
    { blocks: dir, atBlock }: StatementOptions,
    surface: Surface,
): Promise<number> {
    const view = await surface.environment.blockViewer();
    let last = -1;
    const add = (bytes: Uint8Array, lastWanted: number): void => {
        account.add(view(bytes));
        last++;
        if (last > 0 && last % BLOCKS_BETWEEN_NOTES === 0) {
            surface.note(`block ${String(last)} of ${String(lastWanted)}`);
        }
    };
    if (dir !== undefined) {
        const files = listBlockFiles(dir).filter(({ number }) => number <= (atBlock ?? number));
        for (const file of files) add(readBlockFile(file), files.length - 1);
    } else {
        const { blocks, chain } = await surface.ledger();
        const newest = Number((await chain.chainInfo()).height) - 1;
        const to = Math.min(atBlock ?? newest, newest);
        for await (const bytes of blocks.stored(0, to)) add(bytes, to);
    }
    if (last < (atBlock ?? 0)) throw new Failure('NOT_FOUND', { what: `block ${String(atBlock ?? 0)}` });
    return last;
}

/** The ledger's own balance, at the height that was read. @throws Failure STATEMENT_MISMATCH */
async function compare(
    account: WalletAccount,
    lastBlock: number,
    { id, asset }: { readonly id: WalletId; readonly asset: AssetCode },
    surface: Surface,
): Promise<void> {
    const { transport, chain, blocks } = await surface.ledger();
    const view = await surface.environment.blockViewer();
    for (let read = lastBlock; ;) {
        const { available, pending } = await createLedger(transport).wallet.balanceOf({ walletId: id, asset });
        const newest = Number((await chain.chainInfo()).height) - 1;
        if (available + pending === account.balance) return;
        if (newest === read) {
            const found = { computed: account.balance.toString(), ledger: (available + pending).toString() };
            throw new Failure('STATEMENT_MISMATCH', { walletId: id, asset, ...found });
        }
        for await (const bytes of blocks.stored(read + 1, newest)) account.add(view(bytes));
        read = newest;
    }
}

function parseDayText(text: string): string {
    if (parseDay(text) !== undefined) return text;
    throw new Failure('INPUT_INVALID', { field: 'day', problem: `"${text}" is no calendar day such as 2026-11-19` });
}

function parseNumber(text: string): number {
    if (/^\d{1,15}$/.test(text)) return Number(text);
    throw new Failure('INPUT_INVALID', { field: '--at-block', problem: `"${text}" is no number of a block` });
}
