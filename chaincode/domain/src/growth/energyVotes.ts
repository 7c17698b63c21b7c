// SPDX-License-Identifier: Apache-2.0
import { type EnergyWh } from '../energy/energy.js';
import { multiplyFloor, type Ppm, ppmPerOne } from '../money/ratio.js';
import { type Quantity } from '../money/quantity.js';

/** Watt-hours that one vote stands for: a gigawatt-hour (Q01). */
const whPerVote = 1_000_000_000n;

/** Votes for verified energy, rounded down; `multiplier` is that of a transition, 1 otherwise (Q25). */
export function energyVotes(energy: EnergyWh, multiplier: Ppm = ppmPerOne as Ppm): Quantity<'vote'> {
    return multiplyFloor(energy / whPerVote, multiplier) as Quantity<'vote'>;
}
