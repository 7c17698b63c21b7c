// SPDX-License-Identifier: Apache-2.0
import { type EnergyWh } from '../energy/energy.js';
import { cubeRootFloor } from './cubeRoot.js';

/** One, as a growth rate is counted: rates are integers in 10⁻¹⁸. */
export const rateScale = 10n ** 18n;

/** A growth rate with what proves it. */
export interface GrowthRate {
    /** `endWh`·10⁵⁴ / `startWh`, rounded down. */
    readonly radicand: bigint;
    /** Its cube root at scale 10¹⁸, rounded down. */
    readonly root: bigint;
    /** The root less one: g_E in 10⁻¹⁸, negative where production fell, never below -1. */
    readonly rate: bigint;
}

/**
 * The geometric mean of three yearly growth rates (KD-021). The years between cancel out (Q02):
 * (E₁/E₀ · E₂/E₁ · E₃/E₂)^(1/3) - 1 = (E₃/E₀)^(1/3) - 1. `startWh` is positive.
 */
export function growthRateBetween(startWh: EnergyWh, endWh: EnergyWh): GrowthRate {
    const radicand = (endWh * rateScale ** 3n) / startWh;
    const root = cubeRootFloor(radicand);
    return { radicand, root, rate: root - rateScale };
}
