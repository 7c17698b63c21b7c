// SPDX-License-Identifier: Apache-2.0
import { encodeAttestationFile, requestId } from '@power-currency/domain';
import { energyFiles } from '../../cli/energyFiles.js';
import { readAttestation, readPlanned } from '../exchange.js';
import { attestedAlready, isAttested, type Machine, type StepResult } from '../machine.js';

/** Sends the attestation that was verified; the ledger computes every figure again. */
export async function submitStep({ settings, ledger }: Machine, day: string): Promise<StepResult> {
    if (await isAttested(ledger, day)) {
        return attestedAlready;
    }
    const verified = readAttestation(energyFiles(settings.data, day).attestation, day);
    if (verified === undefined || verified.meta.digest_signed !== readPlanned(settings, day)?.meta.digest_signed) {
        return { outcome: 'waiting', detail: 'not verified' };
    }
    try {
        const id = requestId.decode(`attest-${day}`, 'request id');
        const request = { requestId: id, file: encodeAttestationFile(verified) };
        const { txId, blockNumber } = await ledger.attestation.submit(request);
        return { outcome: 'done', detail: `transaction ${txId} in block ${blockNumber.toString()}` };
    } catch (error) {
        // Another member's machine was faster, or the answer got lost and not the transaction.
        if (await isAttested(ledger, day)) {
            return attestedAlready;
        }
        throw error;
    }
}
