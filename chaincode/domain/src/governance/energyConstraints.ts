// SPDX-License-Identifier: Apache-2.0
import { reserveWindowDaysMax } from '../credit/reserve.js';
import { ppmPerOne } from '../money/ratio.js';
import type { Constraint } from './checkedRules.js';
import type { Parameters } from './parameters.js';

const kinds = ['Satellite', 'Sensor', 'Financial', 'Audit'] as const;

/** What the governed figures of energy must satisfy. */
export const energyConstraints: readonly Constraint<Parameters>[] = [
    ...kinds.flatMap((kind): Constraint<Parameters>[] => [
        [`weight${kind} is positive`, (p) => p[`weight${kind}`] > 0n],
        [`weight${kind} is at most one`, (p) => p[`weight${kind}`] <= ppmPerOne],
        [`accuracy${kind} is positive`, (p) => p[`accuracy${kind}`] > 0n],
        [`accuracy${kind} is below one`, (p) => p[`accuracy${kind}`] < ppmPerOne],
        [`reportDays${kind}Max is at most ten years`, (p) => p[`reportDays${kind}Max`] <= 3_653n],
    ]),
    ['discrepancyThreshold is positive', (p) => p.discrepancyThreshold > 0n],
    ['discrepancyThreshold is below one', (p) => p.discrepancyThreshold < ppmPerOne],
    ['outlierLimit is at least one', (p) => p.outlierLimit >= ppmPerOne],
    ['outlierLimit is at most ten', (p) => p.outlierLimit <= 10n * ppmPerOne],
    ['reviewSecondsMax is at least a day', (p) => p.reviewSecondsMax >= 86_400n],
    ['reviewSecondsMax is at most 90 days', (p) => p.reviewSecondsMax <= 7_776_000n],
    ['certificateSecondsMax is at least a day', (p) => p.certificateSecondsMax >= 86_400n],
    ['certificateSecondsMax is at most ten years', (p) => p.certificateSecondsMax <= 315_619_200n],
    ['storageEfficiencyMin is positive', (p) => p.storageEfficiencyMin > 0n],
    ['storageEfficiencyMin is at most storageEfficiencyMax', (p) => p.storageEfficiencyMin <= p.storageEfficiencyMax],
    // No storage gives back all it took in.
    ['storageEfficiencyMax is below one', (p) => p.storageEfficiencyMax < ppmPerOne],
    ['reserveWindowDays is at least one', (p) => p.reserveWindowDays >= 1n],
    [
        `reserveWindowDays is at most ${String(reserveWindowDaysMax)}`,
        (p) => p.reserveWindowDays <= BigInt(reserveWindowDaysMax),
    ],
    ['contractedGate is 0 or 1', (p) => p.contractedGate <= 1n],
    ['adjustmentFractionMax is at most a tenth', (p) => p.adjustmentFractionMax <= ppmPerOne / 10n],
];
