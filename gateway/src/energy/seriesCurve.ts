// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';
import { type Period, type Point } from './curve.js';
import { type Curve } from './dayCurve.js';
import { type Interval, isoDay } from './localDay.js';
import { child, children, text } from './xmlElement.js';
import { type XmlElement } from './xmlText.js';

/** The element of a point that holds its value, and how its text is read. */
export interface PointValue<V> {
    readonly element: string;
    readonly read: (text: string, where: string) => V;
}

/** Reads what TimeSeries of all document types have in common: curve type and periods. @throws Failure ENERGY_DOCUMENT_INVALID */
export function parseCurve<V>(series: XmlElement, value: PointValue<V>, where: string): Curve<V> {
    const curve = text(series, 'curveType', where);
    if (curve !== 'A01' && curve !== 'A03') {
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem: `curve type ${curve} is neither A01 nor A03` });
    }
    return { curve, periods: children(series, 'Period').map((period) => parsePeriod(period, value, where)) };
}

const RESOLUTION_MINUTES: ReadonlyMap<string, number> = new Map(
    Object.entries({ PT15M: 15, PT30M: 30, PT60M: 60, PT1H: 60 }),
);

function parsePeriod<V>(period: XmlElement, value: PointValue<V>, where: string): Period<V> {
    const resolution = text(period, 'resolution', where);
    const resolutionMinutes = RESOLUTION_MINUTES.get(resolution);
    if (resolutionMinutes === undefined) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', {
            where,
            problem: `resolution ${resolution} is not PT15M, PT30M or PT60M`,
        });
    }
    const interval = parseInterval(child(period, 'timeInterval', where), where);
    const points = children(period, 'Point').map((point) => parsePoint(point, value, where));
    return { interval, resolutionMinutes, points };
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

function parsePoint<V>(point: XmlElement, { element, read }: PointValue<V>, where: string): Point<V> {
    const position = text(point, 'position', where);
    if (!/^[1-9]\d{0,5}$/.test(position)) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', {
            where,
            problem: `position "${position.slice(0, 40)}" is no count`,
        });
    }
    return { position: Number(position), value: read(text(point, element, where), where) };
}
