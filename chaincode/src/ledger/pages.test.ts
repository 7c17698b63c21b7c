// SPDX-License-Identifier: Apache-2.0
import { isDomainError } from '@power-currency/domain';
import { LedgerSession } from './ledgerSession.js';
import { allRows } from './pages.js';
import type { StatePort } from './statePort.js';
import { tables } from './tables.js';

/** A ledger of so many pockets of one unit each. */
function pockets(count: number): StatePort {
    const value = Buffer.from('{"balance":"1","nonce":"0"}');
    const keys = Array.from({ length: count }, (_, index) => `b~PC~w${String(index).padStart(6, '0')}`);
    return {
        getMany: (wanted) => Promise.resolve(wanted.map(() => undefined)),
        writeMany: () => Promise.resolve(),
        page: (_start, _end, pageSize, bookmark) => {
            const from = bookmark === '' ? 0 : keys.indexOf(bookmark);
            const entries = keys.slice(from, from + pageSize).map((key) => ({ key, value }));
            return Promise.resolve({ entries, bookmark: keys[from + pageSize] ?? '' });
        },
    };
}

describe('all rows of a table', () => {
    it.each([0, 1, 999, 1_000, 1_001, 2_500])('are %i of as many, over any number of pages', async (count) => {
        const rows = await allRows(new LedgerSession(pockets(count)), tables.pocket, ['PC'], 2_500);
        expect(new Set(rows.map(({ parts }) => parts.join('/'))).size).toBe(count);
    });

    it('are refused rather than cut off beyond the limit [V25]', async () => {
        const thrown = await allRows(new LedgerSession(pockets(2_501)), tables.pocket, ['PC'], 2_500).catch(
            (error: unknown) => error,
        );
        expect(isDomainError(thrown, 'QUERY_TOO_LARGE') && thrown.details).toEqual({ rowsMax: 2_500 });
    });
});
