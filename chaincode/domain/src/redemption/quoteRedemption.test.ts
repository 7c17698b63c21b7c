// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { isDomainError } from '../error/domainError.js';
import type { Money } from '../money/money.js';
import { quantityMax } from '../money/quantity.js';
import type { MicroEuro } from '../money/ratio.js';
import { quoteRedemption } from './quoteRedemption.js';
import type { RedemptionQuote, RedemptionService } from './redemptionRecords.js';

const quote = (amount: bigint, targetPrice: bigint, energyPrice: bigint, service: RedemptionService = 'energy') =>
    quoteRedemption(amount as Money, service, {
        ...{ targetPrice: targetPrice as MicroEuro, energyPrice: energyPrice as MicroEuro },
    });
/** The two figures, or why there are none. */
const at = (...facts: Parameters<typeof quote>) => {
    try {
        const { value, energyWh } = quote(...facts);
        return [value, energyWh];
    } catch (thrown) {
        return isDomainError(thrown) ? thrown.code : thrown;
    }
};

it.each([
    // [minor units, micro-euros a credit, micro-euros a MWh, micro-euros, Wh], worked out by hand
    [1_000_000n, 1_500_000n, 90_000_000n, 1_500_000n, 16_666n],
    [60n, 1_500_000n, 90_000_000n, 90n, 1n],
    [1_999_999n, 1n, 1n, 1n, 1_999_999n],
])('%s units at %s and %s are worth %s micro-euros or %s Wh', (amount, target, energy, value, energyWh) => {
    expect(at(amount, target, energy)).toEqual([value, energyWh]);
    expect(at(amount, target, energy, 'service')).toEqual([value, 0n]);
});

it('too little for a Wh, or a micro-euro, is refused rather than burnt for nothing [V63]', () => {
    expect(at(59n, 1_500_000n, 90_000_000n)).toBe('REDEMPTION_TOO_SMALL');
    expect(at(59n, 1_500_000n, 90_000_000n, 'service')).toEqual([88n, 0n]);
    expect(at(1n, 999_999n, 1n, 'service')).toBe('REDEMPTION_TOO_SMALL');
});

it('figures the ledger cannot hold are refused [V63]', () => {
    expect(at(quantityMax, 1_000_001n, 10n ** 12n)).toBe('AMOUNT_OVERFLOW');
    expect(at(quantityMax, 1_000_000n, 999_999n)).toBe('AMOUNT_OVERFLOW');
    expect(at(quantityMax, 1_000_000n, 999_999n, 'service')).toEqual([quantityMax, 0n]);
});

type Quotes = [RedemptionQuote, RedemptionQuote, RedemptionQuote];

it('splitting a redemption never gains anything [V63]', () => {
    // Within bounds in which each part is worth something and the whole can be held.
    const amount = fc.bigInt(10n ** 4n, 10n ** 12n);
    const price = fc.bigInt(10n ** 5n, 10n ** 9n);
    fc.assert(
        fc.property(amount, amount, price, price, (first, second, target, energy) => {
            const [whole, one, other] = [first + second, first, second].map((each) =>
                quote(each, target, energy),
            ) as Quotes;
            for (const figure of ['value', 'energyWh'] as const) {
                const gain = one[figure] + other[figure] - whole[figure];
                expect(gain <= 0n && gain >= -1n).toBe(true);
            }
        }),
        { seed: 20261121 },
    );
});
