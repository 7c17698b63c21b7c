// SPDX-License-Identifier: Apache-2.0
import { type EnergyWh, whPerMwh } from '../energy/energy.js';
import { refuse } from '../error/domainError.js';
import type { Parameters } from '../governance/parameters.js';
import { minorUnitsPerPowerCredit } from '../money/asset.js';
import type { Money } from '../money/money.js';
import { isQuantity } from '../money/quantity.js';
import type { MicroEuro } from '../money/ratio.js';
import type { RedemptionQuote, RedemptionService } from './redemptionRecords.js';

/**
 * What the credits are worth at the target price (AI-12), and how much energy that is at the energy price: never a share
 * of the reserve, so that there is nothing to gain from when one redeems. Each figure is computed from the amount and
 * rounded down once, to a micro-euro and a Wh. Throws REDEMPTION_TOO_SMALL or AMOUNT_OVERFLOW.
 */
export function quoteRedemption(
    amount: Money,
    service: RedemptionService,
    { targetPrice, energyPrice }: Pick<Parameters, 'targetPrice' | 'energyPrice'>,
): RedemptionQuote {
    const value = (amount * targetPrice) / minorUnitsPerPowerCredit;
    const energy = (amount * targetPrice * whPerMwh) / (energyPrice * minorUnitsPerPowerCredit);
    const energyWh = service === 'energy' ? energy : 0n;
    if (value === 0n || (service === 'energy' && energyWh === 0n))
        refuse('REDEMPTION_TOO_SMALL', { amount: amount.toString() });
    for (const figure of [value, energyWh]) {
        if (!isQuantity(figure)) refuse('AMOUNT_OVERFLOW', { amount: figure.toString() });
    }
    return { targetPrice, energyPrice, value: value as MicroEuro, energyWh: energyWh as EnergyWh };
}
