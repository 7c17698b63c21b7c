// SPDX-License-Identifier: Apache-2.0
import {
    type CallerIdentity,
    type CallerRole,
    founding,
    type FoundingMember,
    type Participant,
    type ParticipantId,
    type Person,
    refuse,
    rolesOf,
} from '@power-currency/domain';
import type { LedgerSession } from './ledgerSession.js';
import { refTo, type StateRef } from './stateTable.js';
import { tables } from './tables.js';

/** The caller with what the ledger knows of its organisation. */
export interface Caller extends CallerIdentity {
    readonly founder: FoundingMember | undefined;
    readonly participant: Participant | undefined;
    readonly roles: readonly CallerRole[];
}

/** What has to be loaded before {@link callerOf}. */
export function callerRefs(identity: CallerIdentity): readonly StateRef[] {
    return [refTo(tables.participant, identity.mspId)];
}

/** The caller's roles; its participant record must have been loaded. */
export function callerOf(session: LedgerSession, identity: CallerIdentity): Caller {
    const founder = founderOf(identity);
    const participant = session.get(refTo(tables.participant, identity.mspId));
    return { ...identity, founder, participant, roles: rolesOf(identity, founder, participant) };
}

/** The founding member the caller is of, as its certificate alone says. */
export function founderOf({ mspId }: CallerIdentity): FoundingMember | undefined {
    return founding.members.find((member) => member.mspId === mspId);
}

/** The participant the caller acts for. Throws PARTICIPANT_NOT_FOUND before its registration. */
export function participantOf(caller: Caller): Participant {
    return (
        caller.participant ??
        refuse('PARTICIPANT_NOT_FOUND', { participantId: caller.founder?.participantId ?? caller.mspId })
    );
}

/** Who takes part in a decision that takes two. Throws PARTICIPANT_NOT_FOUND. */
export function personOf(caller: Caller): Person {
    return { participantId: participantOf(caller).participantId, keyDigest: caller.keyDigest };
}

/** The registration records of all founding members. */
export const participantRefs = founding.members.map(({ mspId }) => refTo(tables.participant, mspId));

/** Where a participant's record is; undefined if nobody has this id. */
export function participantRef(participantId: ParticipantId): StateRef<Participant> | undefined {
    const founder = founding.members.find((candidate) => candidate.participantId === participantId);
    return founder && refTo(tables.participant, founder.mspId);
}
