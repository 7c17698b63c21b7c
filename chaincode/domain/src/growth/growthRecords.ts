// SPDX-License-Identifier: Apache-2.0
import { type Decoded, integer, nullable, object, oneOf, text } from '../encoding/codec.js';
import { creditId, holderId, proposalId, walletId } from '../encoding/identifier.js';
import { amount, amountDelta, energyWh, instant, positiveAmount } from '../encoding/quantityCodec.js';
import { union } from '../encoding/union.js';
import { entityCountMax } from '../energy/energyEntity.js';
import { year } from '../time/period.js';
import { intentOf } from '../wallet/intent.js';

/** The first issuance, or the year of a later one. */
export const issuanceName = text(/^(genesis|2[01][0-9]{2})$/, "year, or 'genesis'");

/** ε as it was voted for. */
const growthAdjustment = object({
    proposalId,
    direction: oneOf(['increase', 'decrease']),
    amount: positiveAmount,
});
export type GrowthAdjustment = Decoded<typeof growthAdjustment>;

/** What one annual issuance was computed from, step by step (KD-021…KD-024). */
const growthBasis = object({
    /** Verified in the first of the four years, and in the last: `shareYear` - 3 and `shareYear`. */
    startWh: energyWh,
    endWh: energyWh,
    /** The cube root of their ratio, as an integer in 10⁻¹⁸; g_E is that less one. */
    cubeRoot: text(/^(0|[1-9][0-9]{0,29})$/, 'whole number'),
    /** M_prev. */
    previousSupply: positiveAmount,
    /** g_E · M_prev. */
    grown: amountDelta,
    adjustment: nullable(growthAdjustment),
    /** ΔM. */
    change: amountDelta,
    carryBefore: amount,
    carryAfter: amount,
});

/** One issuance of K-Dollars. Each entity's part is a record of its own. */
export const growthIssuance = object({
    issuance: issuanceName,
    /** The closed year by whose verified production it was shared out. */
    shareYear: year,
    basis: union({ genesis: object({ proposalId }), growth: growthBasis }),
    minted: amount,
    allocationCount: integer(0, entityCountMax),
    issuedAt: instant,
});
export type GrowthIssuance = Decoded<typeof growthIssuance>;

/** Where issuance stands: the last year there was one for, and what its growth did not make up for. */
export const growthHead = object({ lastYear: year, contractionCarry: amount, genesisProposalId: proposalId });
export type GrowthHead = Decoded<typeof growthHead>;

/** An entity's part of an issuance: its own money, in escrow until a wallet of it takes it in. */
export const growthAllocation = object({
    issuance: issuanceName,
    entityId: holderId,
    amount: positiveAmount,
    claimed: nullable(object({ at: instant, to: walletId, creditId })),
});
export type GrowthAllocation = Decoded<typeof growthAllocation>;

/** Which executed vote adjusts a year's issuance. */
export const yearAdjustment = object({ year, proposalId });
export type YearAdjustment = Decoded<typeof yearAdjustment>;

/** What an entity signs, with a wallet of its own, to receive its part. */
export const claimIssuanceIntent = intentOf('claim-issuance', { issuance: issuanceName });
export type ClaimIssuanceIntent = Decoded<typeof claimIssuanceIntent>;

export const growthStatus = object({
    /** The last closed year, or null before the first. */
    lastClosedYear: nullable(year),
    head: nullable(growthHead),
    supply: amount,
});

export const claimReceipt = object({
    issuance: issuanceName,
    entityId: holderId,
    to: walletId,
    amount: positiveAmount,
    creditId,
});
