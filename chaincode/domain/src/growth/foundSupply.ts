// SPDX-License-Identifier: Apache-2.0
import type { ProposalId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Proposal } from '../governance/governanceRecords.js';
import { checkMandate } from '../governance/mandate.js';
import { zeroMoney } from '../money/money.js';
import type { Instant } from '../time/ledgerClock.js';
import { allocate } from './allocate.js';
import type { GrowthHead } from './growthRecords.js';
import type { IssuanceOutcome } from './issueGrowth.js';
import type { YearClosing } from './yearClosing.js';

interface FoundingCase {
    readonly proposalId: ProposalId;
    readonly proposal: Proposal | undefined;
    readonly head: GrowthHead | undefined;
    /** The last closed year. */
    readonly closing: YearClosing | undefined;
    readonly now: Instant;
}

/**
 * The supply that growth starts from: what a constitutional vote says, once, shared out by the last closed year (Q04).
 * It is that year's issuance: the next is for a later one. Guards in order.
 */
export function foundSupply({ proposalId, proposal, head, closing, now }: FoundingCase): IssuanceOutcome {
    const { amount } = checkMandate(proposal, proposalId, 'genesis-supply');
    if (head !== undefined) refuse('ISSUANCE_FOUNDED', { proposalId: head.genesisProposalId });
    if (closing === undefined) refuse('ISSUANCE_NO_CLOSING', { proposalId });
    if (closing.totalWh === 0n) refuse('ISSUANCE_NO_PRODUCTION', { year: closing.year });
    const shares = allocate(amount, closing.entities);
    return {
        issuance: {
            ...{ issuance: 'genesis', shareYear: closing.year, basis: { kind: 'genesis', proposalId } },
            ...{ minted: amount, allocationCount: shares.length, issuedAt: now },
        },
        shares,
        head: { lastYear: closing.year, contractionCarry: zeroMoney, genesisProposalId: proposalId },
    };
}
