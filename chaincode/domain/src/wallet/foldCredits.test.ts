// SPDX-License-Identifier: Apache-2.0
import { isDomainError } from '../error/domainError.js';
import { addMoney, money, subtractMoney } from '../money/money.js';
import { quantityMax } from '../money/quantity.js';
import { foldCredits } from './foldCredits.js';

const named = (creditId: string, amount: bigint) => ({
    creditId: creditId as never,
    credit: { amount: money(amount), origin: 'transfer', from: null } as const,
});

function codeOf(act: () => unknown): string {
    try {
        act();
        return 'done';
    } catch (thrown) {
        return isDomainError(thrown) ? thrown.code : String(thrown);
    }
}

describe('the sum of named credits', () => {
    it('is zero for none and exact for many', () => {
        expect(foldCredits('anna' as never, [])).toBe(0n);
        expect(foldCredits('anna' as never, [named('a', 1n), named('b', quantityMax - 1n)])).toBe(quantityMax);
    });

    it('never exceeds what the ledger can hold', () => {
        expect(codeOf(() => foldCredits('anna' as never, [named('a', 1n), named('b', quantityMax)]))).toBe(
            'AMOUNT_OVERFLOW',
        );
    });
});

describe('money', () => {
    it('is never negative [V63]', () => {
        expect(codeOf(() => money(-1n))).toContain('RangeError');
        expect(subtractMoney(money(1n), money(2n))).toBeUndefined();
        expect(subtractMoney(money(2n), money(2n))).toBe(0n);
    });

    it('stops at 2^63 - 1 [V63]', () => {
        expect(addMoney(money(quantityMax))).toBe(quantityMax);
        expect(codeOf(() => addMoney(money(quantityMax), money(1n)))).toBe('AMOUNT_OVERFLOW');
    });
});
