// SPDX-License-Identifier: Apache-2.0
import { type AttestationFile, type Day, encodeAttestationFile, prepareAttestation } from '@power-currency/domain';
import { signAttestation } from '../../application/attestation.js';
import { readIfPresent, writeWhole } from '../../cli/energyFiles.js';
import { readKeyFile } from '../../keys/keyFile.js';
import { outboxFile, readPlanned, signedFile } from '../exchange.js';
import { attestedAlready, type Machine, type StepResult } from '../machine.js';
import { newestReading } from '../vintages.js';

/**
 * Adds this machine's signature in a file of its own. It signs what it can answer for: every figure and link computed
 * again from the ledger as this machine's own peer has it, and the zones as it read them itself where it did.
 */
export async function signStep({ settings, ledger, primitives }: Machine, day: string): Promise<StepResult> {
    const basis = await ledger.attestation.describeBasis({});
    if (basis.lastDay !== null && basis.lastDay >= day) {
        return attestedAlready;
    }
    const planned = readPlanned(settings, day);
    if (planned === undefined || settings.signer === null) {
        return { outcome: 'waiting', detail: 'nothing is planned' };
    }
    const { digest_signed: digest } = prepareAttestation(planned, basis, primitives.sha256).meta;
    if (digest !== planned.meta.digest_signed) {
        return { outcome: 'waiting', detail: `not signed: from the ledger its digest is ${digest}` };
    }
    const objection = objectionTo(planned, (of) => newestReading(settings.data, of));
    if (objection !== undefined) {
        return { outcome: 'failed', detail: `not signed: ${objection}` };
    }
    const { id, role, key } = settings.signer;
    const attester = { signerId: id, role, ...readKeyFile(key) };
    const name = outboxFile(settings, day);
    const signed = encodeAttestationFile(signAttestation(encodeAttestationFile(planned), attester, name, primitives));
    const file = signedFile(settings, day, id);
    if (readIfPresent(file) === signed) {
        return { outcome: 'done', detail: `signed already by ${id}`, isRepeated: true };
    }
    writeWhole(file, signed);
    return { outcome: 'done', detail: `signed by ${id} as ${role}: ${digest}` };
}

/** What this machine read otherwise; it has no say on zones it did not read. */
function objectionTo(
    { day, zones, corrections }: AttestationFile,
    readingOf: (day: Day) => ReturnType<typeof newestReading>,
): string | undefined {
    const measured = zones.map(({ eic, wh }) => ({ day, eic, wh, isRight: (read: bigint) => read === wh }));
    // A decrease may be carried in parts, never beyond what was read.
    const late = corrections.map(({ day: of, eic, wh_before: before, wh_after: wh }) => {
        return { day: of, eic, wh, isRight: (read: bigint) => (wh > before ? wh <= read : wh >= read) };
    });
    for (const { day: of, eic, wh, isRight } of [...measured, ...late]) {
        const own = readingOf(of)?.find((zone) => zone.eic === eic);
        if (own !== undefined && !isRight(own.wh)) {
            return `${own.name} on ${of} has ${wh.toString()} Wh, and was read here with ${own.wh.toString()}`;
        }
    }
    return undefined;
}
