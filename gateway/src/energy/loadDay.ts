// SPDX-License-Identifier: Apache-2.0
import { Failure, isFailure } from '../application/failure.js';
import { parseDay } from './localDay.js';
import { type DocumentType, type MarketDocument, parseMarketDocument } from './marketDocument.js';
import { type Zone, zoneOf, type ZoneTable } from './zones.js';
import { zoneDayEnergyWh } from './zoneDay.js';

/** A document as published, and what to call it. */
export interface NamedDocument {
    readonly name: string;
    readonly bytes: Uint8Array;
    /** The zone that was asked for, where one was. */
    readonly askedFor?: Zone;
}

interface ZoneReading {
    readonly zone: Zone;
    readonly energyWh: bigint;
}

/** A zone, or a document that names none, whose day could not be read, and why. */
interface MissingZone {
    readonly name: string;
    readonly eic: string;
    readonly problem: Failure;
}

/** One day's energy per zone, in order of the zones' codes. */
export interface LoadedDay {
    readonly day: string;
    readonly type: DocumentType;
    readonly readings: readonly ZoneReading[];
    readonly missing: readonly MissingZone[];
    /** Documents that give forecasts of the day before instead of measured values. */
    readonly forecasts: readonly string[];
}

/**
 * Adds up a day from documents of one type. A zone without complete values is left out and reported: fewer zones lower
 * the committed share (Q35), made-up values would falsify it. A document that is broken or hostile ends the loading.
 *
 * @param day YYYY-MM-DD on each zone's own clock
 * @throws Failure XML_*, ENERGY_*; INPUT_INVALID when types are mixed
 */
export function loadDay(documents: readonly NamedDocument[], zones: ZoneTable, day: string): LoadedDay {
    parseDay(day);
    const readings = new Map<string, ZoneReading>();
    const missing: MissingZone[] = [];
    const forecasts: string[] = [];
    let type: DocumentType | undefined;
    for (const { name, bytes, askedFor } of documents) {
        const document = parseOrMissing(bytes, name, missing);
        if (document === undefined) {
            continue;
        }
        if (type !== undefined && type !== document.type) {
            throw new Failure('INPUT_INVALID', {
                field: 'documents',
                problem: `${name} is ${document.type}, others are ${type}`,
            });
        }
        type = document.type;
        if (document.process === 'A01') forecasts.push(name);
        if (askedFor !== undefined) checkZone(document, askedFor, name);
        readZones(document, zones, day, { readings, missing });
    }
    const [first] = missing;
    if (readings.size === 0 || type === undefined) {
        throw first?.problem ?? new Failure('INPUT_INVALID', { field: 'documents', problem: 'none were given' });
    }
    return { day, type, readings: [...readings.values()].sort(byCode), missing, forecasts };
}

/** Problems of a zone's values, as opposed to a broken document or a wrong request. */
const MISSING_CODES = ['ENERGY_NO_DATA', 'ENERGY_DAY_INCOMPLETE', 'ENERGY_DAY_OVERLAP'] as const;

function isMissing(error: unknown): error is Failure {
    return MISSING_CODES.some((code) => isFailure(error, code));
}

function parseOrMissing(bytes: Uint8Array, name: string, missing: MissingZone[]): MarketDocument | undefined {
    try {
        return parseMarketDocument(bytes, name);
    } catch (error) {
        if (!isMissing(error)) {
            throw error;
        }
        missing.push({ name, eic: '', problem: error });
        return undefined;
    }
}

/** @throws Failure ENERGY_DOCUMENT_INVALID for an answer about another zone */
function checkZone({ series }: MarketDocument, { eic }: Zone, where: string): void {
    const other = series.find(({ zone }) => zone !== eic);
    if (other !== undefined) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem: `it is about ${other.zone}, not ${eic}` });
    }
}

interface Found {
    readonly readings: Map<string, ZoneReading>;
    readonly missing: MissingZone[];
}

function readZones(document: MarketDocument, zones: ZoneTable, day: string, { readings, missing }: Found): void {
    for (const eic of new Set(document.series.map(({ zone }) => zone))) {
        const zone = zoneOf(zones, eic);
        if (readings.has(eic) || missing.some((other) => other.eic === eic)) {
            throw new Failure('ENERGY_ZONE_REPEATED', { eic });
        }
        try {
            readings.set(eic, { zone, energyWh: zoneDayEnergyWh(document, zone, day) });
        } catch (error) {
            if (!isMissing(error)) {
                throw error;
            }
            missing.push({ name: zone.name, eic, problem: error });
        }
    }
}

function byCode(a: ZoneReading, b: ZoneReading): number {
    return a.zone.eic < b.zone.eic ? -1 : 1;
}
