// SPDX-License-Identifier: Apache-2.0
import { initialPlausibilityRules as rules } from '../energy/plausibilityRules.js';
import { initialParameters as parameters } from '../governance/parameters.js';
import { implausibilities } from './plausibility.js';
import type { ReconciliationCase } from './reading.js';

const nameplateW = 1_000n;

/** The rules that a meter breaks which says so much of the first hour of a November day at Greenwich. */
const brokenBy = (energyWh: bigint, facility: object): readonly string[] =>
    implausibilities({
        ...{ period: '2026-11-20', parameters, rules },
        facility: {
            nameplateW,
            intervalMinutes: '60',
            location: { latitudeMilli: 51_477, longitudeMilli: 0 },
            ...facility,
        },
        readings: [
            { sourceId: 'meter', kind: 'sensor', energyWh, intervals: [{ start: '2026-11-20T00:00Z', energyWh }] },
        ],
    } as unknown as ReconciliationCase).map(({ rule }) => rule);

describe('the night', () => {
    it('is dark to the sun alone: wind above nameplate is above nameplate, and no sun at night', () => {
        expect(brokenBy(11n, { carrier: 'B16' })).toEqual(['night']);
        expect(brokenBy(1_021n, { carrier: 'B19' })).toEqual(['nameplate']);
    });

    it('is nowhere where nobody says where a plant is', () => {
        expect(brokenBy(1_000n, { carrier: 'B16', location: null })).toEqual([]);
    });
});
