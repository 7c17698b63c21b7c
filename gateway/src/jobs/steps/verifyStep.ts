// SPDX-License-Identifier: Apache-2.0
import { encodeAttestationFile, withSignature } from '@power-currency/domain';
import { verifyAttestation } from '../../application/attestation.js';
import { energyFiles, writeWhole } from '../../cli/energyFiles.js';
import { outboxFile, readPlanned, readSigned } from '../exchange.js';
import { type Machine, type StepResult } from '../machine.js';

/** Collects the signatures and, once two registered roles have signed, writes the whole attestation to the data folder. */
export async function verifyStep({ settings, ledger, primitives }: Machine, day: string): Promise<StepResult> {
    const planned = readPlanned(settings, day);
    if (planned === undefined) {
        return { outcome: 'waiting', detail: 'nothing is planned' };
    }
    const collected = readSigned(settings, planned).reduce(
        (file, { meta }) =>
            meta.signatures.reduce((merged, signature) => {
                const signer = meta.signers.find(({ signer_id: id }) => id === signature.signer_id);
                return signer === undefined ? merged : withSignature(merged, signer, signature);
            }, file),
        planned,
    );
    const registered = await ledger.registry.listSigners({});
    const text = encodeAttestationFile(collected);
    const found = verifyAttestation(text, outboxFile(settings, day), { primitives, registered });
    const detail = `signatures_ok = ${String(found.signaturesOk)}, required = ${String(found.required)}`;
    if (!found.isOk) {
        return { outcome: 'waiting', detail };
    }
    writeWhole(energyFiles(settings.data, day).attestation, text);
    return { outcome: 'done', detail: `${detail}: ${found.roles.join(' ')}` };
}
