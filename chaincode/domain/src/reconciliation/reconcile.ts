// SPDX-License-Identifier: Apache-2.0
import type { EnergyWh } from '../energy/energy.js';
import { independentKinds } from '../energy/energySource.js';
import { type Ppm, ppmPerOne } from '../money/ratio.js';
import { type Deviation, deviationsOf } from './outliers.js';
import { persistentBiases } from './persistentBias.js';
import { implausibilities, negligibleEnergy } from './plausibility.js';
import type { Reading, ReconciliationCase } from './reading.js';
import type { Finding, Reconciliation } from './reconciliationRecords.js';
import { weightedMean, type WeightedMean, weightPresentOf } from './weightedMean.js';

/** Whether the sources are enough to verify anything: two, one of them independent of who produces (Q12). */
export function isSufficient(readings: readonly Pick<Reading, 'kind'>[]): boolean {
    return readings.length >= 2 && readings.some(({ kind }) => independentKinds.includes(kind));
}

/**
 * KD-037…KD-042: what the sources say together, and whether they agree. The order of the readings does not matter.
 * Whole numbers throughout, so that every endorser finds the same.
 */
export function reconcile(facts: ReconciliationCase): Reconciliation {
    const { parameters, rules } = facts;
    const readings = [...facts.readings].sort((a, b) => (a.sourceId < b.sourceId ? -1 : 1));
    const sorted = { ...facts, readings };
    const weightPresent = weightPresentOf(readings, parameters);
    if (readings.length === 0) return { ...nothing, rulesVersion: rules.version };
    const weighted = weightedMean(readings, parameters);
    const findings = [...outliers(sorted), ...implausibilities(sorted), ...discrepancies(sorted, weighted)];
    const { mean, variance, cv } = weighted;
    const agreement = cv < ppmPerOne ? ppmPerOne - cv : 0n;
    return {
        status: isSufficient(readings) ? (findings.length === 0 ? 'verified' : 'flagged') : 'insufficient',
        estimateWh: (mean.numerator / mean.denominator) as EnergyWh,
        varianceWh2: variance.numerator / variance.denominator,
        cv: cv as Ppm,
        weightPresent: weightPresent as Ppm,
        confidence: ((agreement * weightPresent) / ppmPerOne) as Ppm,
        rulesVersion: rules.version,
        findings,
    };
}

const nothing: Omit<Reconciliation, 'rulesVersion'> = {
    ...{ status: 'insufficient', estimateWh: 0n as EnergyWh, varianceWh2: 0n, cv: 0n as Ppm },
    ...{ weightPresent: 0n as Ppm, confidence: 0n as Ppm, findings: [] },
};

/** Q08, KD-041: the sources disagree as a whole. */
function discrepancies(facts: ReconciliationCase, { variance, cv }: WeightedMean): readonly Finding[] {
    const limit = facts.parameters.discrepancyThreshold;
    const negligible = negligibleEnergy(facts);
    const isNegligible =
        variance.numerator * negligible.denominator ** 2n <= negligible.numerator ** 2n * variance.denominator;
    if (cv <= limit || isNegligible) return [];
    return [{ rule: 'discrepancy', sourceId: null, interval: null, direction: 'above', score: cv as Ppm, limit }];
}

/** Q10: which sources stand out, the worst first; then those that stand out over several periods. */
function outliers(facts: ReconciliationCase): readonly Finding[] {
    const { parameters, period, history } = facts;
    const limit = parameters.outlierLimit;
    const deviations = deviationsIn(facts);
    const outlying = deviations
        .filter(({ score }) => score > limit)
        .map(({ reading, isAbove, score }) => ({
            ...({ rule: 'outlier', sourceId: reading.sourceId, interval: null } as const),
            ...({ direction: isAbove ? 'above' : 'below', score: score as Ppm, limit } as const),
        }));
    if (history === undefined) return outlying;
    return [...outlying, ...persistentBiases(deviations, { history, period, outlierLimit: limit })];
}

/** How each source of the period differs from the others, the one that differs most first. */
export function deviationsIn(facts: ReconciliationCase): readonly Deviation[] {
    return deviationsOf(facts.readings, facts.parameters, negligibleEnergy(facts));
}
