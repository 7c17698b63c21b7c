// SPDX-License-Identifier: Apache-2.0
import { pageSizeMax, refuse } from '@power-currency/domain';
import type { LedgerSession } from './ledgerSession.js';
import type { StateTable } from './stateTable.js';

/** A record with the parts of its key after the table's name. */
interface Row<V> {
    readonly parts: readonly string[];
    readonly value: V;
}

/** A page of the records of a table below the given parts, in key order: what most lists answer. */
export async function pageOfValues<V>(
    session: LedgerSession,
    table: StateTable<V>,
    parts: readonly string[],
    paging: { readonly pageSize: number; readonly bookmark: string },
): Promise<{ readonly rows: readonly V[]; readonly bookmark: string }> {
    const { rows, bookmark } = await session.page(table, parts, paging);
    return { rows: rows.map(({ value }) => value), bookmark };
}

/**
 * Every record of a table below the given parts, page by page, all of one height: a peer commits no block while a
 * query runs (core/ledger/kvledger/txmgmt/txmgr). Throws QUERY_TOO_LARGE rather than return a part of it.
 */
export async function allRows<V>(
    session: LedgerSession,
    table: StateTable<V>,
    parts: readonly string[],
    rowsMax: number,
): Promise<readonly Row<V>[]> {
    const rows: Row<V>[] = [];
    let bookmark = '';
    do {
        const page = await session.page(table, parts, { pageSize: pageSizeMax, bookmark });
        rows.push(...page.rows);
        if (rows.length > rowsMax) refuse('QUERY_TOO_LARGE', { rowsMax });
        bookmark = page.bookmark;
    } while (bookmark !== '');
    return rows;
}
