// SPDX-License-Identifier: Apache-2.0
import type { Quantity } from '../money/quantity.js';

/** Energy in whole watt-hours. */
export type EnergyWh = Quantity<'Wh'>;

/** Power in whole watts. */
export type PowerW = Quantity<'W'>;

/** Watt-hours in one megawatt-hour, the unit energy is priced in. */
export const whPerMwh = 1_000_000n;
