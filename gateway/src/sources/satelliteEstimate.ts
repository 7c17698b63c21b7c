// SPDX-License-Identifier: Apache-2.0
import { endOfPeriod, invalid, list, nullable, object, oneOf, startOfPeriod } from '@power-currency/domain';
import { decimalText, energyIn, energyUnit } from './energyQuantity.js';
import { fileTime } from './fileTime.js';
import { fileFields, periodFields, reference, type SourceData } from './sourceData.js';

/** What a plant was seen doing, and how warm it was (KD-043). */
const scene = object({
    capturedAt: fileTime,
    status: oneOf(['operating', 'idle', 'obscured']),
    /** Warmest part of the plant in kelvin, where the instrument measures it. */
    thermalKelvin: nullable(decimalText),
});

/** A provider's estimate of a period's production from pictures taken in it. */
export const satelliteEstimate = object({
    ...fileFields('power/satellite-estimate'),
    ...periodFields,
    instrument: reference,
    scenes: list(scene, 200, 1),
    energy: decimalText,
    unit: energyUnit,
});

/** @throws DomainError INVALID_ARGUMENT for a scene of another time, or an estimate without one clear view */
export function readSatelliteEstimate(estimate: ReturnType<typeof satelliteEstimate.decode>): SourceData {
    const { facility: facilityId, zone, carrier, period, producedAt, scenes } = estimate;
    scenes.forEach(({ capturedAt }, index) => {
        if (capturedAt < startOfPeriod(period) || capturedAt >= endOfPeriod(period)) {
            invalid(`scenes[${String(index)}].capturedAt`, 'outside the period');
        }
    });
    if (scenes.every(({ status }) => status === 'obscured')) invalid('scenes', 'the plant is seen in none of them');
    const energyWh = energyIn(estimate.unit, estimate.energy, 'energy');
    return { kind: 'satellite', facilityId, zone, carrier, period, producedAt, energyWh, readings: [], minutes: null };
}
