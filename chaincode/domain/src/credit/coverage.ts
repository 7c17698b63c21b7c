// SPDX-License-Identifier: Apache-2.0
import type { EnergyWh } from '../energy/energy.js';
import type { Parameters } from '../governance/parameters.js';
import { leastMoney, type Money, money, zeroMoney } from '../money/money.js';
import {
    type Fraction,
    isAbove,
    isAtLeast,
    type MicroEuro,
    multiplyFloor,
    type Ppm,
    ppmPerOne,
} from '../money/ratio.js';
import {
    coverageOf,
    gateOf,
    gatingWh,
    type ReserveGate,
    type Reserves,
    reserveValueOf,
    reserveWindow,
    supplyTargetAt,
} from './reserve.js';

/** What coverage is computed from: one day's energy, those before it, the supply and the governed figures. */
export interface CoverageInputs {
    readonly energyWh: EnergyWh;
    readonly zonesOk: bigint;
    /** Committed energy of the days attested before, in order. */
    readonly earlierWh: readonly EnergyWh[];
    /** Energy locked behind Power Credits. */
    readonly contractedWh: EnergyWh;
    readonly supply: Money;
    readonly parameters: Parameters;
}

/** Everything that follows from the inputs (AI-02…AI-11, Q32, Q33). Values that are divisions are rounded down. */
export interface CoveragePlan {
    readonly alpha: Ppm;
    readonly committedWh: EnergyWh;
    /** Mean committed energy of the window: the notional reserve. */
    readonly windowWh: EnergyWh;
    /** Days in the window: `reserveWindowDays`, or all there are. */
    readonly windowDays: number;
    readonly reserveValue: MicroEuro;
    readonly contractedValue: MicroEuro;
    readonly gate: ReserveGate;
    /** Exact reserve values over supply at target price, or undefined while supply is zero: infinite (Q34). */
    readonly notional: Fraction | undefined;
    readonly contracted: Fraction | undefined;
    /** That of the two which gates. The figures below follow from its reserve. */
    readonly coverage: Fraction | undefined;
    readonly supplyTargetForMin: Money;
    readonly supplyTarget: Money;
    readonly dailyCap: Money;
    readonly mintSuggested: Money;
}

/** Plans a day. Pure; integer arithmetic throughout, no rounding before the last division of each figure. */
export function planCoverage(inputs: CoverageInputs): CoveragePlan {
    const { energyWh, zonesOk, earlierWh, contractedWh, supply, parameters } = inputs;
    const alpha = effectiveAlpha(zonesOk, parameters);
    const committedWh = multiplyFloor(energyWh, alpha) as EnergyWh;
    const { meanWh: windowWh, dayCount: windowDays } = reserveWindow(committedWh, earlierWh, parameters);
    const reserves = { notionalWh: windowWh, contractedWh };
    return {
        ...{ alpha, committedWh, windowWh, windowDays, gate: gateOf(parameters) },
        reserveValue: reserveValueOf(windowWh, parameters),
        contractedValue: reserveValueOf(contractedWh, parameters),
        notional: coverageOf(windowWh, supply, parameters),
        contracted: coverageOf(contractedWh, supply, parameters),
        ...issuancePlan(reserves, supply, parameters),
    };
}

function issuancePlan(
    reserves: Reserves,
    supply: Money,
    parameters: Parameters,
): Pick<CoveragePlan, 'coverage' | 'supplyTargetForMin' | 'supplyTarget' | 'dailyCap' | 'mintSuggested'> {
    const reserveWh = gatingWh(reserves, parameters);
    const coverage = coverageOf(reserveWh, supply, parameters);
    const supplyTarget = supplyTargetAt(reserveWh, parameters, parameters.coverageRatioTarget);
    const dailyCap = supply === 0n ? parameters.genesisCap : money(multiplyFloor(supply, parameters.dailyCapFraction));
    const room = supplyTarget > supply ? money(supplyTarget - supply) : zeroMoney;
    return {
        ...{ coverage, supplyTarget, dailyCap, mintSuggested: leastMoney(room, dailyCap) },
        supplyTargetForMin: supplyTargetAt(reserveWh, parameters, parameters.coverageRatioMin),
    };
}

/** Q35: the base share with enough zones, in proportion with fewer, zero under the floor. */
export function effectiveAlpha(zonesOk: bigint, parameters: Parameters): Ppm {
    if (zonesOk < parameters.zonesFloor) return 0n as Ppm;
    if (zonesOk >= parameters.zonesMinimum) return parameters.alphaBase;
    return ((parameters.alphaBase * zonesOk) / parameters.zonesMinimum) as Ppm;
}

/** AI-07: whether issuance is allowed at this coverage; zero supply is covered without limit. */
export function isCovered(coverage: Fraction | undefined, ratio: Ppm): boolean {
    return coverage === undefined || isAtLeast(coverage, ratio);
}

/** AI-06: whether coverage has left the band upwards. Zero supply is no such event. */
export function isAboveBand(coverage: Fraction | undefined, parameters: Parameters): boolean {
    return coverage !== undefined && isAbove(coverage, parameters.coverageRatioBandHigh);
}

/** Whether the reserve is worth less than the supply at target price: what the members have to defend. */
export function isUncovered(coverage: Fraction | undefined): boolean {
    return !isCovered(coverage, ppmPerOne as Ppm);
}
