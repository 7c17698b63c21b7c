// SPDX-License-Identifier: Apache-2.0
import { count, ratio } from '../encoding/quantityCodec.js';

/**
 * The governed figures of energy and of what is issued against it.
 * - `weight…`: what a kind of source weighs in the estimate, renormalised over the kinds present (KD-039, Q11, Q12).
 * - `accuracy…`: half of its 95 % interval, as a share (Q09); `discrepancyThreshold`: the coefficient of variation above
 *   which a period is flagged (KD-041, Q08); `outlierLimit`: standard deviations from the others above which a source is
 *   suspected (Q10).
 * - `reportDays…Max`: how long after a period a source may have made its report on it (Q12).
 * - `reviewSecondsMax`: how long a review may take (Q14).
 * - `certificateSecondsMax`: how long after production a certificate can be used (PC-11).
 * - `storageEfficiencyMin`, `storageEfficiencyMax`: bounds of what storage gives back of what it took in (F20).
 * - `reserveWindowDays`: days whose committed energy is averaged for the reserve (Q32); `contractedGate`: 1 where the
 *   contracted reserve gates issuance, 0 where the notional one does (Q33).
 * - `adjustmentFractionMax`: largest yearly adjustment, as a share of the supply (Q05).
 */
export const energyFields = {
    weightSatellite: ratio,
    weightSensor: ratio,
    weightFinancial: ratio,
    weightAudit: ratio,
    accuracySatellite: ratio,
    accuracySensor: ratio,
    accuracyFinancial: ratio,
    accuracyAudit: ratio,
    discrepancyThreshold: ratio,
    outlierLimit: ratio,
    reportDaysSatelliteMax: count,
    reportDaysSensorMax: count,
    reportDaysFinancialMax: count,
    reportDaysAuditMax: count,
    reviewSecondsMax: count,
    certificateSecondsMax: count,
    storageEfficiencyMin: ratio,
    storageEfficiencyMax: ratio,
    reserveWindowDays: count,
    contractedGate: count,
    adjustmentFractionMax: ratio,
} as const;

/** The seed's figures (KD-039, KD-041), and those of Q05, Q10, Q12, Q32 and Q33. */
export const initialEnergyFields = {
    weightSatellite: '0.250000',
    weightSensor: '0.350000',
    weightFinancial: '0.200000',
    weightAudit: '0.200000',
    accuracySatellite: '0.050000',
    accuracySensor: '0.020000',
    accuracyFinancial: '0.080000',
    accuracyAudit: '0.030000',
    discrepancyThreshold: '0.050000',
    outlierLimit: '3.000000',
    reportDaysSatelliteMax: '14',
    reportDaysSensorMax: '7',
    reportDaysFinancialMax: '120',
    reportDaysAuditMax: '400',
    reviewSecondsMax: '1209600',
    certificateSecondsMax: '63072000',
    storageEfficiencyMin: '0.300000',
    storageEfficiencyMax: '0.980000',
    reserveWindowDays: '1',
    contractedGate: '0',
    adjustmentFractionMax: '0.010000',
} as const satisfies Readonly<Record<keyof typeof energyFields, string>>;
