// SPDX-License-Identifier: Apache-2.0
import type { HolderId, ParticipantId, RestrictionId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';
import { checkSecondPerson, type Person } from './person.js';
import {
    activeCountMax,
    type ActiveRestriction,
    holderOfMeasure,
    type Measure,
    type Restriction,
    type RestrictionState,
} from './restrictionRecords.js';

/** How long a proposed restriction waits for the second organisation: a day. */
const confirmationSeconds = 86_400n;
/** Longest sanction, in seconds: a year. Then it is looked at again, and proposed again or not. */
const sanctionSecondsMax = 31_536_000n;

export interface RestrictionDraft {
    readonly restrictionId: RestrictionId;
    readonly measure: Measure;
    readonly expiresAt: Instant;
    readonly proposedBy: Person;
    readonly existing: Restriction | undefined;
    readonly freezeSecondsMax: bigint;
    readonly now: Instant;
}

/** Restricts nothing yet. Throws RESTRICTION_EXISTS or RESTRICTION_EXPIRY_INVALID. */
export function proposeRestriction({ existing, freezeSecondsMax, now, ...facts }: RestrictionDraft): Restriction {
    const { restrictionId, expiresAt, measure } = facts;
    if (existing !== undefined) refuse('RESTRICTION_EXISTS', { restrictionId });
    const latest = now + (measure.kind === 'sanction' ? sanctionSecondsMax : freezeSecondsMax);
    if (expiresAt <= now || expiresAt > latest) {
        refuse('RESTRICTION_EXPIRY_INVALID', { expiresAt: expiresAt.toString(), latest: latest.toString() });
    }
    return { ...facts, proposedAt: now, confirmedBy: null, ended: null };
}

/** Where a restriction stands now. */
export function stateOfRestriction(
    { confirmedBy, expiresAt, proposedAt, ended }: Restriction,
    now: Instant,
): RestrictionState {
    if (ended !== null) return ended.cause;
    if (confirmedBy !== null) return now < expiresAt ? 'active' : 'expired';
    return now < expiresAt && now < proposedAt + confirmationSeconds ? 'proposed' : 'lapsed';
}

/** A restriction about to change, with those in force for its holder. */
export interface RestrictionCase {
    readonly restrictionId: RestrictionId;
    readonly holderId: HolderId;
    readonly existing: Restriction | undefined;
    readonly active: readonly ActiveRestriction[];
    readonly now: Instant;
}

interface RestrictionChange {
    readonly restriction: Restriction;
    readonly active: readonly ActiveRestriction[];
}

/** The word of a second organisation puts it in force; guards in the documented order. */
export function confirmRestriction(facts: RestrictionCase, by: Person): RestrictionChange {
    const { restrictionId, now } = facts;
    const found = existingRestriction(facts);
    const state = stateOfRestriction(found, now);
    if (state !== 'proposed') refuse('RESTRICTION_NOT_PROPOSED', { restrictionId, state });
    checkSecondPerson(found.proposedBy, by);
    const others = facts.active.filter(({ expiresAt }) => expiresAt > now);
    if (others.length >= activeCountMax) refuse('RESTRICTIONS_TOO_MANY', { holderId: facts.holderId });
    const { measure, expiresAt } = found;
    return {
        restriction: { ...found, confirmedBy: by },
        active: [...others, { restrictionId, measure, expiresAt }],
    };
}

/**
 * Ends it early. It takes two organisations to restrict, so it lasts only as long as both stand by it: each of them can
 * end it alone. Throws RESTRICTION_NOT_FOUND, RESTRICTION_ENDED or RESTRICTION_NOT_OWNED.
 */
export function liftRestriction(facts: RestrictionCase, by: ParticipantId): RestrictionChange {
    const found = openRestriction(facts);
    const { proposedBy, confirmedBy } = found;
    if (by !== proposedBy.participantId && by !== confirmedBy?.participantId) {
        refuse('RESTRICTION_NOT_OWNED', { restrictionId: facts.restrictionId, participantId: by });
    }
    return endRestriction(facts, found, { cause: confirmedBy === null ? 'withdrawn' : 'lifted', by });
}

/** Ends it on the members' vote, whoever cites it. Throws RESTRICTION_NOT_FOUND or RESTRICTION_ENDED. */
export function liftOnAppeal(facts: RestrictionCase, by: ParticipantId): RestrictionChange {
    return endRestriction(facts, openRestriction(facts), { cause: 'appeal', by });
}

function endRestriction(
    { restrictionId, active, now }: RestrictionCase,
    found: Restriction,
    ended: Omit<NonNullable<Restriction['ended']>, 'at'>,
): RestrictionChange {
    return {
        restriction: { ...found, ended: { ...ended, at: now } },
        active: active.filter((other) => other.restrictionId !== restrictionId),
    };
}

function openRestriction(facts: RestrictionCase): Restriction {
    const found = existingRestriction(facts);
    const state = stateOfRestriction(found, facts.now);
    if (state !== 'proposed' && state !== 'active') {
        refuse('RESTRICTION_ENDED', { restrictionId: facts.restrictionId, state });
    }
    return found;
}

function existingRestriction({ existing, restrictionId, holderId }: RestrictionCase): Restriction {
    if (existing === undefined || holderOfMeasure(existing.measure) !== holderId) {
        refuse('RESTRICTION_NOT_FOUND', { restrictionId, holderId });
    }
    return existing;
}
