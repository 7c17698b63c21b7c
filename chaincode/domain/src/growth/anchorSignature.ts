// SPDX-License-Identifier: Apache-2.0
import { publicKey, signature } from '../encoding/byteCodec.js';
import { type Decoded, list, object } from '../encoding/codec.js';
import { participantId, signerId, type SignerId } from '../encoding/identifier.js';
import { lengthPrefixed } from '../encoding/lengthPrefixed.js';
import { refuse } from '../error/domainError.js';
import type { Signer } from '../registry/registryRecords.js';
import { attesterRole, attesterRoles } from '../registry/role.js';
import type { VerifyEd25519 } from '../signature/primitives.js';
import type { VerificationAnchor } from './verificationAnchor.js';

/** An attester's signature of a closed year's anchor, with what it takes to check it (KD-084). */
export const anchorSignature = object({ signerId, participantId, role: attesterRole, publicKey, signature });
export type AnchorSignature = Decoded<typeof anchorSignature>;

/** At most one of each attester role. */
export const anchorSignatures = object({ signatures: list(anchorSignature, attesterRoles.length) });
export type AnchorSignatures = Decoded<typeof anchorSignatures>;

/** Where an anchor holds: a signature for one ledger says nothing of another. */
export interface AnchorPlace {
    readonly network: string;
    readonly channel: string;
}

/** The bytes that attesters sign. */
export function anchorMessage(anchor: VerificationAnchor, { network, channel }: AnchorPlace): Uint8Array {
    const { timestamp, period, merkleRoot, entityCount, totalVerifiedWh } = anchor;
    return lengthPrefixed(
        'power/verification-anchor/1',
        ...[network, channel, timestamp, period, merkleRoot, entityCount.toString(), totalVerifiedWh.toString()],
    );
}

interface AnchorSigning {
    readonly year: number;
    readonly signerId: SignerId;
    readonly signature: Uint8Array;
    readonly signer: Signer | undefined;
    readonly anchor: VerificationAnchor;
    readonly signatures: readonly AnchorSignature[];
    readonly place: AnchorPlace;
    readonly verify: VerifyEd25519;
}

/** The signature with who made it. Guards in order. */
export function signAnchor(facts: AnchorSigning): AnchorSignature {
    const { year, signerId: id, signature: made, signer, anchor, signatures, place, verify } = facts;
    if (signer === undefined) refuse('SIGNER_NOT_FOUND', { signerId: id });
    if (signer.revokedAt !== null) refuse('ANCHOR_SIGNER_REVOKED', { signerId: id });
    const { role, publicKey: key } = signer;
    const earlier = signatures.find((other) => other.role === role);
    if (earlier !== undefined) refuse('ANCHOR_SIGNED_ALREADY', { year, role, signerId: earlier.signerId });
    if (!verify(key, anchorMessage(anchor, place), made)) refuse('ANCHOR_SIGNATURE_INVALID', { year, signerId: id });
    return { signerId: id, participantId: signer.participantId, role, publicKey: key, signature: made };
}
