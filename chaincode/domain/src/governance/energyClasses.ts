// SPDX-License-Identifier: Apache-2.0
import type { energyFields } from './energyParameters.js';
import type { ProposalClass } from './governanceRecords.js';

/** How weighty a change of each figure of energy is: what money may come from is monetary, the gate itself more. */
export const energyClasses: Readonly<Record<keyof typeof energyFields, ProposalClass>> = {
    weightSatellite: 'monetary',
    weightSensor: 'monetary',
    weightFinancial: 'monetary',
    weightAudit: 'monetary',
    accuracySatellite: 'monetary',
    accuracySensor: 'monetary',
    accuracyFinancial: 'monetary',
    accuracyAudit: 'monetary',
    discrepancyThreshold: 'monetary',
    outlierLimit: 'monetary',
    reportDaysSatelliteMax: 'ordinary',
    reportDaysSensorMax: 'ordinary',
    reportDaysFinancialMax: 'ordinary',
    reportDaysAuditMax: 'ordinary',
    reviewSecondsMax: 'ordinary',
    certificateSecondsMax: 'ordinary',
    storageEfficiencyMin: 'monetary',
    storageEfficiencyMax: 'monetary',
    reserveWindowDays: 'monetary',
    contractedGate: 'constitutional',
    adjustmentFractionMax: 'constitutional',
};
