// SPDX-License-Identifier: Apache-2.0
import { encodeAttestationFile, isDomainError, requestId } from '@power-currency/domain';
import { energyFiles } from '../../cli/energyFiles.js';
import { readAttestation, readPlanned } from '../exchange.js';
import { type Machine, type StepResult } from '../machine.js';

/** Sends the attestation that was verified; the ledger computes every figure again. */
export async function submitStep({ settings, ledger }: Machine, day: string): Promise<StepResult> {
    const { lastDay } = await ledger.attestation.describeBasis({});
    if (lastDay !== null && lastDay >= day) {
        return { outcome: 'done', detail: 'attested already', isRepeated: true };
    }
    const verified = readAttestation(energyFiles(settings.data, day).attestation);
    if (verified?.meta.digest_signed !== readPlanned(settings, day)?.meta.digest_signed || verified === undefined) {
        return { outcome: 'waiting', detail: 'not verified' };
    }
    try {
        const id = requestId.decode(`attest-${day}`, 'request id');
        const request = { requestId: id, file: encodeAttestationFile(verified) };
        const { txId, blockNumber } = await ledger.attestation.submit(request);
        return { outcome: 'done', detail: `transaction ${txId} in block ${blockNumber.toString()}` };
    } catch (error) {
        // Another member's machine was faster.
        if (isDomainError(error, 'ATTESTATION_DAY_EXISTS')) {
            return { outcome: 'done', detail: 'attested already', isRepeated: true };
        }
        throw error;
    }
}
