// SPDX-License-Identifier: Apache-2.0
import { hex, utf8 } from '../encoding/bytes.js';
import { type LosslessJson, members } from '../encoding/json.js';
import type { Sha256 } from '../signature/primitives.js';
import { type AttestationFile, attestationFile } from './attestationFile.js';
import { type PythonCanonicalisation, pythonJson } from './pythonJson.js';

/** How `meta.digest_signed` stood in the payload when it was hashed; the paper does not say, ours is `absent`. */
export type DigestPlaceholder = 'absent' | 'empty' | 'null';

/** SHA-256 of the payload before signing: no signers, no signatures, no digest (AI-15). 32 bytes. */
export function attestationDigest(file: AttestationFile, sha256: Sha256): Uint8Array {
    const unsigned = { ...file, meta: { ...file.meta, signers: [], signatures: [] } };
    return payloadDigest(attestationFile.encode(unsigned), 'py-sorted/1', 'absent', sha256);
}

/** The digest as `meta.digest_signed` spells it. */
export function digestText(digest: Uint8Array): string {
    return `0x${hex(digest)}`;
}

/** Digest of any attestation document under a named canonicalisation. */
export function payloadDigest(
    document: LosslessJson,
    canonicalisation: PythonCanonicalisation,
    placeholder: DigestPlaceholder,
    sha256: Sha256,
): Uint8Array {
    return sha256(utf8(pythonJson(withoutSignatures(document, placeholder), canonicalisation)));
}

function withoutSignatures(document: LosslessJson, placeholder: DigestPlaceholder): LosslessJson {
    const { meta, ...content } = members(document);
    const unsigned = Object.entries(members(meta ?? null)).filter(([name]) => name !== 'digest_signed');
    const placed = { absent: {}, empty: { digest_signed: '' }, null: { digest_signed: null } }[placeholder];
    return { ...content, meta: { ...Object.fromEntries(unsigned), ...placed, signers: [], signatures: [] } };
}
