// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';
import { type Curve } from './dayCurve.js';
import { type Eic, parseEic } from './eic.js';
import { parseMegawatts, type Watts } from './power.js';
import { parseCurve, type PointValue } from './seriesCurve.js';
import { children, child, optionalText, text } from './xmlElement.js';
import { parseXml, type XmlElement } from './xmlText.js';

/** A65 total load, A75 actual generation per production type. */
export type DocumentType = 'A65' | 'A75';

/** What the values are: A16 measured afterwards, A01 forecast the day before. */
type Process = 'A16' | 'A01';

export interface TimeSeries extends Curve<Watts> {
    readonly zone: Eic;
    /** Production type such as B16 (solar); absent for load. */
    readonly productionType?: string;
    /** Power the zone takes from the grid ('out') or gives to it ('in'), as the domain element says. */
    readonly direction: 'in' | 'out';
}

export interface MarketDocument {
    readonly type: DocumentType;
    readonly process: Process;
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
    const document = documentElement(bytes, 'GL_MarketDocument', name);
    const type = text(document, 'type', name);
    if (type !== 'A65' && type !== 'A75') {
        throw new Failure('ENERGY_DOCUMENT_UNKNOWN', { found: `GL_MarketDocument of type ${type}` });
    }
    const process = text(document, 'process.processType', name);
    if (process !== 'A16' && process !== 'A01') {
        const problem = `process ${process} is neither A16 (realised) nor A01 (day ahead): it gives no values of a day`;
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where: name, problem });
    }
    return { type, process, series: seriesOf(document, name, (series, where) => parseSeries(type, series, where)) };
}

/**
 * The root of a document of this kind.
 *
 * @throws Failure XML_*, ENERGY_DOCUMENT_UNKNOWN; ENERGY_NO_DATA for an Acknowledgement_MarketDocument
 */
export function documentElement(bytes: Uint8Array, kind: string, name: string): XmlElement {
    const root = parseXml(bytes);
    const acknowledgement = root.Acknowledgement_MarketDocument;
    if (acknowledgement !== undefined) {
        throw noData(acknowledgement as XmlElement, name);
    }
    if (root[kind] === undefined) {
        throw new Failure('ENERGY_DOCUMENT_UNKNOWN', { found: Object.keys(root).join(', ') });
    }
    return child(root, kind, name);
}

/** Every TimeSeries of a document, at least one. @throws Failure ENERGY_DOCUMENT_INVALID */
export function seriesOf<S>(
    document: XmlElement,
    name: string,
    parse: (series: XmlElement, where: string) => S,
): readonly S[] {
    const series = children(document, 'TimeSeries').map((element, index) =>
        parse(element, `${name}, TimeSeries ${String(index + 1)}`),
    );
    if (series.length === 0) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where: name, problem: 'it has no TimeSeries' });
    }
    return series;
}

/** The platform answers a question it has no data for with an acknowledgement whose reason says why (999: no matching data). */
function noData(acknowledgement: XmlElement, name: string): Failure {
    const reasons = children(acknowledgement, 'Reason');
    const joined = (tag: string): string => reasons.map((reason) => optionalText(reason, tag) ?? '').join('; ');
    return new Failure('ENERGY_NO_DATA', { zone: name, reasonCode: joined('code'), reasonText: joined('text') });
}

/** A01 production, A04 consumption; A93 wind and A94 solar, as some operators call their production. */
const BUSINESS_TYPES: Readonly<Record<DocumentType, readonly string[]>> = {
    A65: ['A04'],
    A75: ['A01', 'A04', 'A93', 'A94'],
};

const quantity: PointValue<Watts> = { element: 'quantity', read: parseMegawatts };

function parseSeries(type: DocumentType, series: XmlElement, where: string): TimeSeries {
    const business = text(series, 'businessType', where);
    if (!BUSINESS_TYPES[type].includes(business)) {
        const problem = `business type ${business} is none of ${BUSINESS_TYPES[type].join(', ')}`;
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem });
    }
    const unit = text(series, 'quantity_Measure_Unit.name', where);
    if (unit !== 'MAW') {
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem: `unit ${unit} is not MAW (megawatt)` });
    }
    const common = { ...parseZone(series, where), ...parseCurve(series, quantity, where) };
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
