// SPDX-License-Identifier: Apache-2.0
import { type Decoded, object, text } from '../encoding/codec.js';
import { energyWh } from '../encoding/quantityCodec.js';
import type { EnergyWh } from '../energy/energy.js';
import { refuse } from '../error/domainError.js';
import { quantityMax } from '../money/quantity.js';
import { day, dayOf, type Day, startOfDay } from '../time/day.js';
import type { AttestationFile } from './attestationFile.js';

/** Most corrections one file may carry. */
export const correctionCountMax = 31;
/** How many days back a correction may reach: a month's meter values are settled by then. */
const correctionDaysMax = 35;

/** Most zones a day can have come to: those of its file, and those that later files added. */
export const correctedZoneCountMax = correctionCountMax * correctionDaysMax;

export const zoneCode = text(/^[A-Z0-9-]{16}$/, 'EIC code');

/** Late data of a day attested before (Q36): the difference counts in the day whose file carries it. */
export const correction = object({ day, eic: zoneCode, wh_before: energyWh, wh_after: energyWh });
export type Correction = Decoded<typeof correction>;

/** What a zone's energy of an attested day is by now, and the day whose file said so last. */
export const zoneCorrection = object({ wh: energyWh, correctedBy: day });
export type ZoneCorrection = Decoded<typeof zoneCorrection>;

/** What the ledger holds about the zone and day of one correction. */
export interface HeldZone {
    /** The file of the corrected day. */
    readonly attested: Pick<AttestationFile, 'zones'> | undefined;
    readonly earlier: ZoneCorrection | undefined;
}

/** Energy of a zone and attested day as the ledger has it: the last correction's, the file's, or none. */
function heldWh(eic: string, { attested, earlier }: HeldZone): EnergyWh {
    return earlier?.wh ?? attested?.zones.find((zone) => zone.eic === eic)?.wh ?? (0n as EnergyWh);
}

/** The first day a file may still correct. */
function firstCorrectable(of: Day): Day {
    return dayOf(startOfDay(of) - BigInt(correctionDaysMax) * 86_400n);
}

/**
 * The day's energy with what late data changed of earlier ones, in Wh. Throws ATTESTATION_CORRECTION_EXCEEDS where more
 * is taken away than was measured, ATTESTATION_FILE_INVALID for more than the ledger can hold.
 */
export function correctedEnergy({ zones, corrections }: Pick<AttestationFile, 'zones' | 'corrections'>): EnergyWh {
    const measured = zones.reduce<bigint>((sum, { wh }) => sum + wh, 0n);
    const change = corrections.reduce((sum, { wh_before: before, wh_after: after }) => sum + after - before, 0n);
    if (measured + change > quantityMax) {
        refuse('ATTESTATION_FILE_INVALID', { field: 'zones', reason: 'more energy than the ledger can hold' });
    }
    if (measured + change < 0n) {
        refuse('ATTESTATION_CORRECTION_EXCEEDS', { measuredWh: measured.toString(), changeWh: change.toString() });
    }
    return (measured + change) as EnergyWh;
}

/** Holds every correction against what the ledger has; `held` is in their order. */
export function checkCorrections({ day: of, corrections }: AttestationFile, held: readonly HeldZone[]): void {
    for (const [index, one] of corrections.entries()) {
        const zone = held[index] ?? { attested: undefined, earlier: undefined };
        const problem = problemOf(one, of, zone, corrections.slice(0, index));
        if (problem !== undefined) {
            refuse('ATTESTATION_CORRECTION_INVALID', { day: one.day, eic: one.eic, reason: problem });
        }
        const expected = heldWh(one.eic, zone);
        if (one.wh_before !== expected) {
            const facts = { day: one.day, eic: one.eic, before: one.wh_before.toString() };
            refuse('ATTESTATION_CORRECTION_MISMATCH', { ...facts, expected: expected.toString() });
        }
    }
}

function problemOf(
    one: Correction,
    of: Day,
    { attested }: HeldZone,
    others: readonly Correction[],
): string | undefined {
    if (one.day >= of) return 'only days before the attested one are corrected';
    if (one.day < firstCorrectable(of)) return `more than ${String(correctionDaysMax)} days back`;
    if (others.some(({ day: other, eic }) => other === one.day && eic === one.eic)) return 'corrected twice';
    if (one.wh_before === one.wh_after) return 'nothing changes';
    return attested === undefined ? 'the day is not attested' : undefined;
}
