// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';
import { type Interval } from './localDay.js';

/** A01 gives every interval; A03 leaves out an interval that repeats the one before it (ENTSO-E curve types guide). */
export type CurveType = 'A01' | 'A03';

/** A value of an interval: watts or a price. */
export interface Point<V> {
    /** Counted from 1. */
    readonly position: number;
    readonly value: V;
}

export interface Period<V> {
    readonly interval: Interval;
    readonly resolutionMinutes: number;
    readonly points: readonly Point<V>[];
}

/** One value over a half-open interval. */
export interface Segment<V> extends Interval {
    readonly value: V;
}

/**
 * Gives every interval of a period its value, in time order.
 * An A01 gap stays a gap: what was not measured is not made up. An A03 curve must begin at position 1.
 *
 * @throws Failure ENERGY_DOCUMENT_INVALID
 */
export function expandCurve<V>(curve: CurveType, period: Period<V>, where: string): readonly Segment<V>[] {
    const stepMs = period.resolutionMinutes * 60_000;
    const count = intervalCount(period, stepMs, where);
    const given = valuesByPosition(period.points, count, where);
    if (curve === 'A03' && !given.has(1)) {
        throw invalid(where, 'an A03 curve has no first point to repeat');
    }
    const segments: Segment<V>[] = [];
    let last: V | undefined;
    for (let position = 1; position <= count; position++) {
        last = given.get(position) ?? (curve === 'A03' ? last : undefined);
        if (last !== undefined) {
            const startMs = period.interval.startMs + (position - 1) * stepMs;
            segments.push({ startMs, endMs: startMs + stepMs, value: last });
        }
    }
    return segments;
}

function intervalCount({ interval, points }: Period<unknown>, stepMs: number, where: string): number {
    const count = (interval.endMs - interval.startMs) / stepMs;
    if (!Number.isInteger(count) || count < 1) {
        throw invalid(where, 'the period is no whole number of intervals');
    }
    if (points.length === 0) {
        throw invalid(where, 'the period has no points');
    }
    return count;
}

function valuesByPosition<V>(points: readonly Point<V>[], count: number, where: string): ReadonlyMap<number, V> {
    const given = new Map<number, V>();
    for (const { position, value } of points) {
        if (position < 1 || position > count) {
            throw invalid(where, `position ${String(position)} lies outside 1…${String(count)}`);
        }
        if (given.has(position)) {
            throw invalid(where, `position ${String(position)} is given twice`);
        }
        given.set(position, value);
    }
    return given;
}

function invalid(where: string, problem: string): Failure {
    return new Failure('ENERGY_DOCUMENT_INVALID', { where, problem });
}
