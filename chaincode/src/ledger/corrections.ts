// SPDX-License-Identifier: Apache-2.0
import {
    type AttestationFile,
    type Correction,
    type Day,
    type HeldZone,
    parseAttestationFile,
    type ZoneCorrection,
} from '@power-currency/domain';
import type { LedgerSession } from './ledgerSession.js';
import { refTo, type StateRef } from './stateTable.js';
import { tables } from './tables.js';

/** The file of an attested day. */
export function fileRefOf(day: Day): StateRef<{ readonly file: string }> {
    return refTo(tables.attestationFile, day);
}

/** What late data made of a zone's energy of a day. */
export function correctionRef({ day, eic }: Correction): StateRef<ZoneCorrection> {
    return refTo(tables.zoneCorrection, day, eic);
}

/** What {@link heldZones} needs loaded. */
export function correctionRefs(corrections: readonly Correction[]): readonly StateRef[] {
    return corrections.flatMap((one) => [fileRefOf(one.day), correctionRef(one)]);
}

/** What the ledger holds about each correction, in their order; a corrected day's file is read once. */
export function heldZones(session: LedgerSession, corrections: readonly Correction[]): readonly HeldZone[] {
    const files = new Map<Day, AttestationFile | undefined>();
    return corrections.map((one) => {
        if (!files.has(one.day)) {
            const found = session.get(fileRefOf(one.day));
            files.set(one.day, found && parseAttestationFile(found.file));
        }
        return { attested: files.get(one.day), earlier: session.get(correctionRef(one)) };
    });
}
