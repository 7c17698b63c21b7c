// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';
import { type CurveType, expandCurve, type Period, type Segment } from './curve.js';
import { type Interval } from './localDay.js';

/** The values of one thing over time, as a document publishes them. */
export interface Curve<V> {
    readonly curve: CurveType;
    readonly periods: readonly Period<V>[];
}

/**
 * One day of curves that follow each other in time, as values without gap or overlap.
 *
 * @param context what to call the curves in errors
 * @throws Failure ENERGY_DAY_INCOMPLETE, ENERGY_DAY_OVERLAP, ENERGY_DOCUMENT_INVALID
 */
export function dayCurve<V>(
    curves: readonly Curve<V>[],
    day: Interval,
    context: { readonly key: string; readonly day: string },
): readonly Segment<V>[] {
    let coveredToMs = day.startMs;
    const clipped = segmentsOf(curves, day, context.key).map(({ startMs, endMs, value }) => {
        const [fromMs, toMs] = [Math.max(startMs, day.startMs), Math.min(endMs, day.endMs)];
        if (fromMs < coveredToMs) {
            throw new Failure('ENERGY_DAY_OVERLAP', { series: context.key, day: context.day, at: iso(fromMs) });
        }
        if (fromMs > coveredToMs) {
            throw incomplete(context, coveredToMs, fromMs);
        }
        coveredToMs = toMs;
        return { startMs: fromMs, endMs: toMs, value };
    });
    if (coveredToMs < day.endMs) {
        throw incomplete(context, coveredToMs, day.endMs);
    }
    return clipped;
}

function segmentsOf<V>(curves: readonly Curve<V>[], day: Interval, where: string): readonly Segment<V>[] {
    return curves
        .flatMap(({ curve, periods }) => periods.flatMap((period) => expandCurve(curve, period, where)))
        .filter(({ startMs, endMs }) => endMs > day.startMs && startMs < day.endMs)
        .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
}

function incomplete({ key, day }: { key: string; day: string }, fromMs: number, toMs: number): Failure {
    return new Failure('ENERGY_DAY_INCOMPLETE', { series: key, day, missingFrom: iso(fromMs), missingTo: iso(toMs) });
}

function iso(timeMs: number): string {
    return new Date(timeMs).toISOString();
}
