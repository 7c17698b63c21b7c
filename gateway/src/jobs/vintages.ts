// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { energyFiles, writeWhole } from '../cli/energyFiles.js';
import { readInput } from '../cli/readInput.js';
import { parseGridByZone } from '../energy/gridFiles.js';

type Rows = ReturnType<typeof parseGridByZone>;

/** The readings of a day in the order they were made; a later one never replaces an earlier (Q36). */
function vintageFile(folder: string, day: string, vintage: number): string {
    const first = energyFiles(folder, day).byZone;
    return vintage === 1 ? first : first.replace(/csv$/, `vintage-${String(vintage)}.csv`);
}

function lastVintage(folder: string, day: string): number {
    let vintage = 0;
    while (existsSync(vintageFile(folder, day, vintage + 1))) {
        vintage++;
    }
    return vintage;
}

/** The newest reading of a day, or undefined if it was never read. @throws Failure ENERGY_FILE_INVALID */
export function newestReading(folder: string, day: string): Rows | undefined {
    const vintage = lastVintage(folder, day);
    return vintage === 0 ? undefined : parse(vintageFile(folder, day, vintage));
}

/** Keeps another reading of a day beside the earlier ones, unless it says the same. Returns the file it wrote. */
export function keepReading(folder: string, day: string, csv: string): string | undefined {
    const vintage = lastVintage(folder, day);
    const isNew = vintage === 0 || readInput(vintageFile(folder, day, vintage)).toString('utf8') !== csv;
    if (!isNew) {
        return undefined;
    }
    const file = vintageFile(folder, day, vintage + 1);
    writeWhole(file, csv);
    return file;
}

function parse(file: string): Rows {
    return parseGridByZone(readInput(file).toString('utf8'), file);
}
