// SPDX-License-Identifier: Apache-2.0
import {
    type GrowthAllocation,
    growthCurrency,
    type GrowthIssuance,
    growthYears,
    type Money,
    type ProposalId,
    type ProposalOutcome,
    type YearClosing,
} from '@power-currency/domain';
import { type Ledger } from '../ledger.js';

/** What the ledger says an issuance came from, and what it became. */
export interface IssuanceFacts {
    readonly issuance: GrowthIssuance;
    /** Every issuance there was, this one included. */
    readonly issuances: readonly GrowthIssuance[];
    readonly allocations: readonly GrowthAllocation[];
    /** The closed years it was computed from, the last first; one alone for the founding. */
    readonly closings: readonly YearClosing[];
    /** The vote that founded or adjusted it. */
    readonly vote: ProposalOutcome | null;
    /** Every executed vote on the adjustment of the issuance's year. */
    readonly adjustments: readonly ProposalId[];
    /** Of all K-Dollars. */
    readonly supply: Money;
}

/** More than there can be: a ledger has 500 entities, and one issuance a year. */
const firstPage = { pageSize: 1000, bookmark: '' };

/** @throws DomainError ISSUANCE_NOT_FOUND */
export async function readIssuance(ledger: Ledger, name: string): Promise<IssuanceFacts> {
    const issuance = await ledger.issuance.describeIssuance({ issuance: name });
    const { basis, shareYear } = issuance;
    const years = basis.kind === 'genesis' ? [shareYear] : growthYears(Number(name));
    const voteId: ProposalId | undefined = basis.kind === 'genesis' ? basis.proposalId : basis.adjustment?.proposalId;
    const { issued, redeemed } = await ledger.asset.describeSupply({ asset: growthCurrency });
    const closings: YearClosing[] = [];
    for (const year of years) closings.push(await ledger.issuance.describeYear({ year }));
    return {
        issuance,
        issuances: (await ledger.issuance.list(firstPage)).rows,
        allocations: (await ledger.issuance.listAllocations({ issuance: name, ...firstPage })).rows,
        closings,
        vote: voteId === undefined ? null : await ledger.governance.describe({ proposalId: voteId }),
        adjustments: await executedAdjustments(ledger, name),
        supply: (issued - redeemed) as Money,
    };
}

async function executedAdjustments(ledger: Ledger, year: string): Promise<readonly ProposalId[]> {
    const found: ProposalId[] = [];
    let page = firstPage;
    do {
        const { rows, bookmark } = await ledger.governance.list(page);
        for (const { action, proposalId, executedAt } of rows) {
            const isOfYear = action.kind === 'growth-adjustment' && String(action.year) === year;
            if (isOfYear && executedAt !== null) found.push(proposalId);
        }
        page = { ...firstPage, bookmark };
    } while (page.bookmark !== '');
    return found;
}
