// SPDX-License-Identifier: Apache-2.0
import { type AssetCode, type WalletId } from '@power-currency/domain';
import { type BlockView, type KeyWrite, type TransactionView } from '../blockView.js';
import { statementOf, WalletAccount } from './statement.js';

const chaincode = 'power-currency';
const [alice, asset] = ['alice' as WalletId, 'PC' as AssetCode];

function put(key: string, value: object): KeyWrite {
    return { namespace: chaincode, key, isDelete: false, value: JSON.stringify(value) };
}
const gone = (key: string): KeyWrite => ({ namespace: chaincode, key, isDelete: true, value: '' });
const pocket = (balance: bigint) => put('b~PC~alice', { balance: balance.toString(), nonce: '1' });
const credit = (to: string, id: string, amount: bigint, from: string | null = 'bob') =>
    put(`p~PC~${to}~${id}`, { amount: amount.toString(), origin: from === null ? 'issuance' : 'transfer', from });

function block(number: number, day: string, kind: string, writes: readonly KeyWrite[], code = 'VALID'): BlockView {
    const call = { function: kind, writes } as unknown as TransactionView['call'];
    const transaction = { txId: `tx-${String(number)}`, timestamp: `${day}T12:00:00.000Z`, validationCode: code, call };
    return { number, transactions: [transaction] } as unknown as BlockView;
}

const blocks = [
    block(0, '2026-01-01', 'Registry:RegisterParticipant', []),
    block(1, '2026-01-01', 'PowerCredit:Mint', [credit('alice', 'a', 100n, null), credit('bob', 'b', 5n)]),
    block(2, '2026-01-02', 'Wallet:Fold', [pocket(100n), gone('p~PC~alice~a')]),
    block(3, '2026-01-02', 'Wallet:Transfer', [pocket(0n)], 'MVCC_READ_CONFLICT'),
    block(4, '2026-01-03', 'Wallet:TransferMany', [pocket(70n), credit('bob', 'c', 10n), credit('carl', 'd', 20n)]),
    block(5, '2026-01-04', 'Wallet:Transfer', [credit('alice', 'e', 7n)]),
    // Takes in a credit and reserves in one transaction; its client's clock is behind.
    block(6, '2026-01-03', 'Hold:Reserve', [
        pocket(27n),
        gone('p~PC~alice~e'),
        put('h~PC~alice~order', { amount: '50' }),
    ]),
    block(7, '2026-01-05', 'Wallet:Transfer', [put('b~TN~alice', { balance: '9', nonce: '1' })]),
];

function account(of: readonly BlockView[] = blocks): WalletAccount {
    const followed = new WalletAccount(alice, asset, chaincode);
    for (const one of of) followed.add(one);
    return followed;
}

describe('the account of a wallet', () => {
    it('has an entry for whatever changes what the wallet can spend and what waits for it', () => {
        const { entries, balance } = account();
        expect(
            entries.map(({ kind, amount, balance: after, counterparties }) => [kind, amount, after, counterparties]),
        ).toEqual([
            ['PowerCredit:Mint', 100n, 100n, ['issuance']],
            ['Wallet:TransferMany', -30n, 70n, ['bob', 'carl']],
            ['Wallet:Transfer', 7n, 77n, ['bob']],
            ['Hold:Reserve', -50n, 27n, ['hold alice/order']],
        ]);
        expect(balance).toBe(27n);
    });

    it('is as of any block', () => {
        expect([2, 5, 6].map((end) => account(blocks.slice(0, end)).balance)).toEqual([100n, 70n, 77n]);
    });

    it('leaves out no block', () => {
        expect(() => account([...blocks.slice(0, 2), ...blocks.slice(3)])).toThrow('block 2 belongs here');
    });
});

describe('a statement', () => {
    const { entries } = account();

    it('stands between the balances before and after its days', () => {
        const { opening, closing, entries: found } = statementOf(entries, '2026-01-02', '2026-01-03');
        expect([opening, found.length, closing]).toEqual([100n, 1, 70n]);
    });

    it('books a transaction whose clock is behind when the one before it was booked', () => {
        const { opening, closing } = statementOf(entries, '2026-01-04', '2026-01-04');
        expect([opening, closing]).toEqual([70n, 27n]);
    });

    it.each([
        ['2025-01-01', '2025-12-31', 0n, 0n],
        ['2026-02-01', '2026-02-28', 27n, 27n],
    ])('of days without entries (%s to %s) has two equal ends', (from, to, opening, closing) => {
        expect(statementOf(entries, from, to)).toEqual({ opening, entries: [], closing });
    });
});
