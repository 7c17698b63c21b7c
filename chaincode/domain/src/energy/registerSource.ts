// SPDX-License-Identifier: Apache-2.0
import { hex } from '../encoding/bytes.js';
import type { ParticipantId, SourceId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import { checkPublicKey } from '../signature/ed25519Key.js';
import { dayOf } from '../time/day.js';
import type { Instant } from '../time/ledgerClock.js';
import type { EnergySource } from './energySource.js';
import type { Facility } from './facility.js';

export interface SourceRegistration extends Omit<EnergySource, 'registeredBy' | 'registeredAt' | 'revoked'> {
    readonly by: ParticipantId;
    readonly existing: EnergySource | undefined;
    /** Whether a source or an attester's signer has had this key. */
    readonly isKeyUsed: boolean;
    readonly facility: Facility | undefined;
    readonly now: Instant;
}

/** A device of one facility, or a provider that reports on many; guards in the documented order. */
export function registerSource(registration: SourceRegistration): EnergySource {
    const { by, existing, isKeyUsed, facility, now } = registration;
    const { sourceId, kind, facilityId, publicKey, displayName } = registration;
    if (existing !== undefined) refuse('SOURCE_EXISTS', { sourceId });
    if ((kind === 'sensor') !== (facilityId !== null)) refuse('SOURCE_FACILITY_INVALID', { sourceId, kind });
    if (facilityId !== null) {
        const found = facility ?? refuse('FACILITY_NOT_FOUND', { facilityId });
        const { registeredBy, retiredOn } = found;
        if (by !== registeredBy) refuse('FACILITY_NOT_OWNED', { facilityId, participantId: registeredBy });
        if (retiredOn !== null && retiredOn < dayOf(now)) refuse('FACILITY_RETIRED', { facilityId, retiredOn });
    }
    checkPublicKey(publicKey);
    if (isKeyUsed) refuse('KEY_ALREADY_USED', { publicKey: hex(publicKey) });
    return {
        ...{ sourceId, kind, publicKey, facilityId, displayName },
        ...{ registeredBy: by, registeredAt: now, revoked: null },
    };
}

export interface SourceRevocation {
    readonly sourceId: SourceId;
    readonly existing: EnergySource | undefined;
    readonly by: ParticipantId;
    readonly reason: string;
    readonly now: Instant;
}

/** For good: neither the id nor the key is used again. */
export function revokeSource({ sourceId, existing, by, reason, now }: SourceRevocation): EnergySource {
    const source = existing ?? refuse('SOURCE_NOT_FOUND', { sourceId });
    if (source.registeredBy !== by) refuse('SOURCE_NOT_OWNED', { sourceId, participantId: source.registeredBy });
    if (source.revoked !== null) refuse('SOURCE_REVOKED', { sourceId });
    return { ...source, revoked: { at: now, reason } };
}
