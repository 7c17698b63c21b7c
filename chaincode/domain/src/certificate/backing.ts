// SPDX-License-Identifier: Apache-2.0
import { isCovered } from '../credit/coverage.js';
import { coverageOf, gateOf } from '../credit/reserve.js';
import type { EnergyWh } from '../energy/energy.js';
import type { ContractedReserve } from '../energy/energyAccounts.js';
import { refuse } from '../error/domainError.js';
import type { Parameters } from '../governance/parameters.js';
import type { Money } from '../money/money.js';
import { isQuantity } from '../money/quantity.js';
import { totalWh } from './bundleGuards.js';
import type { CertificateBundle } from './certificateBundle.js';

/** Before the first certificate is locked. */
const noReserve: ContractedReserve = { lockedWh: 0n as EnergyWh };

/** The contracted reserve with these bundles locked behind it (Q33). Throws AMOUNT_OVERFLOW. */
export function addToReserve(
    reserve: ContractedReserve | undefined,
    bundles: readonly CertificateBundle[],
): ContractedReserve {
    const lockedWh = (reserve ?? noReserve).lockedWh + totalWh(bundles);
    if (!isQuantity(lockedWh)) refuse('AMOUNT_OVERFLOW', { amount: lockedWh.toString() });
    return { lockedWh: lockedWh as EnergyWh };
}

/**
 * The contracted reserve without these bundles. Where it gates issuance, credits in circulation must stay covered: throws
 * RESERVE_NEEDED below `coverageRatioMin`.
 */
export function takeFromReserve(
    reserve: ContractedReserve | undefined,
    bundles: readonly CertificateBundle[],
    { supply, parameters }: { readonly supply: Money; readonly parameters: Parameters },
): ContractedReserve {
    const before = (reserve ?? noReserve).lockedWh;
    const wanted = totalWh(bundles);
    if (wanted > before)
        refuse('STATE_CORRUPT', { objectType: 'contracted-reserve', reason: 'less than what is locked' });
    const lockedWh = (before - wanted) as EnergyWh;
    const isGate = gateOf(parameters) === 'contracted';
    if (isGate && !isCovered(coverageOf(lockedWh, supply, parameters), parameters.coverageRatioMin)) {
        refuse('RESERVE_NEEDED', { lockedWh: before.toString(), wanted: wanted.toString(), supply: supply.toString() });
    }
    return { lockedWh };
}
