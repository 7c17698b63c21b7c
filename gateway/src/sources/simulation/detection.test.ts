// SPDX-License-Identifier: Apache-2.0
import { sourceKinds } from '@power-currency/domain';
import { distinctness, inflationsPercent, measureDetection } from './detection.js';

const report = measureDetection({ seed: '1', periods: 48 });
const rate = (liars: 1 | 2, inflation: number, ruleSet: 'cv' | 'full'): (typeof report.rates)[number] => {
    const found = report.rates.find(
        (each) => each.liars === liars && each.inflationPercent === inflation && each.ruleSet === ruleSet,
    );
    if (found === undefined) throw new Error('no such rate');
    return found;
};

describe('the measurement of detection', () => {
    it('has a rate for one and two liars, each inflation and either rule set, as fractions of one', () => {
        const expected = [1, 2].flatMap((liars) =>
            inflationsPercent.flatMap((inflation) => ['cv', 'full'].map((rules) => [liars, inflation, rules])),
        );
        expect(report.rates.map((each) => [each.liars, each.inflationPercent, each.ruleSet])).toEqual(expected);
        const shares = report.rates.flatMap(({ detected, falsePositive, byLiars }) => [
            ...[detected, falsePositive, ...Object.values(byLiars)],
        ]);
        expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    });

    it('is the same for one seed, and another for another', () => {
        const few = (seed: string): unknown => measureDetection({ seed, periods: 4 });
        expect(few('1')).toEqual(few('1'));
        expect(few('2')).not.toEqual(few('1'));
    });

    it.each(['cv', 'full'] as const)('finds larger lies more often (%s)', (ruleSet) => {
        for (const liars of [1, 2] as const) {
            expect(rate(liars, 20, ruleSet).detected).toBeGreaterThan(rate(liars, 5, ruleSet).detected);
        }
    });

    it('finds with the full rules all that the coefficient of variation finds, and more', () => {
        for (const inflation of inflationsPercent) {
            const [cv, full] = [rate(1, inflation, 'cv'), rate(1, inflation, 'full')];
            expect(full.detected).toBeGreaterThanOrEqual(cv.detected);
        }
        expect(rate(1, 10, 'full').detected).toBeGreaterThan(rate(1, 10, 'cv').detected);
    });

    it('averages over who lies', () => {
        const { detected, byLiars } = rate(1, 10, 'full');
        expect(Object.keys(byLiars)).toEqual([...sourceKinds]);
        const mean = Object.values(byLiars).reduce((sum, share) => sum + share, 0) / sourceKinds.length;
        expect(detected).toBeCloseTo(mean, 12);
        expect(Object.keys(rate(2, 10, 'full').byLiars)).toHaveLength(6);
    });

    it('says which rules accuse the honest', () => {
        const { discrepancy, outlier, given, physicsAlone, memoryAlone, suspected } = report.honest;
        const { falsePositive, atOnce } = rate(1, 10, 'full');
        expect(given).toBeGreaterThanOrEqual(Math.max(discrepancy, outlier));
        expect(given).toBeLessThanOrEqual(discrepancy + outlier);
        expect(discrepancy).toBe(rate(1, 10, 'cv').falsePositive);
        expect(given + physicsAlone).toBeCloseTo(atOnce.falsePositive, 12);
        expect(given + physicsAlone + memoryAlone).toBeCloseTo(falsePositive, 12);
        expect(suspected).toBeGreaterThan(0);
        expect(suspected).toBeLessThanOrEqual(falsePositive);
    });

    it('suspects the liar where one lies by much', () => {
        expect(rate(1, 20, 'full').named).toBeGreaterThan(0.9);
        expect(rate(1, 20, 'cv').named).toBeNull();
    });

    it('says how far a lie of 10 % stands out, by the accuracies', () => {
        // Worked out in Python: 0.1 · 1.96 / √(a² + 1 / Σ 1/b²) over the other three accuracies b.
        expect(sourceKinds.map((kind) => [kind, Number(distinctness(kind).toFixed(2))])).toEqual([
            ['satellite', 3.73],
            ['sensor', 6.2],
            ['financial', 2.4],
            ['audit', 5.59],
        ]);
    });
});
