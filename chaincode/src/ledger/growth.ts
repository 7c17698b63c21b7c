// SPDX-License-Identifier: Apache-2.0
import {
    type AnchorSignatures,
    type DomainEvent,
    type GrowthAllocation,
    growthCurrency,
    type GrowthHead,
    type GrowthIssuance,
    type HolderId,
    type IssuanceOutcome,
    layDownAdjustment,
    outstandingSupply,
    type Proposal,
    refuse,
    type YearAdjustment,
    type YearClosing,
    type YearConfirmation,
    type ProducingEntity,
} from '@power-currency/domain';
import { parametersOf } from './basis.js';
import { entityYearRef } from './energyAccounts.js';
import { rosterOf, standingOf, standingRefs } from './energyRegistry.js';
import type { LedgerContext } from './ledgerContext.js';
import type { LedgerSession } from './ledgerSession.js';
import { refTo, type StateRef } from './stateTable.js';
import { issue, supplyOf } from './supplies.js';
import { parametersRef, supplyRef, tables } from './tables.js';

export const growthHeadRef: StateRef<GrowthHead> = refTo(tables.growthHead, 'last');
export const closingRef = (year: number): StateRef<YearClosing> => refTo(tables.yearClosing, String(year));
export const anchorSignaturesRef = (year: number): StateRef<AnchorSignatures> =>
    refTo(tables.anchorSignatures, String(year));
export const confirmationRef = (year: number): StateRef<YearConfirmation> =>
    refTo(tables.yearConfirmation, String(year));
export const adjustmentRef = (year: number): StateRef<YearAdjustment> => refTo(tables.yearAdjustment, String(year));
export const issuanceRef = (issuance: string): StateRef<GrowthIssuance> => refTo(tables.growthIssuance, issuance);
export const allocationRef = (issuance: string, entityId: HolderId): StateRef<GrowthAllocation> =>
    refTo(tables.growthAllocation, growthCurrency, issuance, entityId);

/** The closing of a year, which must have been loaded. Throws CLOSING_NOT_FOUND. */
export function closingOf(session: LedgerSession, year: number): YearClosing {
    return session.get(closingRef(year)) ?? refuse('CLOSING_NOT_FOUND', { year });
}

/** Every entity of the roster, which must have been loaded, with what was verified of its year. */
export async function producersOf(context: LedgerContext, year: number): Promise<readonly ProducingEntity[]> {
    const { session } = context;
    const { entries } = rosterOf(session);
    await session.load(entries.flatMap(({ entityId }) => [...standingRefs(entityId), entityYearRef(entityId, year)]));
    return entries.map(({ entityId, kind, parentId }) => ({
        ...{ entityId, kind, parentId, counts: standingOf(context, entityId).counts },
        production: session.get(entityYearRef(entityId, year)),
    }));
}

/** Writes an issuance, each entity's part of it and where issuance stands now; the supply must have been loaded. */
export async function writeIssuance(
    context: LedgerContext,
    { issuance, shares, head }: IssuanceOutcome,
): Promise<DomainEvent> {
    const { session } = context;
    const { issuance: name, basis, minted } = issuance;
    const refs = shares.map(({ entityId }) => allocationRef(name, entityId));
    await session.load([issuanceRef(name), ...refs]);
    session.put(issuanceRef(name), issuance);
    session.put(growthHeadRef, head);
    for (const { entityId, amount } of shares) {
        session.put(allocationRef(name, entityId), { issuance: name, entityId, amount, claimed: null });
    }
    const cause =
        basis.kind === 'genesis'
            ? ({ kind: 'proposal', proposalId: basis.proposalId } as const)
            : ({ kind: 'growth', year: head.lastYear } as const);
    // A year that only makes up for earlier ones issues nothing, and changes no supply.
    const supply = minted === 0n ? supplyOf(session, growthCurrency) : issue(context, growthCurrency, minted, cause);
    const { contractionCarry } = head;
    return {
        type: 'GrowthIssued',
        issuance: name,
        minted,
        contractionCarry,
        issued: supply.issued,
        allocations: shares,
    };
}

/** Lays down what an executed vote on a year's issuance says; nothing for any other vote. */
export async function adjustYear({ session }: LedgerContext, proposal: Proposal): Promise<readonly DomainEvent[]> {
    const { action, proposalId } = proposal;
    if (action.kind !== 'growth-adjustment') return [];
    const { year } = action;
    await session.load([growthHeadRef, adjustmentRef(year), parametersRef, supplyRef(growthCurrency)]);
    const adjustment = layDownAdjustment({
        ...{ action, proposalId, head: session.get(growthHeadRef), existing: session.get(adjustmentRef(year)) },
        ...{ supply: outstandingSupply(supplyOf(session, growthCurrency)), parameters: parametersOf(session) },
    });
    session.put(adjustmentRef(year), adjustment);
    return [{ type: 'GrowthAdjusted', year, proposalId }];
}
