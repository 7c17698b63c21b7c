// SPDX-License-Identifier: Apache-2.0
import type { Json } from '../encoding/json.js';
import { ppmPerOne } from '../money/ratio.js';
import type { ActionOf } from './action.js';
import { checkedRules, type Constraint } from './checkedRules.js';
import { energyConstraints } from './energyConstraints.js';
import { type ParameterName, type Parameters, parameters } from './parameters.js';

/** The value of a parameter as it travels. */
export function parameterText(current: Parameters, name: ParameterName): string {
    const value = fields(current)[name];
    return typeof value === 'string' ? value : '';
}

/** The parameters with one of them changed. Throws PROPOSAL_VALUE_OUT_OF_RANGE. */
export function changeParameter(current: Parameters, { name, value }: ActionOf<'parameter'>): Parameters {
    const changed = { ...fields(current), [name]: value };
    return checkedRules({ parameter: name, value }, () => parameters.decode(changed, ''), constraints);
}

const isWithin = (limit: bigint, wider: bigint): boolean => wider === 0n || (limit > 0n && limit <= wider);

const constraints: readonly Constraint<Parameters>[] = [
    ['alphaBase is at most one', (p) => p.alphaBase <= ppmPerOne],
    ['coverageRatioMin is at least one', (p) => p.coverageRatioMin >= ppmPerOne],
    ['coverageRatioTarget is at least coverageRatioMin', (p) => p.coverageRatioTarget >= p.coverageRatioMin],
    ['coverageRatioBandHigh is above coverageRatioMin', (p) => p.coverageRatioBandHigh > p.coverageRatioMin],
    ['unfreezeMargin is at most one', (p) => p.unfreezeMargin <= ppmPerOne],
    ['dailyCapFraction is at most one', (p) => p.dailyCapFraction <= ppmPerOne],
    ['energyPrice is positive', (p) => p.energyPrice > 0n],
    ['targetPrice is positive', (p) => p.targetPrice > 0n],
    ['zonesFloor is at least one', (p) => p.zonesFloor >= 1n],
    ['zonesMinimum is at least zonesFloor', (p) => p.zonesMinimum >= p.zonesFloor],
    ['zonesMinimum is at most 100', (p) => p.zonesMinimum <= 100n],
    ['votingPeriodSeconds is at least an hour', (p) => p.votingPeriodSeconds >= 3_600n],
    ['votingPeriodSeconds is at most 30 days', (p) => p.votingPeriodSeconds <= 2_592_000n],
    [
        'redemptionHolderDailyMax is at most redemptionSystemDailyMax',
        (p) => p.redemptionHolderDailyMax <= p.redemptionSystemDailyMax,
    ],
    ['redemptionVoucherSeconds is at least an hour', (p) => p.redemptionVoucherSeconds >= 3_600n],
    ['redemptionVoucherSeconds is at most a year', (p) => p.redemptionVoucherSeconds <= 31_536_000n],
    ['redemptionDisputeSeconds is at least an hour', (p) => p.redemptionDisputeSeconds >= 3_600n],
    ['redemptionDisputeSeconds is at most 30 days', (p) => p.redemptionDisputeSeconds <= 2_592_000n],
    ['guardianDelaySeconds is at least an hour', (p) => p.guardianDelaySeconds >= 3_600n],
    ['guardianDelaySeconds is at most 30 days', (p) => p.guardianDelaySeconds <= 2_592_000n],
    ['freezeSecondsMax is at least an hour', (p) => p.freezeSecondsMax >= 3_600n],
    ['freezeSecondsMax is at most 90 days', (p) => p.freezeSecondsMax <= 7_776_000n],
    ['tier0TransactionMax is within tier0DailyMax', (p) => isWithin(p.tier0TransactionMax, p.tier0DailyMax)],
    ['tier1TransactionMax is within tier1DailyMax', (p) => isWithin(p.tier1TransactionMax, p.tier1DailyMax)],
    ['tier2TransactionMax is within tier2DailyMax', (p) => isWithin(p.tier2TransactionMax, p.tier2DailyMax)],
    ['tier0TransactionMax is within that of tier 1', (p) => isWithin(p.tier0TransactionMax, p.tier1TransactionMax)],
    ['tier1TransactionMax is within that of tier 2', (p) => isWithin(p.tier1TransactionMax, p.tier2TransactionMax)],
    ['tier0DailyMax is within that of tier 1', (p) => isWithin(p.tier0DailyMax, p.tier1DailyMax)],
    ['tier1DailyMax is within that of tier 2', (p) => isWithin(p.tier1DailyMax, p.tier2DailyMax)],
    ...energyConstraints,
];

function fields(current: Parameters): Readonly<Record<string, Json>> {
    return parameters.encode(current) as Readonly<Record<string, Json>>;
}
