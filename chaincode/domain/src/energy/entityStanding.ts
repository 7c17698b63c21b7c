// SPDX-License-Identifier: Apache-2.0
import { boolean, type Decoded, nullable, object, oneOf } from '../encoding/codec.js';
import type { Credential } from '../registry/credential.js';
import type { Instant } from '../time/ledgerClock.js';
import { type EnergyEntity, type EntityState, evidenceKinds } from './energyEntity.js';
import { expiredEvidence } from './entityEvidence.js';

const evidenceObstacles = evidenceKinds.map((kind) => `${kind}-expired` as const);

/** Why an entity does not count: its state, a document whose time is over, or what is wrong with its credential. */
const obstacle = oneOf([
    ...(['applied', 'approved', 'suspended', 'revoked'] as const satisfies readonly EntityState[]),
    ...evidenceObstacles,
    ...(['credential-missing', 'credential-revoked', 'credential-expired', 'credential-of-sponsor'] as const),
]);
type Obstacle = Decoded<typeof obstacle>;

/** Whether an entity counts now: for issuance, votes and certificates. */
export const standing = object({ counts: boolean, obstacle: nullable(obstacle) });
export type Standing = Decoded<typeof standing>;

/**
 * An entity counts while it is active, its documents are good and it has a valid `issuance` credential (KD-017) of a
 * member that does not sponsor it.
 */
export function countsNow(entity: EnergyEntity, credential: Credential | undefined, now: Instant): Standing {
    const found = obstacleOf(entity, credential, now);
    return { counts: found === null, obstacle: found };
}

function obstacleOf(entity: EnergyEntity, credential: Credential | undefined, now: Instant): Obstacle | null {
    if (entity.state !== 'active') return entity.state;
    const expired = expiredEvidence(entity, now);
    if (expired !== undefined) return `${expired.kind}-expired`;
    if (credential === undefined) return 'credential-missing';
    if (credential.revoked !== null) return 'credential-revoked';
    if (credential.expiresAt <= now) return 'credential-expired';
    // Otherwise a sponsor would undo the revocation by another member alone.
    return credential.grantedBy === entity.sponsor ? 'credential-of-sponsor' : null;
}
