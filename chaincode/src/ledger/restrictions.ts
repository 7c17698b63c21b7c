// SPDX-License-Identifier: Apache-2.0
import type { ActiveRestriction, HolderId, Restriction, RestrictionCase, RestrictionId } from '@power-currency/domain';
import { restrictedRef } from './compliance.js';
import type { LedgerContext } from './ledgerContext.js';
import { refTo, type StateRef } from './stateTable.js';
import { tables } from './tables.js';

/** A restriction by its id, and the holder it is about: both are needed to read everything at once. */
export interface NamedRestriction {
    readonly restrictionId: RestrictionId;
    readonly holderId: HolderId;
}

export const restrictionRef = (restrictionId: RestrictionId): StateRef<Restriction> =>
    refTo(tables.restriction, restrictionId);

/** What {@link restrictionCase} needs loaded. */
export function restrictionRefs({ restrictionId, holderId }: NamedRestriction): readonly StateRef[] {
    return [restrictionRef(restrictionId), restrictedRef(holderId)];
}

/** What the ledger has of a restriction and of others in force for its holder. */
export function restrictionCase(
    { session, now }: LedgerContext,
    { restrictionId, holderId }: NamedRestriction,
): RestrictionCase {
    const existing = session.get(restrictionRef(restrictionId));
    return { restrictionId, holderId, existing, active: session.get(restrictedRef(holderId)) ?? [], now };
}

/** Writes a restriction that changed, and what payments look at. */
export function writeRestriction(
    context: LedgerContext,
    { restrictionId, holderId }: NamedRestriction,
    { restriction, active }: { readonly restriction: Restriction; readonly active: readonly ActiveRestriction[] },
): void {
    context.session.put(restrictionRef(restrictionId), restriction);
    context.session.put(restrictedRef(holderId), active);
    // Restrictions end on the ledger's own time. Every transaction reads the clock, so that a payment endorsed before
    // this one and ordered after it is invalid, a private one as well.
    context.advanceClock();
}
