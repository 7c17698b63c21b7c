// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import type { FoundingMember } from './founding.js';
import type { Participant } from './registryRecords.js';
import type { CallerRole } from './role.js';

/** Who submitted a transaction, read from the certificate Fabric verified. */
export interface CallerIdentity {
    readonly mspId: string;
    readonly enrolmentId: string;
    /** NodeOU of the certificate; orderers and peers hold no role but `reader`. */
    readonly unit: 'admin' | 'client' | 'peer' | 'orderer' | 'none';
    /** Words of the certificate's `power.role` attribute. An organisation grants them for itself alone. */
    readonly grants: readonly string[];
    /** SHA-256 of the public key of the certificate: whoever has the key, under whatever name. */
    readonly keyDigest: Uint8Array;
}

/** The roles a caller holds: what its certificate says, limited by what the ledger knows of its organisation. */
export function rolesOf(
    caller: CallerIdentity,
    founder: FoundingMember | undefined,
    participant: Participant | undefined,
): readonly CallerRole[] {
    const isPerson = caller.unit === 'admin' || caller.unit === 'client';
    if (!isPerson || founder === undefined) return ['reader'];
    const isAdmin = caller.unit === 'admin';
    const isMember = participant !== undefined;
    const held: readonly (readonly [CallerRole, boolean])[] = [
        ['reader', true],
        ['registrar', isAdmin || caller.grants.includes('registrar')],
        ['member', isMember],
        ['delegate', isMember && (isAdmin || caller.grants.includes('delegate'))],
        ['compliance', isMember && (isAdmin || caller.grants.includes('compliance'))],
        ['issuer', isMember && participant.isIssuer],
        ['treasury', isMember && participant.isTreasury],
    ];
    return held.filter(([, isHeld]) => isHeld).map(([role]) => role);
}

/** Default deny. Throws CALLER_NOT_AUTHORISED. */
export function authorise(transaction: string, required: readonly CallerRole[], held: readonly CallerRole[]): void {
    if (required.some((role) => held.includes(role))) return;
    refuse('CALLER_NOT_AUTHORISED', { transaction, rolesRequired: [...required], rolesHeld: [...held] });
}
