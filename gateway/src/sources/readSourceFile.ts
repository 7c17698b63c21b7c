// SPDX-License-Identifier: Apache-2.0
import { type Json, JsonSyntaxError, members, parseJson } from '@power-currency/domain';
import { auditReport, readAuditReport } from './auditReport.js';
import { financialRecord, readFinancialRecord } from './financialRecord.js';
import { meterFile, readMeterCsv, readMeterFile } from './meterFiles.js';
import { readSatelliteEstimate, satelliteEstimate } from './satelliteEstimate.js';
import { type SourceData } from './sourceData.js';
import { placed, sourceFileInvalid } from './sourceFailure.js';

/** JSON formats by the name each file carries. */
const formats: Readonly<Record<string, (file: Json) => SourceData>> = {
    'power/meter-readings': (file) => readMeterFile(meterFile.decode(file, '')),
    'power/financial-record': (file) => readFinancialRecord(financialRecord.decode(file, '')),
    'power/satellite-estimate': (file) => readSatelliteEstimate(satelliteEstimate.decode(file, '')),
    'power/audit-report': (file) => readAuditReport(auditReport.decode(file, '')),
};

/** A thousand sales with long names are a quarter of it. */
const fileBytesMax = 1024 * 1024;

/**
 * Reads a file of any kind of source: a meter's CSV, or JSON that names its format.
 *
 * @param bytes not trusted
 * @param file what to call it in errors
 * @throws Failure SOURCE_FILE_INVALID with the place in the file
 */
export function readSourceFile(bytes: Uint8Array, file: string): SourceData {
    if (bytes.length > fileBytesMax) {
        throw sourceFileInvalid(file, 'the whole file', `larger than ${String(fileBytesMax)} bytes`);
    }
    const text = decodeUtf8(bytes, file);
    return text.trimStart().startsWith('{') ? readJson(text, file) : readMeterCsv(text, file);
}

function decodeUtf8(bytes: Uint8Array, file: string): string {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (error) {
        throw sourceFileInvalid(file, 'the whole file', 'not UTF-8', error);
    }
}

function readJson(text: string, file: string): SourceData {
    const json = parsed(text, file);
    const { format } = members(json);
    const read = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined;
    if (read === undefined) {
        throw sourceFileInvalid(file, 'format', `not one of ${Object.keys(formats).join(', ')}`);
    }
    return placed(file, '', () => read(json));
}

function parsed(text: string, file: string): Json {
    try {
        return parseJson(text);
    } catch (error) {
        if (!(error instanceof JsonSyntaxError)) throw error;
        const at = Number(/ at character (\d+)$/.exec(error.message)?.[1] ?? 0);
        const line = text.slice(0, at).split('\n').length;
        throw sourceFileInvalid(file, `line ${String(line)}`, error.message, error);
    }
}
