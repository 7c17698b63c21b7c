// SPDX-License-Identifier: Apache-2.0
import {
    addMoney,
    type AssetCode,
    bookKinds,
    type BookValue,
    type Money,
    money,
    refuse,
    type SupplyAccount,
    zeroMoney,
} from '@power-currency/domain';
import type { LedgerSession } from './ledgerSession.js';
import { bookedTables } from './tables.js';

/** Most records the supply query counts at once. */
const countedRowsMax = 200_000;
/** Records read from the peer at a time. */
const pageSize = 1000;

interface CountedPage {
    readonly account: SupplyAccount;
    readonly bookmark: string;
}

/** Adds up every record that holds or counts money of the asset. Throws QUERY_TOO_LARGE rather than leave some out. */
export async function countSupply(session: LedgerSession, asset: AssetCode): Promise<SupplyAccount> {
    let account = emptyAccount(asset);
    let bookmark = '';
    do {
        const page = await countPage(session, asset, { pageSize, bookmark });
        account = add(account, page.account, page.account.recordCount);
        if (account.recordCount > countedRowsMax) refuse('QUERY_TOO_LARGE', { rowsMax: countedRowsMax });
        bookmark = page.bookmark;
    } while (bookmark !== '');
    return account;
}

/** One page of the count: its bookmark names the table to go on in, and the place there. */
export async function countPage(
    session: LedgerSession,
    asset: AssetCode,
    paging: { readonly pageSize: number; readonly bookmark: string },
): Promise<CountedPage> {
    // The record of a bookmark is of the first table whose name its key begins with.
    const at = bookedTables.findIndex(({ name }) => paging.bookmark.startsWith(`${name}~`));
    const index = Math.max(at, 0);
    const table = bookedTables[index];
    if (table === undefined) return { account: emptyAccount(asset), bookmark: '' };
    const page = await session.page(table, [asset], paging);
    const account = page.rows.reduce(
        (total, { value }) => add(total, table.bookOf?.(value) ?? {}, 1),
        emptyAccount(asset),
    );
    const next = bookedTables[index + 1];
    if (page.bookmark !== '' || next === undefined) return { account, bookmark: page.bookmark };
    return { account, bookmark: `${next.name}~${asset}~` };
}

const counted = ['issued', 'redeemed', ...bookKinds] as const;

function emptyAccount(asset: AssetCode): SupplyAccount {
    const nothing = Object.fromEntries(counted.map((kind) => [kind, zeroMoney]));
    return { ...(nothing as Record<(typeof counted)[number], Money>), asset, recordCount: 0 };
}

function add(account: SupplyAccount, value: BookValue, recordCount: number): SupplyAccount {
    const sums = Object.fromEntries(
        counted.map((kind) => [kind, addMoney(account[kind], money(value[kind] ?? 0n))]),
    ) as Record<(typeof counted)[number], Money>;
    return { ...account, ...sums, recordCount: account.recordCount + recordCount };
}
