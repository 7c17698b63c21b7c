// SPDX-License-Identifier: Apache-2.0
import { oneOf } from '../encoding/codec.js';
import { type EnergyWh, whPerMwh } from '../energy/energy.js';
import type { Parameters } from '../governance/parameters.js';
import { minorUnitsPerPowerCredit } from '../money/asset.js';
import { type Money, money } from '../money/money.js';
import { type Fraction, type MicroEuro, type Ppm, ppmPerOne } from '../money/ratio.js';

/** Most days the reserve can be averaged over; the bound of `reserveWindowDays`. */
export const reserveWindowDaysMax = 60;

/** Which of the two reserves allows issuance (Q33). */
export const reserveGate = oneOf(['notional', 'contracted']);
export type ReserveGate = 'notional' | 'contracted';

/**
 * The two reserves in Wh. The notional one is the committed share of what the grid took, which nobody owns; the
 * contracted one is energy whose certificates are locked behind Power Credits.
 */
export interface Reserves {
    readonly notionalWh: EnergyWh;
    readonly contractedWh: EnergyWh;
}

/** The gate the members chose. */
export function gateOf({ contractedGate }: Parameters): ReserveGate {
    return contractedGate === 0n ? 'notional' : 'contracted';
}

/** The reserve that allows issuance. */
export function gatingWh({ notionalWh, contractedWh }: Reserves, parameters: Parameters): EnergyWh {
    return gateOf(parameters) === 'notional' ? notionalWh : contractedWh;
}

/** A reserve averaged over days (Q32), and how many there were. */
export interface ReserveWindow {
    readonly meanWh: EnergyWh;
    readonly dayCount: number;
}

/**
 * Mean of the committed energy of the last attested days, this one included, rounded down: over `reserveWindowDays`
 * days, or all there are. `earlier` is in order of days.
 */
export function reserveWindow(
    committedWh: EnergyWh,
    earlier: readonly EnergyWh[],
    { reserveWindowDays }: Parameters,
): ReserveWindow {
    const others = Number(reserveWindowDays) - 1;
    const days = [...(others > 0 ? earlier.slice(-others) : []), committedWh];
    const sum = days.reduce<bigint>((total, wh) => total + wh, 0n);
    return { meanWh: (sum / BigInt(days.length)) as EnergyWh, dayCount: days.length };
}

/** The committed energies the next attestation has to know: the longest window but its own day. */
export function windowAfter(earlier: readonly EnergyWh[], committedWh: EnergyWh): readonly EnergyWh[] {
    return [...earlier, committedWh].slice(1 - reserveWindowDaysMax);
}

/** What a reserve is worth, rounded down. */
export function reserveValueOf(reserveWh: EnergyWh, { energyPrice }: Parameters): MicroEuro {
    return ((reserveWh * energyPrice) / whPerMwh) as MicroEuro;
}

/** AI-03: CR = V_reserve / (P_T * S) as an exact fraction, undefined while supply is zero: infinite (Q34). */
export function coverageOf(reserveWh: EnergyWh, supply: Money, parameters: Parameters): Fraction | undefined {
    if (supply === 0n) return undefined;
    return {
        numerator: reserveWh * parameters.energyPrice * minorUnitsPerPowerCredit,
        denominator: parameters.targetPrice * supply * whPerMwh,
    };
}

/** AI-10: S_target = V_reserve / (P_T * CR), in minor units, rounded down. */
export function supplyTargetAt(reserveWh: EnergyWh, parameters: Parameters, coverageRatio: Ppm): Money {
    const numerator = reserveWh * parameters.energyPrice * minorUnitsPerPowerCredit * ppmPerOne;
    return money(numerator / (parameters.targetPrice * whPerMwh * coverageRatio));
}
