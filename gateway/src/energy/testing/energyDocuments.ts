// SPDX-License-Identifier: Apache-2.0
/** Documents in the shape of ENTSO-E's, written for tests. */

export interface SeriesSpec {
    readonly zone?: string;
    readonly direction?: 'in' | 'out';
    readonly psrType?: string;
    readonly curve?: string;
    readonly unit?: string;
    readonly business?: string;
    readonly periods: readonly PeriodSpec[];
}

interface PeriodSpec {
    readonly start: string;
    readonly end: string;
    readonly resolution: string;
    readonly points: readonly (readonly [position: number | string, quantity: string])[];
}

export function marketDocumentXml(type: string, series: readonly SeriesSpec[], process = 'A16'): Uint8Array {
    const body = series.map((spec) => seriesXml(type, spec)).join('');
    return utf8(`<?xml version="1.0" encoding="UTF-8"?>
<GL_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-6:generationloaddocument:3:0"><type>${type}</type><process.processType>${process}</process.processType>${body}</GL_MarketDocument>`);
}

export function acknowledgementXml(code: string, text: string): Uint8Array {
    return utf8(`<?xml version="1.0" encoding="UTF-8"?>
<Acknowledgement_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-1:acknowledgementdocument:7:0">
<mRID>x</mRID><Reason><code>${code}</code><text>${text}</text></Reason></Acknowledgement_MarketDocument>`);
}

/** A whole day at one power, hourly, by A01. */
export function flatDay(zone: string, start: string, end: string, megawatts: string): SeriesSpec {
    const hours = (Date.parse(end) - Date.parse(start)) / 3_600_000;
    const points = Array.from({ length: hours }, (_, index) => [index + 1, megawatts] as const);
    return { zone, periods: [{ start, end, resolution: 'PT60M', points }] };
}

function seriesXml(type: string, spec: SeriesSpec): string {
    const direction = spec.direction ?? (type === 'A65' ? 'out' : 'in');
    const psr = spec.psrType === undefined ? '' : `<MktPSRType><psrType>${spec.psrType}</psrType></MktPSRType>`;
    const business = spec.business ?? (type === 'A65' ? 'A04' : 'A01');
    return `<TimeSeries><mRID>1</mRID><businessType>${business}</businessType>
<${direction}BiddingZone_Domain.mRID codingScheme="A01">${spec.zone ?? '10YNL----------L'}</${direction}BiddingZone_Domain.mRID>
<quantity_Measure_Unit.name>${spec.unit ?? 'MAW'}</quantity_Measure_Unit.name><curveType>${spec.curve ?? 'A01'}</curveType>${psr}
${spec.periods.map(periodXml).join('')}</TimeSeries>`;
}

function periodXml({ start, end, resolution, points }: PeriodSpec): string {
    const list = points.map(
        ([position, quantity]) =>
            `<Point><position>${String(position)}</position><quantity>${quantity}</quantity></Point>`,
    );
    return `<Period><timeInterval><start>${start}</start><end>${end}</end></timeInterval><resolution>${resolution}</resolution>${list.join('')}</Period>`;
}

function utf8(text: string): Uint8Array {
    return new TextEncoder().encode(text);
}
