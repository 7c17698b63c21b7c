// SPDX-License-Identifier: Apache-2.0
import { type Decoded, object } from '../encoding/codec.js';
import { amount, count, euro, ratio } from '../encoding/quantityCodec.js';
import { energyFields, initialEnergyFields } from './energyParameters.js';

const fields = {
    alphaBase: ratio,
    coverageRatioMin: ratio,
    coverageRatioTarget: ratio,
    coverageRatioBandHigh: ratio,
    unfreezeMargin: ratio,
    dailyCapFraction: ratio,
    genesisCap: amount,
    energyPrice: euro,
    targetPrice: euro,
    zonesMinimum: count,
    zonesFloor: count,
    votingPeriodSeconds: count,
    redemptionHolderDailyMax: amount,
    redemptionSystemDailyMax: amount,
    redemptionVoucherSeconds: count,
    redemptionDisputeSeconds: count,
    milestoneVoteLimit: amount,
    fourEyesLimit: amount,
    guardianDelaySeconds: count,
    freezeSecondsMax: count,
    travelRuleLimit: amount,
    tier0TransactionMax: amount,
    tier0DailyMax: amount,
    tier1TransactionMax: amount,
    tier1DailyMax: amount,
    tier2TransactionMax: amount,
    tier2DailyMax: amount,
    ...energyFields,
} as const;

/**
 * The figures the members govern. Changed only by executing an approved proposal.
 * - `alphaBase`: share of the measured energy that is committed (AI-02).
 * - `coverageRatioMin`: below it issuance freezes (AI-07, AI-09); `coverageRatioTarget`: what supply aims at (Q31);
 *   `coverageRatioBandHigh`: above it the band is left upwards (AI-06); `unfreezeMargin`: how far above the minimum
 *   coverage must be to end a freeze (Q31).
 * - `dailyCapFraction`: share of supply that one day may add (AI-08); `genesisCap`: the cap while supply is zero (Q34).
 * - `energyPrice`: euros per MWh; `targetPrice`: euros per Power Credit.
 * - `zonesMinimum`, `zonesFloor`: zones for the full alpha, and below which it is zero (Q35).
 * - `redemptionHolderDailyMax`, `redemptionSystemDailyMax`: most that one holder, and all together, redeem a day
 *   (AI-12, Q49). `redemptionVoucherSeconds`: how long a quote waits for a voucher, and a voucher for its delivery;
 *   `redemptionDisputeSeconds`: how long the holder may dispute a delivery.
 * - `milestoneVoteLimit`: a milestone above it is released only after a vote (PC-08).
 * - `fourEyesLimit`: an operation above it needs a second person of another organisation (PC-22).
 * - `guardianDelaySeconds`: how long the old key may veto a recovery. `freezeSecondsMax`: longest freeze of a wallet.
 * - `travelRuleLimit`: a transfer to one payee above it names where the parties' institutions identified them; 0 is none.
 * - `tier0…2TransactionMax`, `tier0…2DailyMax`: what a holder of that KYC tier may pay at once and in a day; 0 is no
 *   limit, and tier 3 has none (PC-15).
 *
 * Those of energy are in energyParameters.ts. Amounts are minor units of six decimals.
 */
export const parameters = object(fields);
export type Parameters = Decoded<typeof parameters>;
export type ParameterName = keyof Parameters;
export const parameterNames = Object.keys(fields) as readonly ParameterName[];

/**
 * The parameters a new ledger starts with: the constants of the AIpowerCoin paper, one zone, a three-day vote. Holders
 * nobody has verified may pay up to half of the genesis cap at once, for a network that tries itself out.
 */
export const initialParameters: Parameters = parameters.decode(
    {
        alphaBase: '0.180000',
        coverageRatioMin: '1.100000',
        coverageRatioTarget: '1.100000',
        coverageRatioBandHigh: '1.200000',
        unfreezeMargin: '0.000000',
        dailyCapFraction: '0.050000',
        genesisCap: '1000000000000',
        energyPrice: '90.000000',
        targetPrice: '1.500000',
        zonesMinimum: '1',
        zonesFloor: '1',
        votingPeriodSeconds: '259200',
        redemptionHolderDailyMax: '10000000000',
        redemptionSystemDailyMax: '100000000000',
        redemptionVoucherSeconds: '2592000',
        redemptionDisputeSeconds: '604800',
        milestoneVoteLimit: '100000000000',
        fourEyesLimit: '1000000000000',
        guardianDelaySeconds: '172800',
        freezeSecondsMax: '2592000',
        travelRuleLimit: '500000000000',
        tier0TransactionMax: '500000000000',
        tier0DailyMax: '1000000000000',
        tier1TransactionMax: '1000000000000',
        tier1DailyMax: '5000000000000',
        tier2TransactionMax: '10000000000000',
        tier2DailyMax: '50000000000000',
        ...initialEnergyFields,
    },
    'initialParameters',
);
