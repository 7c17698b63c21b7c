// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';
import { type CurveType, type Period, type Point } from './curve.js';
import { type Eic, parseEic } from './eic.js';
import { type Interval, isoDay } from './localDay.js';
import { parseMegawatts } from './power.js';
import { children, child, optionalText, text } from './xmlElement.js';
import { parseXml, type XmlElement } from './xmlText.js';

/** A65 total load, A75 actual generation per production type. */
export type DocumentType = 'A65' | 'A75';

export interface TimeSeries {
    readonly zone: Eic;
    /** Production type such as B16 (solar); absent for load. */
    readonly productionType?: string;
    /** Power the zone takes from the grid ('out') or gives to it ('in'), as the domain element says. */
    readonly direction: 'in' | 'out';
    readonly curve: CurveType;
    readonly periods: readonly Period[];
}

export interface MarketDocument {
    readonly type: DocumentType;
    readonly series: readonly TimeSeries[];
}

/**
 * Reads a GL_MarketDocument of IEC 62325-451-6 (types A65 and A75).
 *
 * @param bytes the document as published, not trusted
 * @param name what to call the document in errors
 * @throws Failure XML_*, ENERGY_DOCUMENT_UNKNOWN, ENERGY_DOCUMENT_INVALID; ENERGY_NO_DATA for an Acknowledgement_MarketDocument
 */
export function parseMarketDocument(bytes: Uint8Array, name: string): MarketDocument {
    const root = parseXml(bytes);
    const acknowledgement = root.Acknowledgement_MarketDocument;
    if (acknowledgement !== undefined) {
        throw noData(acknowledgement as XmlElement, name);
    }
    if (root.GL_MarketDocument === undefined) {
        throw new Failure('ENERGY_DOCUMENT_UNKNOWN', { found: Object.keys(root).join(', ') });
    }
    const document = child(root, 'GL_MarketDocument', name);
    const type = text(document, 'type', name);
    if (type !== 'A65' && type !== 'A75') {
        throw new Failure('ENERGY_DOCUMENT_UNKNOWN', { found: `GL_MarketDocument of type ${type}` });
    }
    const series = children(document, 'TimeSeries').map((element, index) =>
        parseSeries(type, element, `${name}, TimeSeries ${String(index + 1)}`),
    );
    if (series.length === 0) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where: name, problem: 'it has no TimeSeries' });
    }
    return { type, series };
}

/** The platform answers a question it has no data for with an acknowledgement whose reason says why (999: no matching data). */
function noData(acknowledgement: XmlElement, name: string): Failure {
    const reasons = children(acknowledgement, 'Reason');
    const joined = (tag: string): string => reasons.map((reason) => optionalText(reason, tag) ?? '').join('; ');
    return new Failure('ENERGY_NO_DATA', { zone: name, reasonCode: joined('code'), reasonText: joined('text') });
}

function parseSeries(type: DocumentType, series: XmlElement, where: string): TimeSeries {
    const curve = text(series, 'curveType', where);
    if (curve !== 'A01' && curve !== 'A03') {
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem: `curve type ${curve} is neither A01 nor A03` });
    }
    const unit = text(series, 'quantity_Measure_Unit.name', where);
    if (unit !== 'MAW') {
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem: `unit ${unit} is not MAW (megawatt)` });
    }
    const periods = children(series, 'Period').map((period) => parsePeriod(period, where));
    const common = { ...parseZone(series, where), curve, periods } as const;
    return type === 'A65' ? common : { ...common, productionType: parseProductionType(series, where) };
}

function parseZone(series: XmlElement, where: string): Pick<TimeSeries, 'zone' | 'direction'> {
    for (const direction of ['in', 'out'] as const) {
        const code = optionalText(series, `${direction}BiddingZone_Domain.mRID`);
        if (code !== undefined) {
            return { zone: parseEic(code), direction };
        }
    }
    throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem: 'it names no bidding zone' });
}

function parseProductionType(series: XmlElement, where: string): string {
    return text(child(series, 'MktPSRType', where), 'psrType', where);
}

const RESOLUTION_MINUTES: ReadonlyMap<string, number> = new Map(
    Object.entries({ PT15M: 15, PT30M: 30, PT60M: 60, PT1H: 60 }),
);

function parsePeriod(period: XmlElement, where: string): Period {
    const resolution = text(period, 'resolution', where);
    const resolutionMinutes = RESOLUTION_MINUTES.get(resolution);
    if (resolutionMinutes === undefined) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', {
            where,
            problem: `resolution ${resolution} is not PT15M, PT30M or PT60M`,
        });
    }
    const interval = parseInterval(child(period, 'timeInterval', where), where);
    return { interval, resolutionMinutes, points: children(period, 'Point').map((point) => parsePoint(point, where)) };
}

/** Documents of this family hold at most a year; the bound keeps a hostile period from filling the memory. */
const PERIOD_DAYS_MAX = 367;

function parseInterval(interval: XmlElement, where: string): Interval {
    const [startMs, endMs] = [
        parseMinute(text(interval, 'start', where), where),
        parseMinute(text(interval, 'end', where), where),
    ];
    if (startMs >= endMs || endMs - startMs > PERIOD_DAYS_MAX * 86_400_000) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', {
            where,
            problem: 'a period ends before it starts or lasts over a year',
        });
    }
    return { startMs, endMs };
}

function parseMinute(time: string, where: string): number {
    const timeMs = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::00)?Z$/.test(time) ? Date.parse(time) : NaN;
    // Date.parse takes the 30th of February for the 2nd of March.
    if (Number.isNaN(timeMs) || isoDay(timeMs) !== time.slice(0, 10)) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem: `"${time.slice(0, 40)}" is no UTC minute` });
    }
    return timeMs;
}

function parsePoint(point: XmlElement, where: string): Point {
    const position = text(point, 'position', where);
    if (!/^[1-9]\d{0,5}$/.test(position)) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', {
            where,
            problem: `position "${position.slice(0, 40)}" is no count`,
        });
    }
    return { position: Number(position), watts: parseMegawatts(text(point, 'quantity', where), where) };
}
