// SPDX-License-Identifier: Apache-2.0
import { hex } from '../encoding/bytes.js';
import type { ParticipantId } from '../encoding/identifier.js';
import type { EnergyWh } from '../energy/energy.js';
import type { ClosedYears } from '../energy/energyAccounts.js';
import { refuse } from '../error/domainError.js';
import type { Participant } from '../registry/registryRecords.js';
import type { Sha3 } from '../signature/primitives.js';
import type { Instant } from '../time/ledgerClock.js';
import { endOfPeriod, periodOfYear } from '../time/period.js';
import { closingDigest } from './yearTree.js';
import type { ClosingConfirmation, YearClosing, YearConfirmation, YearFigures } from './yearClosing.js';

/** Members that have to confirm a year, each in another attester role. */
export const confirmationsRequired = 2;

/** What a member says the figures of a year are. */
export interface ClosingClaim {
    readonly totalWh: EnergyWh;
    readonly merkleRoot: Uint8Array;
}

export interface ClosingCase {
    readonly claim: ClosingClaim;
    readonly confirmer: Participant;
    /** The ledger's own. */
    readonly figures: YearFigures;
    readonly earlier: YearConfirmation | undefined;
    /** Of the year before, if one was closed. */
    readonly previous: YearClosing | undefined;
    readonly now: Instant;
    readonly sha3: Sha3;
}

/** Years are closed one after the other, from any first one on. Throws CLOSING_OUT_OF_ORDER. */
export function checkInOrder(year: number, closed: ClosedYears | undefined): void {
    if (closed !== undefined && year !== closed.last + 1) {
        refuse('CLOSING_OUT_OF_ORDER', { year, expected: closed.last + 1 });
    }
}

/** Throws CLOSING_YEAR_NOT_OVER. */
export function checkOver(year: number, now: Instant): void {
    const endsAt = endOfPeriod(periodOfYear(year));
    if (now < endsAt) refuse('CLOSING_YEAR_NOT_OVER', { year, endsAt: endsAt.toString() });
}

/**
 * One member's confirmation of the ledger's figures, and the closing once members of two attester roles agree. Those who
 * confirmed other figures before have to confirm again. Throws CLOSING_FIGURES_DIFFER, CLOSING_ROLE_MISSING or
 * CLOSING_CONFIRMED_ALREADY.
 */
export function confirmYear(facts: ClosingCase): {
    readonly by: ClosingConfirmation;
    readonly confirmation: YearConfirmation;
    readonly closing: YearClosing | undefined;
} {
    const { claim, confirmer, figures, earlier, previous, now, sha3 } = facts;
    const { year, totalWh, merkleRoot } = figures;
    if (!agrees(claim, figures)) {
        refuse('CLOSING_FIGURES_DIFFER', { year, totalWh: totalWh.toString(), merkleRoot: hex(merkleRoot) });
    }
    const standing = standingConfirmations(earlier, figures);
    const by = confirmationBy(confirmer, year, standing);
    const confirmations = [...standing, by];
    const confirmation = { year, totalWh, merkleRoot, confirmations };
    if (confirmations.length < confirmationsRequired) return { by, confirmation, closing: undefined };
    const previousDigest = previous === undefined ? null : closingDigest(previous, sha3);
    return { by, confirmation, closing: { ...figures, confirmedBy: confirmations, closedAt: now, previousDigest } };
}

/** The confirmations so far that are of just these figures. */
export function standingConfirmations(
    earlier: YearConfirmation | undefined,
    figures: YearFigures,
): readonly ClosingConfirmation[] {
    return earlier !== undefined && agrees(earlier, figures) ? earlier.confirmations : [];
}

function confirmationBy(
    { participantId, attesterRole: role }: Participant,
    year: number,
    standing: readonly ClosingConfirmation[],
): ClosingConfirmation {
    if (role === null) refuse('CLOSING_ROLE_MISSING', { participantId });
    const repeats = (other: { participantId: ParticipantId; role: string }): boolean =>
        other.participantId === participantId || other.role === role;
    if (standing.some(repeats)) refuse('CLOSING_CONFIRMED_ALREADY', { year, participantId, role });
    return { participantId, role };
}

/** The root is over the year too. */
function agrees(claim: ClosingClaim, { totalWh, merkleRoot }: ClosingClaim): boolean {
    return claim.totalWh === totalWh && hex(claim.merkleRoot) === hex(merkleRoot);
}
