// SPDX-License-Identifier: Apache-2.0
import { hex } from '../encoding/bytes.js';
import type { SignerId } from '../encoding/identifier.js';
import type { Signer } from '../registry/registryRecords.js';
import type { VerifyEd25519 } from '../signature/primitives.js';
import type { FileSignature } from './attestationFile.js';

/** Signatures an attestation needs (AI-16). */
export const signaturesRequired = 2;

export interface SignatureCount {
    readonly signaturesOk: number;
    readonly signedBy: readonly SignerId[];
}

/**
 * Counts the valid signatures of `message` by registered, unrevoked signers. Two signatures count twice only if their
 * roles, keys and participants all differ: one organisation must never be able to stand in for another.
 */
export function countValidSignatures(
    signatures: readonly FileSignature[],
    message: Uint8Array,
    registered: readonly Signer[],
    verify: VerifyEd25519,
): SignatureCount {
    const counted: Signer[] = [];
    for (const { signer_id: id, signature } of signatures) {
        const signer = registered.find((candidate) => candidate.signerId === id && candidate.revokedAt === null);
        if (signer === undefined || counted.some((other) => overlaps(signer, other))) continue;
        if (verify(signer.publicKey, message, signature)) counted.push(signer);
    }
    return { signaturesOk: counted.length, signedBy: counted.map((signer) => signer.signerId) };
}

function overlaps(a: Signer, b: Signer): boolean {
    return a.role === b.role || a.participantId === b.participantId || hex(a.publicKey) === hex(b.publicKey);
}
