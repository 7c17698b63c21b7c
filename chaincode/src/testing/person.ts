// SPDX-License-Identifier: Apache-2.0
import { type SimulatedIdentity, simulatedIdentity } from './simulatedIdentity.js';

const people = new Map<string, SimulatedIdentity>();

/** An identity of an organisation by its MSP id, made when first asked for; the same on every ledger. */
export function personOf(mspId: string, unit: 'admin' | 'client'): SimulatedIdentity {
    const name = `${mspId}/${unit}`;
    const known = people.get(name) ?? simulatedIdentity({ mspId, enrolmentId: `${unit}1`, units: [unit] });
    people.set(name, known);
    return known;
}
