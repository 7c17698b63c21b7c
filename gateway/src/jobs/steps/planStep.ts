// SPDX-License-Identifier: Apache-2.0
import { day as dayCodec, encodeAttestationFile, isDomainError } from '@power-currency/domain';
import { planAttestation } from '../../application/attestation.js';
import { planCorrections, type Revision } from '../../application/planCorrections.js';
import { readIfPresent, writeWhole } from '../../cli/energyFiles.js';
import { outboxFile } from '../exchange.js';
import { attestedAlready, type Machine, type StepResult } from '../machine.js';
import { daysBefore } from '../schedule.js';
import { newestReading } from '../vintages.js';

/**
 * Writes the unsigned attestation into the outbox. Where supply, the last attestation or a reading changed, or something
 * else lies there, it is written anew, and has to be signed anew.
 */
export async function planStep(machine: Machine, day: string): Promise<StepResult> {
    const { settings, ledger, primitives } = machine;
    const basis = await ledger.attestation.describeBasis({});
    if (basis.lastDay !== null && basis.lastDay >= day) {
        return attestedAlready;
    }
    const zones = newestReading(settings.data, day);
    if (zones === undefined) {
        return { outcome: 'waiting', detail: 'the day is not loaded' };
    }
    const measuredWh = zones.reduce((sum, { wh }) => sum + wh, 0n);
    const corrections = planCorrections(await revisionsOf(machine, day), measuredWh);
    const planned = planAttestation(day, zones, basis, primitives, corrections);
    const { digest_signed: digest } = planned.meta;
    const [file, text] = [outboxFile(settings, day), encodeAttestationFile(planned)];
    const before = readIfPresent(file);
    if (before === text) {
        return { outcome: 'done', detail: `planned already: ${digest}`, isRepeated: true };
    }
    writeWhole(file, text);
    const again = before === undefined ? 'planned' : 'planned again, as the ledger or the readings have moved on';
    return { outcome: 'done', detail: `${again}: ${digest}; corrections: ${String(corrections.length)}` };
}

/** The newest readings of days attested before, and what the ledger holds of them. */
async function revisionsOf({ settings, ledger }: Machine, day: string): Promise<readonly Revision[]> {
    const revisions: Revision[] = [];
    for (const text of daysBefore(day, settings.revisionDays)) {
        const zones = newestReading(settings.data, text);
        const earlier = dayCodec.decode(text, 'day');
        const held = zones === undefined ? undefined : await heldZones(ledger, earlier);
        if (zones !== undefined && held !== undefined) {
            revisions.push({ day: earlier, zones, held });
        }
    }
    return revisions;
}

/** Undefined for a day that is not attested: such a day is not corrected. */
async function heldZones(ledger: Machine['ledger'], day: Revision['day']): Promise<Revision['held'] | undefined> {
    try {
        return await ledger.attestation.describeZones({ day });
    } catch (error) {
        if (isDomainError(error, 'ATTESTATION_NOT_FOUND')) {
            return undefined;
        }
        throw error;
    }
}
