// SPDX-License-Identifier: Apache-2.0
import { type AttestationFile, encodeAttestationFile, type Signer, withSignature } from '@power-currency/domain';
import { verifyAttestation } from '../../application/attestation.js';
import { energyFiles, writeWhole } from '../../cli/energyFiles.js';
import { outboxFile, readAttestation, readPlanned, signedFile } from '../exchange.js';
import { type JobSettings } from '../jobSettings.js';
import { type Machine, type StepResult } from '../machine.js';

/** Collects the signatures and, once two registered roles have signed, writes the whole attestation to the data folder. */
export async function verifyStep({ settings, ledger, primitives }: Machine, day: string): Promise<StepResult> {
    const planned = readPlanned(settings, day);
    if (planned === undefined) {
        return { outcome: 'waiting', detail: 'nothing is planned' };
    }
    const registered = await ledger.registry.listSigners({});
    const active = registered.filter(({ revokedAt }) => revokedAt === null);
    const collected = active.reduce((file, signer) => withSignatureOf(signer, file, settings), planned);
    const text = encodeAttestationFile(collected);
    const found = verifyAttestation(text, outboxFile(settings, day), { primitives, registered });
    const detail = `signatures_ok = ${String(found.signaturesOk)}, required = ${String(found.required)}`;
    if (!found.isOk) {
        return { outcome: 'waiting', detail };
    }
    writeWhole(energyFiles(settings.data, day).attestation, text);
    return { outcome: 'done', detail: `${detail}: ${found.roles.join(' ')}` };
}

/** The signer's own signature from its own copy of the plan: nobody's file speaks for another. */
function withSignatureOf(
    { signerId, role, publicKey }: Signer,
    file: AttestationFile,
    settings: JobSettings,
): AttestationFile {
    const copy = readAttestation(signedFile(settings, file.day, signerId), file.day);
    const signature = copy?.meta.signatures.find(({ signer_id: id }) => id === signerId);
    if (signature === undefined || copy?.meta.digest_signed !== file.meta.digest_signed) {
        return file;
    }
    return withSignature(file, { signer_id: signerId, role, public_key: publicKey }, signature);
}
