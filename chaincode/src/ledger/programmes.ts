// SPDX-License-Identifier: Apache-2.0
import {
    type Milestone,
    type MilestoneAttestation,
    type MilestoneId,
    milestoneState,
    type MilestoneStatus,
    type Programme,
    type ProgrammeId,
    refuse,
    type WalletId,
} from '@power-currency/domain';
import type { LedgerSession } from './ledgerSession.js';
import { isPresent } from './present.js';
import { refTo, type StateRef } from './stateTable.js';
import { tables } from './tables.js';

export const programmeRef = (programmeId: ProgrammeId): StateRef<Programme> => refTo(tables.programme, programmeId);
export const milestoneRef = (
    { asset, programmeId }: Pick<Programme, 'asset' | 'programmeId'>,
    milestoneId: MilestoneId,
): StateRef<Milestone> => refTo(tables.milestone, asset, programmeId, milestoneId);
export const milestoneAttestationRef = (
    programmeId: ProgrammeId,
    milestoneId: MilestoneId,
    attester: WalletId,
): StateRef<MilestoneAttestation> => refTo(tables.milestoneAttestation, programmeId, milestoneId, attester);

/** A programme that was loaded. Throws PROGRAMME_NOT_FOUND. */
export function existingProgramme(session: LedgerSession, programmeId: ProgrammeId): Programme {
    return session.get(programmeRef(programmeId)) ?? refuse('PROGRAMME_NOT_FOUND', { programmeId });
}

/** Where the words of the programme's attesters on a milestone are. */
export function attestationsRefs(
    { programmeId, attesters }: Programme,
    milestoneId: MilestoneId,
): readonly StateRef<MilestoneAttestation>[] {
    return attesters.map((attester) => milestoneAttestationRef(programmeId, milestoneId, attester));
}

/** What the attesters have said so far; {@link attestationsRefs} must have been loaded. */
export function attestationsOf(
    session: LedgerSession,
    programme: Programme,
    milestoneId: MilestoneId,
): readonly MilestoneAttestation[] {
    return attestationsRefs(programme, milestoneId)
        .map((ref) => session.get(ref))
        .filter(isPresent);
}

/** Where the milestones of a programme are. */
export function milestoneRefs(programme: Programme): readonly StateRef<Milestone>[] {
    return programme.milestones.map(({ milestoneId }) => milestoneRef(programme, milestoneId));
}

/** All milestones of a programme; {@link milestoneRefs} must have been loaded. */
export function milestonesOf(session: LedgerSession, programme: Programme): readonly Milestone[] {
    return milestoneRefs(programme)
        .map((ref) => session.get(ref))
        .filter(isPresent);
}

/** The milestones with what was said of each. */
export async function statusesOf(
    session: LedgerSession,
    programme: Programme,
    milestones: readonly Milestone[],
): Promise<readonly MilestoneStatus[]> {
    await session.load(milestones.flatMap(({ milestoneId }) => attestationsRefs(programme, milestoneId)));
    return milestones.map((milestone) => ({
        milestone,
        state: milestoneState(milestone),
        attestations: attestationsOf(session, programme, milestone.milestoneId),
    }));
}
