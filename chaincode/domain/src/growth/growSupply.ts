// SPDX-License-Identifier: Apache-2.0
import { money, type Money, zeroMoney } from '../money/money.js';
import { rateScale } from './growthRate.js';

export interface GrowthTerms {
    /** g_E in 10⁻¹⁸. */
    readonly rate: bigint;
    /** M_prev: units in existence before. */
    readonly previousSupply: Money;
    /** ε: what the members voted to add, or to take away if negative. */
    readonly adjustment: bigint;
    /** What earlier years shrank by and was not made up for yet. */
    readonly carryBefore: Money;
}

export interface SupplyGrowth {
    /** g_E · M_prev, rounded towards zero. */
    readonly grown: bigint;
    /** ΔM = g_E · M_prev + ε. */
    readonly change: bigint;
    /** What comes into existence. */
    readonly minted: Money;
    /** What later growth still has to make up for. */
    readonly carryAfter: Money;
}

/**
 * The annual rule (KD-024). Nothing is ever clawed back (Q03): what a year shrinks by is carried, and growth of later
 * years is issued only as far as it exceeds what is carried. Throws AMOUNT_OVERFLOW.
 */
export function growSupply({ rate, previousSupply, adjustment, carryBefore }: GrowthTerms): SupplyGrowth {
    const grown = (rate * previousSupply) / rateScale;
    const change = grown + adjustment;
    const net = change - carryBefore;
    const [minted, carryAfter] = net < 0n ? [zeroMoney, money(-net)] : [money(net), zeroMoney];
    return { grown, change, minted, carryAfter };
}
