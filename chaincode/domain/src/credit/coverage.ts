// SPDX-License-Identifier: Apache-2.0
import { type EnergyWh, whPerMwh } from '../energy/energy.js';
import {
    type Fraction,
    isAbove,
    isAtLeast,
    type MicroEuro,
    multiplyFloor,
    type Ppm,
    ppmPerOne,
} from '../money/ratio.js';
import { leastMoney, type Money, money, zeroMoney } from '../money/money.js';
import { minorUnitsPerPowerCredit } from '../money/asset.js';
import type { Parameters } from '../governance/parameters.js';

/** What coverage is computed from: one day's energy, the outstanding supply and the governed figures. */
export interface CoverageInputs {
    readonly energyWh: EnergyWh;
    readonly zonesOk: bigint;
    readonly supply: Money;
    readonly parameters: Parameters;
}

/** Everything that follows from the inputs (AI-02…AI-11). Values that are divisions are rounded down. */
export interface CoveragePlan {
    readonly alpha: Ppm;
    readonly committedWh: EnergyWh;
    readonly reserveValue: MicroEuro;
    /** Exact reserve value over supply at target price, or undefined while supply is zero: infinite (Q34). */
    readonly coverage: Fraction | undefined;
    readonly supplyTargetForMin: Money;
    readonly supplyTarget: Money;
    readonly dailyCap: Money;
    readonly mintSuggested: Money;
}

/** Plans a day. Pure; integer arithmetic throughout, no rounding before the last division of each figure. */
export function planCoverage(inputs: CoverageInputs): CoveragePlan {
    const { energyWh, zonesOk, supply, parameters } = inputs;
    const alpha = effectiveAlpha(zonesOk, parameters);
    const committedWh = multiplyFloor(energyWh, alpha) as EnergyWh;
    const supplyTarget = supplyTargetAt(committedWh, parameters, parameters.coverageRatioTarget);
    const dailyCap = supply === 0n ? parameters.genesisCap : money(multiplyFloor(supply, parameters.dailyCapFraction));
    const room = supplyTarget > supply ? money(supplyTarget - supply) : zeroMoney;
    return {
        alpha,
        committedWh,
        reserveValue: ((committedWh * parameters.energyPrice) / whPerMwh) as MicroEuro,
        coverage: coverageOf(committedWh, supply, parameters),
        supplyTargetForMin: supplyTargetAt(committedWh, parameters, parameters.coverageRatioMin),
        supplyTarget,
        dailyCap,
        mintSuggested: leastMoney(room, dailyCap),
    };
}

/** Q35: the base share with enough zones, in proportion with fewer, zero under the floor. */
export function effectiveAlpha(zonesOk: bigint, parameters: Parameters): Ppm {
    if (zonesOk < parameters.zonesFloor) return 0n as Ppm;
    if (zonesOk >= parameters.zonesMinimum) return parameters.alphaBase;
    return ((parameters.alphaBase * zonesOk) / parameters.zonesMinimum) as Ppm;
}

/** AI-03: CR = V_reserve / (P_T * S) as an exact fraction, undefined while supply is zero. */
export function coverageOf(committedWh: EnergyWh, supply: Money, parameters: Parameters): Fraction | undefined {
    if (supply === 0n) return undefined;
    return {
        numerator: committedWh * parameters.energyPrice * minorUnitsPerPowerCredit,
        denominator: parameters.targetPrice * supply * whPerMwh,
    };
}

/** AI-07: whether issuance is allowed at this coverage; zero supply is covered without limit. */
export function isCovered(coverage: Fraction | undefined, ratio: Ppm): boolean {
    return coverage === undefined || isAtLeast(coverage, ratio);
}

/** AI-06: whether coverage has left the band upwards. Zero supply is no such event. */
export function isAboveBand(coverage: Fraction | undefined, parameters: Parameters): boolean {
    return coverage !== undefined && isAbove(coverage, parameters.coverageRatioBandHigh);
}

/** AI-10: S_target = V_reserve / (P_T * CR), in minor units, rounded down. */
export function supplyTargetAt(committedWh: EnergyWh, parameters: Parameters, coverageRatio: Ppm): Money {
    const numerator = committedWh * parameters.energyPrice * minorUnitsPerPowerCredit * ppmPerOne;
    return money(numerator / (parameters.targetPrice * whPerMwh * coverageRatio));
}
