// SPDX-License-Identifier: Apache-2.0
import {
    type AttestationFile,
    correctedZoneCountMax,
    type Correction,
    type Day,
    type HeldZone,
    parseAttestationFile,
    type ZoneCorrection,
    type ZoneState,
    zoneStates,
} from '@power-currency/domain';
import type { LedgerSession } from './ledgerSession.js';
import { allRows } from './pages.js';
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

/** The zones of an attested day as they are by now, or undefined if it is not attested; for queries. */
export async function zonesOf(session: LedgerSession, day: Day): Promise<readonly ZoneState[] | undefined> {
    const found = await session.read(fileRefOf(day));
    if (found === undefined) return undefined;
    const rows = await allRows(session, tables.zoneCorrection, [day], correctedZoneCountMax);
    const corrections = new Map(rows.map(({ parts, value }) => [parts[1] ?? '', value]));
    return zoneStates(parseAttestationFile(found.file), corrections);
}
