// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialParameters, type Parameters } from '../governance/parameters.js';
import type { EnergyWh } from '../energy/energy.js';
import { money } from '../money/money.js';
import type { Fraction } from '../money/ratio.js';
import { planCoverage, isAboveBand, isCovered, isUncovered } from './coverage.js';
import { formatCoverage } from './coverageText.js';
import { windowAfter } from './reserve.js';

interface Case {
    readonly name: string;
    readonly input: {
        readonly energyWh: string;
        readonly zonesOk: string;
        readonly supply: string;
        readonly contractedWh: string;
        readonly earlierWh: readonly string[];
        readonly parameters: Readonly<Record<string, string>>;
    };
    readonly expected: Readonly<Record<string, string | number>>;
}

const { cases } = JSON.parse(readFileSync(join(__dirname, '../../vectors/coverage.json'), 'utf8')) as {
    cases: readonly Case[];
};
const wh = (text: string) => BigInt(text) as EnergyWh;
const ratios = new Set(['notional', 'contracted', 'coverage']);

describe('the plan of a day', () => {
    it.each(cases.map((one) => [one.name, one] as const))('is that of the vector: %s', (_name, { input, expected }) => {
        const governed = Object.entries(input.parameters).map(([name, value]) => [name, BigInt(value)]);
        const plan = planCoverage({
            energyWh: wh(input.energyWh),
            zonesOk: BigInt(input.zonesOk),
            supply: money(BigInt(input.supply)),
            contractedWh: wh(input.contractedWh),
            earlierWh: input.earlierWh.map(wh),
            parameters: { ...initialParameters, ...(Object.fromEntries(governed) as Partial<Parameters>) },
        });
        const figures = Object.entries(plan).map(([name, value]) => [
            name,
            ratios.has(name) ? formatCoverage(value as Fraction | undefined) : wireForm(value),
        ]);
        expect(Object.fromEntries(figures)).toEqual(expected);
    });
});

const wireForm = (value: unknown) => (typeof value === 'bigint' ? value.toString() : value);

const energies = fc.bigInt(0n, 10n ** 14n).map((value) => value as EnergyWh);
const inputs = fc.record({
    energyWh: energies,
    contractedWh: energies,
    earlierWh: fc.array(energies, { maxLength: 59 }),
    zonesOk: fc.bigInt(0n, 60n),
    supply: fc.bigInt(0n, 10n ** 15n).map(money),
    target: fc.bigInt(1_100_000n, 2_000_000n),
    reserveWindowDays: fc.bigInt(1n, 60n),
    contractedGate: fc.bigInt(0n, 1n),
});

describe('laws of coverage', () => {
    const parametersOf = ({ target, ...drawn }: Record<'target' | 'reserveWindowDays' | 'contractedGate', bigint>) =>
        ({ ...initialParameters, ...drawn, coverageRatioTarget: target }) as Parameters;

    it('after issuing what is suggested, the gating coverage is still at least the target', () => {
        fc.assert(
            fc.property(inputs, ({ target, reserveWindowDays, contractedGate, ...facts }) => {
                const parameters = parametersOf({ target, reserveWindowDays, contractedGate });
                const before = planCoverage({ ...facts, parameters });
                if (before.mintSuggested === 0n) return;
                const supply = money(facts.supply + before.mintSuggested);
                const after = planCoverage({ ...facts, supply, parameters });
                expect(isCovered(after.coverage, parameters.coverageRatioTarget)).toBe(true);
            }),
        );
    });

    it('nothing is suggested below the minimum', () => {
        fc.assert(
            fc.property(inputs, ({ target, reserveWindowDays, contractedGate, ...facts }) => {
                const parameters = parametersOf({ target, reserveWindowDays, contractedGate });
                const { coverage, mintSuggested } = planCoverage({ ...facts, parameters });
                if (!isCovered(coverage, parameters.coverageRatioMin)) expect(mintSuggested).toBe(0n);
            }),
        );
    });

    it('one unit decides at the edge of the minimum and of the band', () => {
        const plan = (energyWh: bigint) =>
            planCoverage({
                energyWh: energyWh as EnergyWh,
                zonesOk: 1n,
                earlierWh: [],
                contractedWh: 0n as EnergyWh,
                supply: money(1_080_000_000n),
                parameters: initialParameters,
            });
        const minimum = initialParameters.coverageRatioMin;
        expect([
            isCovered(plan(110_000_000n).coverage, minimum),
            isCovered(plan(109_999_999n).coverage, minimum),
        ]).toEqual([true, false]);
        const above = (energyWh: bigint) => isAboveBand(plan(energyWh).coverage, initialParameters);
        expect([above(120_000_000n), above(120_000_006n)]).toEqual([false, true]);
        const uncovered = (energyWh: bigint) => isUncovered(plan(energyWh).coverage);
        expect([uncovered(100_000_000n), uncovered(99_999_999n)]).toEqual([false, true]);
    });

    it('zero supply is covered without limit and in no band', () => {
        expect(isCovered(undefined, initialParameters.coverageRatioMin)).toBe(true);
        expect(isAboveBand(undefined, initialParameters)).toBe(false);
        expect(isUncovered(undefined)).toBe(false);
        expect(formatCoverage(undefined)).toBe('infinite');
    });
});

it('the head keeps the longest window but its next day, and no more', () => {
    const earlier = Array.from({ length: 59 }, (_, index) => BigInt(index) as EnergyWh);
    expect(windowAfter(earlier, 59n as EnergyWh)).toEqual([...earlier.slice(1), 59n]);
    expect(windowAfter([], 1n as EnergyWh)).toEqual([1n]);
});
