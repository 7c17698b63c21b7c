// SPDX-License-Identifier: Apache-2.0
import type { EnergyWh } from '../energy/energy.js';

/**
 * Energy spread over parts in proportion to their weights, without a remainder: what rounding down leaves goes to the
 * largest fractions, the earlier part where two are equal. Nothing is spread where no part weighs anything.
 */
export function spreadEnergy(energyWh: bigint, weights: readonly bigint[]): readonly EnergyWh[] {
    const total = weights.reduce((sum, weight) => sum + weight, 0n);
    if (total === 0n) return weights.map(() => 0n as EnergyWh);
    const shares = weights.map((weight) => (energyWh * weight) / total);
    const left = Number(energyWh - shares.reduce((sum, share) => sum + share, 0n));
    const lucky = weights
        .map((weight, index) => ({ index, fraction: (energyWh * weight) % total }))
        .sort((a, b) => (a.fraction === b.fraction ? a.index - b.index : a.fraction < b.fraction ? 1 : -1))
        .slice(0, left);
    const raised = new Set(lucky.map(({ index }) => index));
    return shares.map((share, index) => (raised.has(index) ? share + 1n : share) as EnergyWh);
}
