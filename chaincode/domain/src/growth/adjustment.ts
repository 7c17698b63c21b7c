// SPDX-License-Identifier: Apache-2.0
import type { ProposalId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { ActionOf } from '../governance/action.js';
import type { Proposal } from '../governance/governanceRecords.js';
import { checkMandate } from '../governance/mandate.js';
import type { Parameters } from '../governance/parameters.js';
import type { Money } from '../money/money.js';
import { multiplyFloor } from '../money/ratio.js';
import type { GrowthAdjustment, GrowthHead, YearAdjustment } from './growthRecords.js';

interface AdjustmentCase {
    readonly year: number;
    readonly supply: Money;
    readonly proposalId: ProposalId | null;
    readonly proposal: Proposal | undefined;
    readonly voted: YearAdjustment | undefined;
    readonly parameters: Parameters;
}

/**
 * ε of a year: what its executed vote says, at most `adjustmentFractionMax` of the supply either way (Q05). A vote that
 * was executed cannot be left out. Throws what checkMandate does, ISSUANCE_ADJUSTMENT_NOT_CITED or
 * ISSUANCE_ADJUSTMENT_TOO_LARGE.
 */
export function adjustmentOf(facts: AdjustmentCase): GrowthAdjustment | null {
    const { year, supply, proposalId, proposal, voted, parameters } = facts;
    if (proposalId === null) {
        if (voted === undefined) return null;
        refuse('ISSUANCE_ADJUSTMENT_NOT_CITED', { year, proposalId: voted.proposalId });
    }
    const namesYear = (action: ActionOf<'growth-adjustment'>): boolean => action.year === year;
    const { direction, amount } = checkMandate(proposal, proposalId, 'growth-adjustment', namesYear);
    const limit = multiplyFloor(supply, parameters.adjustmentFractionMax);
    if (amount > limit) {
        refuse('ISSUANCE_ADJUSTMENT_TOO_LARGE', { proposalId, amount: amount.toString(), limit: limit.toString() });
    }
    return { proposalId, direction, amount };
}

/** ε with its sign. */
export function signedAdjustment(adjustment: GrowthAdjustment | null): bigint {
    if (adjustment === null) return 0n;
    return adjustment.direction === 'increase' ? adjustment.amount : 0n - adjustment.amount;
}

/**
 * What executing a vote on a year's issuance lays down. One vote adjusts a year, before its issuance. Throws
 * ISSUANCE_YEAR_DONE or ISSUANCE_ADJUSTMENT_EXISTS.
 */
export function layDownAdjustment(
    { year }: ActionOf<'growth-adjustment'>,
    proposalId: ProposalId,
    head: GrowthHead | undefined,
    existing: YearAdjustment | undefined,
): YearAdjustment {
    if (head !== undefined && year <= head.lastYear) refuse('ISSUANCE_YEAR_DONE', { year, lastYear: head.lastYear });
    if (existing !== undefined) refuse('ISSUANCE_ADJUSTMENT_EXISTS', { year, proposalId: existing.proposalId });
    return { year, proposalId };
}
