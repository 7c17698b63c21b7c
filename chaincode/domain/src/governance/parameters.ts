// SPDX-License-Identifier: Apache-2.0
import { type Decoded, object } from '../encoding/codec.js';
import { amount, count, euro, ratio } from '../encoding/quantityCodec.js';

/**
 * The figures the members govern. Changed only by executing an approved proposal.
 * - `alphaBase`: share of the measured energy that is committed (AI-02).
 * - `coverageRatioMin`: below it issuance freezes (AI-07, AI-09); `coverageRatioTarget`: what supply aims at (Q31);
 *   `coverageRatioBandHigh`: above it the band is left upwards (AI-06); `unfreezeMargin`: how far above the minimum
 *   coverage must be to end a freeze (Q31).
 * - `dailyCapFraction`: share of supply that one day may add (AI-08); `genesisCap`: the cap while supply is zero (Q34).
 * - `energyPrice`: euros per MWh; `targetPrice`: euros per Power Credit.
 * - `zonesMinimum`, `zonesFloor`: zones for the full alpha, and below which it is zero (Q35).
 */
export const parameters = object({
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
});
export type Parameters = Decoded<typeof parameters>;
export type ParameterName = keyof Parameters;

/** The parameters a new ledger starts with: the constants of the AIpowerCoin paper, one zone, a three-day vote. */
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
    },
    'initialParameters',
);
