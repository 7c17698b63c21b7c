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
        supply: (issued - redeemed) as Money,
    };
}
