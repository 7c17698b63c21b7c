// SPDX-License-Identifier: Apache-2.0

/** SHA-256 of the bytes, 32 bytes. The platform passes it in; the domain computes no hash of its own. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** SHA3-256 of the bytes (FIPS 202), 32 bytes. */
export type Sha3 = (bytes: Uint8Array) => Uint8Array;

/** Whether `signature` (64 bytes) is the Ed25519 signature of `message` under `publicKey` (32 bytes); never throws. */
export type VerifyEd25519 = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** Whether `signature` (3309 bytes) is the ML-DSA-65 signature (FIPS 204) of `message` under `publicKey` (1952 bytes); never throws. */
export type VerifyMlDsa65 = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** The cryptography the rules are given. One verifier everywhere: two that disagree would split the endorsers. */
export interface Primitives {
    readonly sha256: Sha256;
    readonly sha3: Sha3;
    readonly verifyEd25519: VerifyEd25519;
}
