// SPDX-License-Identifier: Apache-2.0

/** Refusals about participants and signers. */
export interface RegistryErrors {
    PARTICIPANT_ID_MISMATCH: { participantId: string; expected: string };
    PARTICIPANT_EXISTS: { participantId: string };
    PARTICIPANT_NOT_FOUND: { participantId: string };
    SIGNER_ROLE_NOT_HELD: { participantId: string; role: string };
    SIGNER_EXISTS: { signerId: string };
    SIGNER_NOT_FOUND: { signerId: string };
    SIGNER_NOT_OWNED: { signerId: string; participantId: string };
    SIGNER_REVOKED: { signerId: string };
    KEY_NOT_CANONICAL: { publicKey: string };
    KEY_SMALL_ORDER: { publicKey: string };
    KEY_NOT_ON_CURVE: { publicKey: string };
    KEY_ALREADY_USED: { publicKey: string };
    CREDENTIAL_MISSING: { holderId: string; kind: string };
    CREDENTIAL_REVOKED: { holderId: string; kind: string };
    CREDENTIAL_EXPIRED: { holderId: string; kind: string; expiresAt: string };
    CREDENTIAL_NOT_OWNED: { holderId: string; kind: string; grantedBy: string };
}

export const registryErrors: Readonly<Record<keyof RegistryErrors, string>> = {
    PARTICIPANT_ID_MISMATCH: 'An organisation registers under the id the approved chaincode package gives it.',
    PARTICIPANT_EXISTS: 'The participant is registered already. Nothing is left to do.',
    PARTICIPANT_NOT_FOUND: 'No participant has this id. It has to be registered by its own registrar first.',
    SIGNER_ROLE_NOT_HELD: 'The participant does not hold this attester role.',
    SIGNER_EXISTS: 'A signer has this id already. Choose another id.',
    SIGNER_NOT_FOUND: 'No signer has this id.',
    SIGNER_NOT_OWNED: 'The signer belongs to another participant. Only its owner can change it.',
    SIGNER_REVOKED: 'The signer is revoked already. Nothing is left to do.',
    KEY_NOT_CANONICAL: 'The Ed25519 public key is not in its canonical encoding. Generate a new key.',
    KEY_SMALL_ORDER: 'The Ed25519 public key has small order: anyone could sign for it. Generate a new key.',
    KEY_NOT_ON_CURVE: 'The bytes are not an Ed25519 public key. Generate a new key.',
    KEY_ALREADY_USED: 'The public key is registered for another signer or source. Generate a new key.',
    CREDENTIAL_MISSING: 'The holder was never granted this credential. A member has to grant it.',
    CREDENTIAL_REVOKED: 'The credential was revoked. A member has to grant it anew.',
    CREDENTIAL_EXPIRED: 'The credential has expired, or would be granted for a time that has passed. Grant it anew.',
    CREDENTIAL_NOT_OWNED: 'Another member granted the credential. Only that member renews or revokes it.',
};
