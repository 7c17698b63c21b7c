// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { isFailure } from '../application/failure.js';
import { expandCurve, type Period, type Point } from './curve.js';

const START = Date.parse('2025-11-18T23:00Z');
const resolutions = fc.constantFrom(15, 30, 60);

function period(resolutionMinutes: number, count: number, points: readonly Point<bigint>[]): Period<bigint> {
    return {
        interval: { startMs: START, endMs: START + count * resolutionMinutes * 60_000 },
        resolutionMinutes,
        points,
    };
}

function point(position: number, value: bigint): Point<bigint> {
    return { position, value };
}

function problemOf(curve: 'A01' | 'A03', given: Period<bigint>): string {
    try {
        expandCurve(curve, given, 'x');
    } catch (error) {
        return isFailure(error, 'ENERGY_DOCUMENT_INVALID') ? error.details.problem : String(error);
    }
    return 'accepted';
}

const fullCurve = fc
    .tuple(resolutions, fc.array(fc.bigInt({ min: 0n, max: 10n ** 13n }), { minLength: 1, maxLength: 100 }))
    .map(([resolution, values]) => ({ resolution, values }));

describe('expandCurve', () => {
    it('covers the period without gap or overlap, in order, in either curve type', () => {
        fc.assert(
            fc.property(fullCurve, fc.constantFrom('A01', 'A03'), ({ resolution, values }, curve) => {
                const points = values.map((value, index) => point(index + 1, value));
                const segments = expandCurve(curve, period(resolution, values.length, points), 'x');
                expect(segments.map(({ value }) => value)).toEqual(values);
                segments.forEach(({ startMs, endMs }, index) => {
                    expect([startMs, endMs]).toEqual([
                        START + index * resolution * 60_000,
                        START + (index + 1) * resolution * 60_000,
                    ]);
                });
            }),
        );
    });

    it('gives the same values for A03 when repeated points are left out', () => {
        fc.assert(
            fc.property(fc.array(fc.constantFrom(1n, 2n), { minLength: 1, maxLength: 96 }), (values) => {
                const points = values.map((value, index) => point(index + 1, value));
                const short = points.filter(({ value }, index) => index === 0 || value !== values[index - 1]);
                expect(expandCurve('A03', period(15, values.length, short), 'x')).toEqual(
                    expandCurve('A01', period(15, values.length, points), 'x'),
                );
            }),
        );
    });

    it('does not depend on the order of points', () => {
        const points = [point(1, 5n), point(2, 6n), point(3, 7n)];
        expect(expandCurve('A01', period(60, 3, points.toReversed()), 'x')).toEqual(
            expandCurve('A01', period(60, 3, points), 'x'),
        );
    });

    it('leaves a gap of an A01 curve open', () => {
        const segments = expandCurve('A01', period(60, 3, [point(1, 5n), point(3, 7n)]), 'x');
        expect(segments.map(({ startMs }) => (startMs - START) / 3_600_000)).toEqual([0, 2]);
    });

    it('repeats the last value of an A03 curve to the end of the period', () => {
        const segments = expandCurve('A03', period(60, 4, [point(1, 5n), point(3, 7n)]), 'x');
        expect(segments.map(({ value }) => value)).toEqual([5n, 5n, 7n, 7n]);
    });

    it.each([
        ['an A03 curve without a first point', 'A03', period(60, 3, [point(2, 5n)]), 'no first point'],
        ['a position beyond the period', 'A01', period(60, 3, [point(4, 5n)]), 'outside 1…3'],
        ['a position given twice', 'A01', period(60, 3, [point(1, 5n), point(1, 5n)]), 'given twice'],
        ['a period without points', 'A01', period(60, 3, []), 'no points'],
        ['a period that is no whole number of intervals', 'A01', period(60, 1.5, [point(1, 5n)]), 'whole number'],
    ] as const)('refuses %s', (_, curve, given, problem) => {
        expect(problemOf(curve, given)).toContain(problem);
    });
});
