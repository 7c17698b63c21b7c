// SPDX-License-Identifier: Apache-2.0
import { carriers } from '../energy/carrier.js';
import { initialPlausibilityRules as rules } from '../energy/plausibilityRules.js';
import { isDomainError } from '../error/domainError.js';
import { changePlausibilityRule, plausibilityText } from './changePlausibilityRule.js';

const change = (carrier: string, rule: string, value: string) =>
    changePlausibilityRule(rules, { kind: 'plausibility-rule', carrier, rule, value } as never);

describe('a change of the plausibility rules', () => {
    it('makes the next version with one figure changed', () => {
        const changed = change('B16', 'nightMax', '0.005000');
        expect(changed.version).toBe(2);
        expect(plausibilityText(changed, 'B16', 'nightMax')).toBe('0.005000');
        expect({ ...changed.limits, B16: { ...changed.limits.B16, nightMax: 10_000n } }).toEqual(rules.limits);
    });

    it.each([
        ['B19', 'nameplateMax', '0.999999', 'nameplateMax is at least one'],
        ['B19', 'nameplateMax', '1.200001', 'nameplateMax is at most 1.2'],
        ['B19', 'dayMax', '1.020001', 'dayMax is at most nameplateMax'],
        ['B16', 'monthMax', '0.750001', 'monthMax is at most dayMax'],
        ['B16', 'yearMax', '0.550001', 'yearMax is at most monthMax'],
        ['B16', 'yearMax', '0.000000', 'yearMax is positive'],
        ['B14', 'riseMax', '0.000000', 'riseMax is positive'],
        ['B16', 'nightMax', '1.020001', 'nightMax is at most nameplateMax'],
        ['B16', 'negligible', '0.010001', 'negligible is at most a hundredth'],
        ['B16', 'negligible', '0.01', 'not a ratio with six decimals'],
    ])('of %s %s to %s is refused: %s', (carrier, rule, value, reason) => {
        let refusal: unknown;
        try {
            change(carrier, rule, value);
        } catch (thrown) {
            refusal = thrown;
        }
        if (!isDomainError(refusal, 'PROPOSAL_VALUE_OUT_OF_RANGE')) throw new Error('not refused');
        expect(refusal.details).toEqual({ parameter: `${carrier}.${rule}`, value, reason });
    });

    it('starts from rules that satisfy all of this', () => {
        for (const carrier of carriers) {
            expect(change(carrier, 'negligible', plausibilityText(rules, carrier, 'negligible')).version).toBe(2);
        }
    });
});
