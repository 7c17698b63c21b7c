// SPDX-License-Identifier: Apache-2.0
import { type AttestationFile, encodeAttestationFile, prepareAttestation } from '@power-currency/domain';
import { signAttestation } from '../../application/attestation.js';
import { writeWhole } from '../../cli/energyFiles.js';
import { readKeyFile } from '../../keys/keyFile.js';
import { outboxFile, readAttestation, readPlanned, signedFile } from '../exchange.js';
import { type Machine, type StepResult } from '../machine.js';
import { newestReading } from '../vintages.js';

/**
 * Adds this machine's signature in a file of its own. It signs what it can answer for: every figure and link computed
 * again from the ledger as this machine's own peer has it, and the zones as it read them itself where it did.
 */
export async function signStep({ settings, ledger, primitives }: Machine, day: string): Promise<StepResult> {
    const basis = await ledger.attestation.describeBasis({});
    if (basis.lastDay !== null && basis.lastDay >= day) {
        return { outcome: 'done', detail: 'attested already', isRepeated: true };
    }
    const planned = readPlanned(settings, day);
    if (planned === undefined || settings.signer === null) {
        return { outcome: 'waiting', detail: 'nothing is planned' };
    }
    const { digest_signed: digest } = prepareAttestation(planned, basis, primitives.sha256).meta;
    if (digest !== planned.meta.digest_signed) {
        return { outcome: 'waiting', detail: `not signed: from the ledger its digest is ${digest}` };
    }
    const objection = objectionTo(planned, newestReading(settings.data, day));
    if (objection !== undefined) {
        return { outcome: 'failed', detail: `not signed: ${objection}` };
    }
    const { id, role, key } = settings.signer;
    const file = signedFile(settings, day, id);
    if (readAttestation(file)?.meta.digest_signed === digest) {
        return { outcome: 'done', detail: `signed already by ${id}`, isRepeated: true };
    }
    const { publicKey, sign } = readKeyFile(key);
    const text = encodeAttestationFile(planned);
    const signed = signAttestation(
        text,
        { signerId: id, role, publicKey, sign },
        outboxFile(settings, day),
        primitives,
    );
    writeWhole(file, encodeAttestationFile(signed));
    return { outcome: 'done', detail: `signed by ${id} as ${role}: ${digest}` };
}

/** What this machine read otherwise; it has no say on zones it did not read. */
function objectionTo({ zones }: AttestationFile, own: ReturnType<typeof newestReading>): string | undefined {
    const differing = own?.find(({ eic, wh }) => zones.some((zone) => zone.eic === eic && zone.wh !== wh));
    if (differing === undefined) {
        return undefined;
    }
    const { name, wh } = differing;
    const planned = zones.find(({ eic }) => eic === differing.eic)?.wh ?? 0n;
    return `${name} has ${planned.toString()} Wh, and was read here with ${wh.toString()}`;
}
