// SPDX-License-Identifier: Apache-2.0
import { intervalMinutes, invalid, list, object } from '@power-currency/domain';
import { CsvError, type CsvRow, readCsv } from './csvTable.js';
import { decimalText, energyUnit } from './energyQuantity.js';
import { fileTime } from './fileTime.js';
import {
    intervalEnergyOf,
    meteredDay,
    meterNumber,
    meterReading,
    type MeterReading,
    readingCountMax,
} from './meterReadings.js';
import { fileFields, type SourceData } from './sourceData.js';
import { placed } from './sourceFailure.js';

/** The columns of a meter's CSV file. */
export const meterColumns = ['meter', 'facility', 'zone', 'carrier', 'start', 'minutes', 'energy', 'unit'] as const;

/** Reads a meter's day as CSV; see docs/reference/file-formats.md. @throws Failure SOURCE_FILE_INVALID */
export function readMeterCsv(csv: string, file: string): SourceData {
    const rows = placed(file, 'readings', () => meterRows(csv, file));
    const [first] = rows;
    if (first === undefined) return placed(file, 'line 2', () => invalid('', 'no readings'));
    const readings = rows.map(({ line, reading }) =>
        placed(file, `line ${String(line)}`, () => {
            for (const column of ['meter', 'facility', 'zone', 'carrier', 'minutes'] as const) {
                if (reading[column] !== first.reading[column]) invalid(column, 'not the same in every row');
            }
            return intervalEnergyOf(reading);
        }),
    );
    const { facility: facilityId, zone, carrier, minutes } = first.reading;
    return placed(file, '', () => meteredDay({ facilityId, zone, carrier, minutes, readings, producedAt: null }));
}

/** The rows of such a file, which may still lack some. @throws Failure SOURCE_FILE_INVALID */
export function meterRows(csv: string, file: string): readonly { line: number; reading: MeterReading }[] {
    return tableOf(csv, file).map(({ line, cells }) => ({
        line,
        reading: placed(file, `line ${String(line)}`, () => meterReading.decode(cells, '')),
    }));
}

function tableOf(csv: string, file: string): readonly CsvRow[] {
    try {
        return readCsv(csv, meterColumns, readingCountMax);
    } catch (error) {
        if (!(error instanceof CsvError)) throw error;
        return placed(file, `line ${String(error.line)}`, () => invalid('', error.message));
    }
}

/** One row, as a stream's reading is kept. */
export function meterRow(reading: MeterReading): string {
    const wire = meterReading.encode(reading) as Readonly<Record<(typeof meterColumns)[number], string>>;
    return `${meterColumns.map((column) => wire[column]).join(',')}\n`;
}

/** A meter's day as JSON. */
export const meterFile = object({
    ...fileFields('power/meter-readings'),
    meter: meterNumber,
    minutes: intervalMinutes,
    unit: energyUnit,
    readings: list(object({ start: fileTime, energy: decimalText }), readingCountMax, 1),
});

/** @throws DomainError INVALID_ARGUMENT naming the field */
export function readMeterFile(file: ReturnType<typeof meterFile.decode>): SourceData {
    const { facility: facilityId, zone, carrier, minutes, unit, producedAt } = file;
    const readings = file.readings.map((reading) => intervalEnergyOf({ ...reading, minutes, unit }));
    return meteredDay({ facilityId, zone, carrier, minutes, readings, producedAt });
}
