// SPDX-License-Identifier: Apache-2.0
import { type EnergyWh, invalid, isQuantity, oneOf, text } from '@power-currency/domain';
import { parseUnits } from '../application/decimalAmount.js';

/** Decimal places of a unit down to the watt-hour. */
const places = { Wh: 0, kWh: 3, MWh: 6 } as const;
type EnergyUnit = keyof typeof places;

export const energyUnit = oneOf(Object.keys(places) as EnergyUnit[]);

/** A number as text: JSON numbers and spreadsheets would make it binary, and 0.1 kWh no longer 100 Wh. */
export const decimalText = text(/^(0|[1-9][0-9]{0,18})(\.[0-9]{1,6})?$/, 'decimal number such as 12.5');

/**
 * An energy written in a unit, in whole watt-hours. Zeros may follow the last watt-hour, nothing else.
 *
 * @throws DomainError INVALID_ARGUMENT for what is finer than a watt-hour or beyond 2^63 - 1
 */
export function energyIn(unit: EnergyUnit, number: string, field: string): EnergyWh {
    const trimmed = number.includes('.') ? number.replace(/\.?0+$/, '') : number;
    const energy = parseUnits(trimmed, places[unit]);
    if (energy === undefined) invalid(field, 'finer than one watt-hour');
    return checkedEnergy(energy, field);
}

/** Watt-hours in one unit. */
export function wattHoursIn(unit: EnergyUnit): bigint {
    return 10n ** BigInt(places[unit]);
}

/** @throws DomainError INVALID_ARGUMENT for what no quantity of the ledger can be */
export function checkedEnergy(energy: bigint, field: string): EnergyWh {
    return isQuantity(energy) ? (energy as EnergyWh) : invalid(field, 'below zero or beyond 2^63 - 1 Wh');
}
