// SPDX-License-Identifier: Apache-2.0
import type { SourceId } from '../encoding/identifier.js';
import type { EnergyWh } from '../energy/energy.js';
import type { SourceKind } from '../energy/energySource.js';
import type { Facility } from '../energy/facility.js';
import type { PlausibilityRules } from '../energy/plausibilityRules.js';
import type { Parameters } from '../governance/parameters.js';
import type { IntervalStart } from '../time/meteringInterval.js';
import type { Period } from '../time/period.js';
import type { DeviationHistory } from './persistentBias.js';

/** The energy of one metering interval. */
export interface IntervalReading {
    readonly start: IntervalStart;
    readonly energyWh: EnergyWh;
}

/** What one source says of a facility's period. */
export interface Reading {
    readonly sourceId: SourceId;
    readonly kind: SourceKind;
    readonly energyWh: EnergyWh;
    /** The period's metering intervals in order, or none. */
    readonly intervals: readonly IntervalReading[];
}

/** All that a reconciliation depends on. */
export interface ReconciliationCase {
    readonly readings: readonly Reading[];
    readonly facility: Pick<Facility, 'carrier' | 'nameplateW' | 'location' | 'intervalMinutes'>;
    readonly period: Period;
    readonly parameters: Parameters;
    readonly rules: PlausibilityRules;
    /** What is remembered of the sources at this facility; without it, the period is judged on its own. */
    readonly history?: DeviationHistory;
}

/** The parameters of each kind of source have its name in theirs. */
const suffixes = { satellite: 'Satellite', sensor: 'Sensor', financial: 'Financial', audit: 'Audit' } as const;

/** What a kind weighs in the estimate, in ppm (Q11). */
export const weightOf = (kind: SourceKind, parameters: Parameters): bigint => parameters[`weight${suffixes[kind]}`];

/** Half of a kind's 95 % interval, in ppm (Q09). */
export const accuracyOf = (kind: SourceKind, parameters: Parameters): bigint => parameters[`accuracy${suffixes[kind]}`];
