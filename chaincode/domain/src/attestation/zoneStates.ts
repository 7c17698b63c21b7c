// SPDX-License-Identifier: Apache-2.0
import type { AttestationFile } from './attestationFile.js';
import type { ZoneState } from './attestationRecord.js';
import type { ZoneCorrection } from './correction.js';
import type { EnergyWh } from '../energy/energy.js';

/** Every zone of an attested day as it is by now; a zone that only late data knows is called by its code. */
export function zoneStates(
    { zones }: AttestationFile,
    corrections: ReadonlyMap<string, ZoneCorrection>,
): readonly ZoneState[] {
    const attested = zones.map(({ name, eic, wh }) => ({ name, eic, attestedWh: wh }));
    const added = [...corrections.keys()].filter((eic) => !zones.some((zone) => zone.eic === eic));
    const all = [...attested, ...added.map((eic) => ({ name: eic, eic, attestedWh: 0n as EnergyWh }))];
    return all.map((zone) => {
        const { wh, correctedBy } = corrections.get(zone.eic) ?? { wh: zone.attestedWh, correctedBy: null };
        return { ...zone, wh, correctedBy };
    });
}
