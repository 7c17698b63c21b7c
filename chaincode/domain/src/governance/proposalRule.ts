// SPDX-License-Identifier: Apache-2.0
import type { Ppm } from '../money/ratio.js';
import type { ActionKind, ProposalAction } from './action.js';
import { energyClasses } from './energyClasses.js';
import type { ProposalClass } from './governanceRecords.js';
import type { ParameterName } from './parameters.js';

/** What a class of proposals needs: a share of all weight that votes, and more than a share of the for and against. */
export interface ProposalRule {
    readonly quorum: Ppm;
    readonly approval: Ppm;
}

/** Q24. */
export const proposalRules: Readonly<Record<ProposalClass, ProposalRule>> = {
    ordinary: { quorum: 330_000n as Ppm, approval: 500_000n as Ppm },
    monetary: { quorum: 400_000n as Ppm, approval: 600_000n as Ppm },
    constitutional: { quorum: 500_000n as Ppm, approval: 667_000n as Ppm },
};

/** How weighty a change of each parameter is. */
const parameterClasses: Readonly<Record<ParameterName, ProposalClass>> = {
    alphaBase: 'monetary',
    coverageRatioMin: 'constitutional',
    coverageRatioTarget: 'monetary',
    coverageRatioBandHigh: 'ordinary',
    unfreezeMargin: 'monetary',
    dailyCapFraction: 'monetary',
    genesisCap: 'monetary',
    energyPrice: 'monetary',
    targetPrice: 'monetary',
    zonesMinimum: 'ordinary',
    zonesFloor: 'ordinary',
    votingPeriodSeconds: 'constitutional',
    redemptionHolderDailyMax: 'monetary',
    redemptionSystemDailyMax: 'monetary',
    redemptionVoucherSeconds: 'ordinary',
    redemptionDisputeSeconds: 'ordinary',
    milestoneVoteLimit: 'constitutional',
    fourEyesLimit: 'constitutional',
    guardianDelaySeconds: 'ordinary',
    freezeSecondsMax: 'constitutional',
    travelRuleLimit: 'ordinary',
    tier0TransactionMax: 'ordinary',
    tier0DailyMax: 'ordinary',
    tier1TransactionMax: 'ordinary',
    tier1DailyMax: 'ordinary',
    tier2TransactionMax: 'ordinary',
    tier2DailyMax: 'ordinary',
    ...energyClasses,
};

/** How weighty an action is. */
export function proposalClassOf(action: ProposalAction): ProposalClass {
    return action.kind === 'parameter' ? parameterClasses[action.name] : actionClasses[action.kind];
}

const actionClasses: Readonly<Record<Exclude<ActionKind, 'parameter'>, ProposalClass>> = {
    'treasury-programme': 'monetary',
    'release-milestone': 'ordinary',
    'lift-restriction': 'ordinary',
    'wallet-policy': 'constitutional',
    'plausibility-rule': 'monetary',
    'genesis-supply': 'constitutional',
    'growth-adjustment': 'monetary',
};
