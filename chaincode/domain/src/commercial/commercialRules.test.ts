// SPDX-License-Identifier: Apache-2.0
import { isDomainError } from '../error/domainError.js';
import { money } from '../money/money.js';
import { quantityMax } from '../money/quantity.js';
import { drawFromPool } from './drawFromPool.js';
import type { Parcel } from './parcel.js';
import { type AmountChange, checkPool } from './poolConservation.js';
import { spendParcels } from './spendParcels.js';

function codeOf(act: () => unknown): string {
    try {
        act();
        return 'done';
    } catch (thrown) {
        return isDomainError(thrown) ? thrown.code : String(thrown);
    }
}

const parcel = (id: string, amount?: bigint) => ({
    id: id as never,
    record: amount === undefined ? undefined : ({ amount: money(amount) } as Parcel),
});
const spend = (amount: bigint, ...parcels: readonly ReturnType<typeof parcel>[]) =>
    spendParcels({ walletId: 'anna' as never, asset: 'PC' as never, amount: money(amount), parcels });

describe('spending parcels', () => {
    it('takes them whole and gives back the rest', () => {
        expect(spend(7n, parcel('a', 4n), parcel('b', 5n))).toBe(2n);
        expect(spend(9n, parcel('a', 4n), parcel('b', 5n))).toBe(0n);
    });

    it.each([
        ['one twice', 'PARCEL_REPEATED', () => spend(1n, parcel('a', 4n), parcel('a', 4n))],
        ['one that is not there', 'PARCEL_NOT_FOUND', () => spend(1n, parcel('a', 4n), parcel('b'))],
        ['less than the amount', 'INSUFFICIENT_FUNDS', () => spend(10n, parcel('a', 4n), parcel('b', 5n))],
        ['more than can be counted', 'AMOUNT_OVERFLOW', () => spend(1n, parcel('a', quantityMax), parcel('b', 1n))],
    ])('refuses %s', (_name, code, act) => {
        expect(codeOf(act)).toBe(code);
    });
});

describe('drawing on the pool', () => {
    const draw = (amount: bigint, ...shares: readonly ReturnType<typeof parcel>[]) =>
        drawFromPool({ amount: money(amount), shares });

    it('puts back the rest', () => {
        expect(draw(3n, parcel('a', 4n), parcel('b', 5n))).toBe(6n);
    });

    it.each([
        ['a share twice', 'POOL_SHARE_REPEATED', () => draw(1n, parcel('a', 4n), parcel('a', 4n))],
        ['a share that is not there', 'POOL_SHARE_NOT_FOUND', () => draw(1n, parcel('a'))],
        ['shares that hold too little', 'POOL_SHARES_INSUFFICIENT', () => draw(5n, parcel('a', 4n))],
    ])('refuses %s', (_name, code, act) => {
        expect(codeOf(act)).toBe(code);
    });
});

describe('the pool', () => {
    const change = (asset: string, before: bigint, after: bigint): AmountChange => ({
        asset,
        before: before === 0n ? undefined : { amount: before },
        after: after === 0n ? undefined : { amount: after },
    });

    it('changes by what the parcels change by', () => {
        expect(codeOf(() => checkPool([change('PC', 0n, 5n)], [change('PC', 0n, 5n)]))).toBe('done');
        expect(codeOf(() => checkPool([], [change('PC', 5n, 0n), change('PC', 0n, 3n), change('PC', 0n, 2n)]))).toBe(
            'done',
        );
        expect(codeOf(() => checkPool([change('PC', 9n, 0n), change('PC', 0n, 8n)], [change('PC', 1n, 0n)]))).toBe(
            'done',
        );
    });

    it.each([
        ['parcels from nowhere', [], [change('PC', 0n, 1n)]],
        ['parcels that vanish', [], [change('PC', 5n, 0n), change('PC', 0n, 4n)]],
        ['a share nobody owns', [change('PC', 0n, 1n)], []],
        ['another asset’s share', [change('KD', 0n, 1n)], [change('PC', 0n, 1n)]],
    ])('refuses %s', (_name, shares, parcels) => {
        expect(codeOf(() => checkPool(shares, parcels))).toBe('CONSERVATION_VIOLATED');
    });
});
