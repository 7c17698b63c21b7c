// SPDX-License-Identifier: Apache-2.0
import { basename } from 'node:path';
import { encodeAttestationFile, requestId } from '@power-currency/domain';
import { type AttesterKey, planAttestation, signAttestation, verifyAttestation } from '../application/attestation.js';
import { Failure } from '../application/failure.js';
import { readInput } from '../cli/readInput.js';
import { type LoadedDay, loadDay } from '../energy/loadDay.js';
import { EUROPEAN_ZONES } from '../energy/zones.js';
import { primitives } from '../keys/ed25519.js';
import { energy } from './quantities.js';
import { memberWithRole, type Stage } from './stage.js';

/** Loads the day, has two of the three attesters sign it, and records it. Returns the file as it was submitted. */
export async function attestDay(
    stage: Stage,
    attesters: readonly AttesterKey[],
    { day, files }: { day: string; files: readonly string[] },
): Promise<string> {
    const loaded = readDay(files, day, stage.tell);
    const submitter = memberWithRole(stage, 'data').client;
    const basis = await submitter.attestation.describeBasis({});
    if (basis.lastDay !== null && basis.lastDay >= day) {
        const problem = `this ledger has attested ${basis.lastDay} already, and days are attested in order`;
        throw new Failure('DEMO_STEP_FAILED', { step: 'energy day', problem });
    }
    const zones = loaded.readings.map(({ zone, energyWh }) => ({ name: zone.name, eic: zone.eic, wh: energyWh }));
    const planned = planAttestation(day, zones, basis, primitives);
    stage.tell(`day ${day}: ${energy(planned.wh_dc_raw)} measured, ${energy(planned.wh_dc_commit)} committed`);
    const text = signByTwo(encodeAttestationFile(planned), attesters);
    const registered = await submitter.registry.listSigners({});
    const { signaturesOk, required, roles } = verifyAttestation(text, 'attestation', { primitives, registered });
    stage.tell(
        `signed by ${roles.join(' and ')}: signatures_ok = ${String(signaturesOk)}, required = ${String(required)}`,
    );
    const id = requestId.decode(`attest-${day}`, 'requestId');
    const committed = await stage.settle(await submitter.attestation.submit({ requestId: id, file: text }));
    stage.tell(`attested in block ${committed.blockNumber.toString()} (${committed.txId.slice(0, 12)}…)`);
    return text;
}

function readDay(files: readonly string[], day: string, tell: (line: string) => void): LoadedDay {
    const documents = files.map((file) => ({ name: basename(file), bytes: readInput(file) }));
    const loaded = loadDay(documents, EUROPEAN_ZONES, day);
    for (const { zone, energyWh } of loaded.readings) {
        tell(`  ${zone.name.padEnd(8)} ${zone.eic}  ${energy(energyWh)}`);
    }
    for (const { name, problem } of loaded.missing) {
        tell(`  ${name.padEnd(8)} left out: ${problem.message}`);
    }
    return loaded;
}

/** Two of three: data and risk. The third member's signature is not needed, and its absence shows that. */
function signByTwo(text: string, attesters: readonly AttesterKey[]): string {
    const signing = attesters.filter(({ role }) => role !== 'ops');
    return signing.reduce(
        (signed, key) => encodeAttestationFile(signAttestation(signed, key, 'attestation', primitives)),
        text,
    );
}
