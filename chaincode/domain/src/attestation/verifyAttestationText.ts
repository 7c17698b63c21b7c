// SPDX-License-Identifier: Apache-2.0
import { fromHex, hex } from '../encoding/bytes.js';
import { type LosslessJson, members } from '../encoding/json.js';
import { parseLosslessJson } from '../encoding/parseJson.js';
import type { Primitives } from '../signature/primitives.js';
import { signaturesRequired } from './countSignatures.js';
import { type DigestPlaceholder, payloadDigest } from './digest.js';
import { type ForeignSigner, readForeignSignatures, readForeignSigners } from './foreignSignatures.js';
import type { PythonCanonicalisation } from './pythonJson.js';
import { type ChainName, signedMessage } from './signedMessage.js';

export interface VerificationOptions {
    readonly primitives: Primitives;
    /** Chains the message may name, beside the one the file's `meta` names. */
    readonly chains?: readonly ChainName[];
    /** Keys that count. Without them the file's own keys do, which proves that the file is unchanged and no more. */
    readonly trusted?: readonly ForeignSigner[];
}

/** The verifier's answer (AI-17): `signatures_ok = N, required = 2`. */
export interface AttestationVerification {
    readonly day: string;
    readonly digestStated: string;
    /** The canonicalisation under which the digest is the stated one, or undefined if there is none. */
    readonly digestForm: { canonicalisation: PythonCanonicalisation; placeholder: DigestPlaceholder } | undefined;
    readonly signaturesOk: number;
    readonly required: number;
    readonly roles: readonly string[];
    readonly isOk: boolean;
}

/**
 * Verifies any attestation file of the AIpowerCoin form, ours or foreign, offline. It never gates an issuance: the
 * form leaves the signers unsigned, so only keys known from elsewhere make it evidence. Throws JsonSyntaxError.
 */
export function verifyAttestationText(text: string, options: VerificationOptions): AttestationVerification {
    const document = parseLosslessJson(text);
    const { day, meta: metaValue } = members(document);
    const meta = members(metaValue ?? null);
    const stated = stringOf(meta.digest_signed).toLowerCase().replace(/^0x/, '');
    const form = digestFormOf(document, stated, options.primitives);
    const roles = form === undefined ? [] : validRoles(stringOf(day), meta, stated, options);
    return {
        day: stringOf(day),
        digestStated: stated,
        digestForm: form,
        signaturesOk: roles.length,
        required: signaturesRequired,
        roles,
        isOk: roles.length >= signaturesRequired,
    };
}

function digestFormOf(
    document: LosslessJson,
    stated: string,
    { sha256 }: Primitives,
): AttestationVerification['digestForm'] {
    for (const canonicalisation of ['py-sorted/1', 'py-sorted-utf8/1'] as const) {
        for (const placeholder of ['absent', 'empty', 'null'] as const) {
            if (hex(payloadDigest(document, canonicalisation, placeholder, sha256)) === stated) {
                return { canonicalisation, placeholder };
            }
        }
    }
    return undefined;
}

/** The distinct roles of which a signer's signature is valid; one key never counts for two roles. */
function validRoles(
    day: string,
    meta: Readonly<Record<string, LosslessJson>>,
    stated: string,
    { primitives, chains = [], trusted }: VerificationOptions,
): readonly string[] {
    const digest = fromHex(stated) ?? new Uint8Array();
    const named = [...chains, ...chainsNamed(meta)];
    const messages = ([2, 1] as const).flatMap((version) =>
        named.map((chain) => signedMessage({ day, digest, version, chain })),
    );
    const signers = trusted ?? readForeignSigners(meta.signers ?? null);
    const counted = new Map<string, string>();
    for (const entry of readForeignSignatures(meta.signatures ?? null)) {
        const signer = signers.find(
            ({ role, publicKey }) =>
                (entry.role === undefined || entry.role === role) &&
                !counted.has(role) &&
                ![...counted.values()].includes(hex(publicKey)) &&
                messages.some((message) => primitives.verifyEd25519(publicKey, message, entry.signature)),
        );
        if (signer !== undefined) counted.set(signer.role, hex(signer.publicKey));
    }
    return [...counted.keys()];
}

/** `meta.chain` as it stands, or the channel of our own files. */
function chainsNamed(meta: Readonly<Record<string, LosslessJson>>): readonly ChainName[] {
    const named: ChainName[] = [];
    const chain = stringOf(meta.chain);
    if (chain.startsWith('EVM:') || chain.startsWith('FABRIC:')) named.push(chain as ChainName);
    if (stringOf(meta.channel) !== '') named.push(`FABRIC:${stringOf(meta.channel)}`);
    return named;
}

function stringOf(value: LosslessJson | undefined): string {
    return typeof value === 'string' ? value : '';
}
