// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';
import { type Interval } from './localDay.js';
import { type Watts } from './power.js';

/** A01 gives every interval; A03 leaves out an interval that repeats the one before it (ENTSO-E curve types guide). */
export type CurveType = 'A01' | 'A03';

export interface Point {
    /** Counted from 1. */
    readonly position: number;
    readonly watts: Watts;
}

export interface Period {
    readonly interval: Interval;
    readonly resolutionMinutes: number;
    readonly points: readonly Point[];
}

/** Constant power over a half-open interval. */
export interface Segment extends Interval {
    readonly watts: Watts;
}

/**
 * Gives every interval of a period its power, in time order.
 * An A01 gap stays a gap: what was not measured is not made up. An A03 curve must begin at position 1.
 *
 * @throws Failure ENERGY_DOCUMENT_INVALID
 */
export function expandCurve(curve: CurveType, period: Period, where: string): readonly Segment[] {
    const stepMs = period.resolutionMinutes * 60_000;
    const count = intervalCount(period, stepMs, where);
    const given = wattsByPosition(period.points, count, where);
    if (curve === 'A03' && !given.has(1)) {
        throw invalid(where, 'an A03 curve has no first point to repeat');
    }
    const segments: Segment[] = [];
    let last: Watts | undefined;
    for (let position = 1; position <= count; position++) {
        last = given.get(position) ?? (curve === 'A03' ? last : undefined);
        if (last !== undefined) {
            const startMs = period.interval.startMs + (position - 1) * stepMs;
            segments.push({ startMs, endMs: startMs + stepMs, watts: last });
        }
    }
    return segments;
}

function intervalCount({ interval, points }: Period, stepMs: number, where: string): number {
    const count = (interval.endMs - interval.startMs) / stepMs;
    if (!Number.isInteger(count) || count < 1) {
        throw invalid(where, 'the period is no whole number of intervals');
    }
    if (points.length === 0) {
        throw invalid(where, 'the period has no points');
    }
    return count;
}

function wattsByPosition(points: readonly Point[], count: number, where: string): ReadonlyMap<number, Watts> {
    const given = new Map<number, Watts>();
    for (const { position, watts } of points) {
        if (position < 1 || position > count) {
            throw invalid(where, `position ${String(position)} lies outside 1…${String(count)}`);
        }
        if (given.has(position)) {
            throw invalid(where, `position ${String(position)} is given twice`);
        }
        given.set(position, watts);
    }
    return given;
}

function invalid(where: string, problem: string): Failure {
    return new Failure('ENERGY_DOCUMENT_INVALID', { where, problem });
}
