// SPDX-License-Identifier: Apache-2.0
import {
    closeSync,
    existsSync,
    fsyncSync,
    mkdirSync,
    openSync,
    readFileSync,
    truncateSync,
    writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { dayOf, instantOf, intervalsOfDay, invalid } from '@power-currency/domain';
import { meterColumns, meterRow, meterRows } from '../sources/meterFiles.js';
import { intervalEnergyOf, meterReading, type MeterReading } from '../sources/meterReadings.js';
import { parsed, placed } from '../sources/sourceFailure.js';

interface Taken {
    readonly isNew: boolean;
    /** The file, when this reading was the last its day lacked. */
    readonly completed: string | undefined;
}

/** A file's readings by the start of their interval, on the UTC clock, and all of them as they were written. */
interface DayFile {
    readonly file: string;
    readonly first: MeterReading;
    readonly rows: Map<string, bigint>;
}

const header = `${meterColumns.join(',')}\n`;
/** Readings come in order, save for some that are late: more days than these are read again from their files. */
const openDaysMax = 64;

/** Keeps readings of a stream in one CSV file per meter and UTC day; files of an earlier run are continued. */
export class MeterJournal {
    readonly #dir: string;
    readonly #days = new Map<string, DayFile>();

    constructor(dir: string) {
        this.#dir = dir;
    }

    /**
     * Takes one message; it is on the disk when this returns.
     *
     * @param place what to call the message in errors
     * @throws Failure SOURCE_FILE_INVALID for what is no reading, or not what the file has for its interval already
     */
    take(message: string, place: string): Taken {
        const reading = placed('stream', place, () => meterReading.decode(parsed(message, 'stream', place), ''));
        return placed('stream', place, () => this.#keep(reading));
    }

    #keep(reading: MeterReading): Taken {
        const { start, energyWh } = intervalEnergyOf(reading);
        const day = dayOf(instantOf(start));
        const open = this.#dayFile(join(this.#dir, `${reading.meter}_${day}.csv`), reading);
        for (const field of ['facility', 'zone', 'carrier', 'minutes'] as const) {
            if (reading[field] !== open.first[field]) invalid(field, `not that of the other readings of ${open.file}`);
        }
        const known = open.rows.get(start);
        if (known !== undefined && known !== energyWh)
            invalid('energy', `another one than ${open.file} has for ${start}`);
        if (known !== undefined) return { isNew: false, completed: undefined };
        append(open.file, `${open.rows.size === 0 ? header : ''}${meterRow(reading)}`);
        open.rows.set(start, energyWh);
        const isComplete = open.rows.size === intervalsOfDay(day, reading.minutes).length;
        return { isNew: true, completed: isComplete ? open.file : undefined };
    }

    #dayFile(file: string, first: MeterReading): DayFile {
        const open = this.#days.get(file) ?? openDay(file, first);
        // The day used last stays longest.
        this.#days.delete(file);
        this.#days.set(file, open);
        const [oldest] = this.#days.keys();
        if (this.#days.size > openDaysMax && oldest !== undefined) this.#days.delete(oldest);
        return open;
    }
}

function openDay(file: string, first: MeterReading): DayFile {
    const kept = existsSync(file) ? wholeLines(file) : '';
    const rows = kept === '' || kept === header ? [] : meterRows(kept, file).map(({ reading }) => reading);
    const energies = rows.map((reading) => intervalEnergyOf(reading));
    return {
        file,
        first: rows[0] ?? first,
        rows: new Map(energies.map(({ start, energyWh }) => [start, energyWh])),
    };
}

/** A crash can leave half a line at the end: that reading was not taken yet, so it goes. */
function wholeLines(file: string): string {
    const content = readFileSync(file, 'utf8');
    const whole = content.slice(0, content.lastIndexOf('\n') + 1);
    if (whole !== content) truncateSync(file, Buffer.byteLength(whole));
    if (whole === header) truncateSync(file, 0);
    return whole;
}

function append(file: string, text: string): void {
    mkdirSync(join(file, '..'), { recursive: true });
    const descriptor = openSync(file, 'a', 0o644);
    try {
        writeFileSync(descriptor, text);
        fsyncSync(descriptor);
    } finally {
        closeSync(descriptor);
    }
}
