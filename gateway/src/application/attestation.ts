// SPDX-License-Identifier: Apache-2.0
import {
    type AttestationBasis,
    attestationDigest,
    type AttestationFile,
    type AttestationVerification,
    type AttesterRole,
    type ChainName,
    type Correction,
    digestText,
    type EnergyWh,
    type FileSigner,
    parseAttestationFile,
    parseDay,
    prepareAttestation,
    type Primitives,
    type Signer,
    signedMessage,
    signerId,
    verifyAttestationText,
    withSignature,
    JsonSyntaxError,
} from '@power-currency/domain';
import { Failure } from './failure.js';

/** A zone's energy of the day, in Wh. */
interface MeasuredZone {
    readonly name: string;
    readonly eic: string;
    readonly wh: bigint;
}

/** Writes a day's unsigned attestation from what was measured, late data of earlier days, and where the ledger stands. */
export function planAttestation(
    day: string,
    zones: readonly MeasuredZone[],
    basis: AttestationBasis,
    { sha256 }: Primitives,
    corrections: readonly Correction[] = [],
): AttestationFile {
    const parsedDay = parseDay(day);
    if (parsedDay === undefined) {
        throw new Failure('INPUT_INVALID', { field: 'day', problem: `"${day}" is no calendar day such as 2020-11-19` });
    }
    const measured = zones.map(({ name, eic, wh }) => ({ name, eic, wh: wh as EnergyWh }));
    return prepareAttestation({ day: parsedDay, zones: measured, corrections }, basis, sha256);
}

export interface AttesterKey {
    readonly signerId: string;
    readonly role: AttesterRole;
    readonly publicKey: Uint8Array;
    readonly sign: (message: Uint8Array) => Uint8Array;
}

/**
 * Adds one attester's signature. The digest is computed anew: an attester signs the figures, not what the file says of itself.
 *
 * @throws Failure ENERGY_FILE_INVALID when the file was changed after it was planned
 */
export function signAttestation(
    text: string,
    attester: AttesterKey,
    name: string,
    { sha256 }: Primitives,
): AttestationFile {
    const file = parseAttestationFile(text);
    const digest = attestationDigest(file, sha256);
    if (digestText(digest) !== file.meta.digest_signed) {
        throw new Failure('ENERGY_FILE_INVALID', { file: name, problem: 'its digest is not that of its figures' });
    }
    const chain: ChainName = `FABRIC:${file.meta.channel}`;
    const signature = attester.sign(signedMessage({ day: file.day, digest, version: 2, chain }));
    const id = signerId.decode(attester.signerId, 'signer');
    const signer: FileSigner = { signer_id: id, role: attester.role, public_key: attester.publicKey };
    return withSignature(file, signer, { signer_id: id, signature });
}

interface VerifyOptions {
    readonly primitives: Primitives;
    /** Signers of the ledger. Without them the file's own keys are used, which shows only that nobody changed it. */
    readonly registered?: readonly Signer[] | undefined;
    readonly chains?: readonly ChainName[];
}

/**
 * Verifies a file of ours or of the AIpowerCoin form, whatever wrote its JSON (AI-17, Q30).
 *
 * @throws Failure ENERGY_FILE_INVALID when it is no JSON
 */
export function verifyAttestation(text: string, name: string, options: VerifyOptions): AttestationVerification {
    const { primitives, registered, chains = [] } = options;
    const trusted = registered?.filter(({ revokedAt }) => revokedAt === null);
    try {
        return verifyAttestationText(text, { primitives, chains, ...(trusted === undefined ? {} : { trusted }) });
    } catch (error) {
        if (error instanceof JsonSyntaxError) {
            throw new Failure('ENERGY_FILE_INVALID', { file: name, problem: error.message }, { cause: error });
        }
        throw error;
    }
}
