// SPDX-License-Identifier: Apache-2.0
import type { EnergyWh } from '../energy/energy.js';
import { apportion } from '../money/apportion.js';

/** Energy over parts in proportion to their weights, without a remainder. Nothing is spread where no part weighs anything. */
export function spreadEnergy(energyWh: bigint, weights: readonly bigint[]): readonly EnergyWh[] {
    const spread = weights.every((weight) => weight === 0n) ? 0n : energyWh;
    return apportion(spread, weights) as readonly EnergyWh[];
}
