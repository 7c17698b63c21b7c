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
    // The bound may have been lowered since the vote was executed.
    checkBound(proposalId, amount, supply, parameters);
    return { proposalId, direction, amount };
}

/** ε with its sign. */
export function signedAdjustment(adjustment: GrowthAdjustment | null): bigint {
    if (adjustment === null) return 0n;
    return adjustment.direction === 'increase' ? adjustment.amount : 0n - adjustment.amount;
}

interface ExecutedAdjustment {
    readonly action: ActionOf<'growth-adjustment'>;
    readonly proposalId: ProposalId;
    readonly head: GrowthHead | undefined;
    readonly supply: Money;
    readonly parameters: Parameters;
    readonly existing: YearAdjustment | undefined;
}

/**
 * What executing a vote on a year's issuance lays down. One vote adjusts a year, before its issuance. Throws
 * ISSUANCE_NOT_FOUNDED, ISSUANCE_YEAR_DONE, ISSUANCE_ADJUSTMENT_EXISTS or ISSUANCE_ADJUSTMENT_TOO_LARGE.
 */
export function layDownAdjustment(facts: ExecutedAdjustment): YearAdjustment {
    const { action, proposalId, head, supply, parameters, existing } = facts;
    const { year, amount } = action;
    if (head === undefined) refuse('ISSUANCE_NOT_FOUNDED', { year });
    if (year <= head.lastYear) refuse('ISSUANCE_YEAR_DONE', { year, lastYear: head.lastYear });
    if (existing !== undefined) refuse('ISSUANCE_ADJUSTMENT_EXISTS', { year, proposalId: existing.proposalId });
    checkBound(proposalId, amount, supply, parameters);
    return { year, proposalId };
}

function checkBound(proposalId: ProposalId, amount: Money, supply: Money, { adjustmentFractionMax }: Parameters): void {
    const limit = multiplyFloor(supply, adjustmentFractionMax);
    if (amount <= limit) return;
    refuse('ISSUANCE_ADJUSTMENT_TOO_LARGE', { proposalId, amount: amount.toString(), limit: limit.toString() });
}
