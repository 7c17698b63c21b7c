// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialParameters, type Parameters } from '../governance/parameters.js';
import { money } from '../money/money.js';
import { planCoverage, isAboveBand, isCovered } from './coverage.js';
import { formatCoverage } from './coverageText.js';

interface Vector {
    readonly inputs: { readonly energyWh: string; readonly zonesOk: string; readonly supply: string };
    readonly parameters: Readonly<Record<string, string>>;
    readonly [figure: string]: unknown;
}

const vectors = JSON.parse(readFileSync(join(__dirname, '../../vectors/coverage.json'), 'utf8')) as Vector[];
const bigints = (texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, BigInt(text)]));

describe('the plan of a day', () => {
    it.each(vectors.map((vector, index) => [index, vector] as const))('is that of vector %i', (_index, vector) => {
        const { inputs, parameters, ...figures } = vector;
        const plan = planCoverage({
            ...(bigints(inputs) as unknown as Parameters & { energyWh: never; zonesOk: bigint; supply: never }),
            parameters: bigints(parameters) as unknown as Parameters,
        });
        const { coverage, ...rest } = plan;
        const texts = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
        expect({ ...texts, coverageRatio: formatCoverage(coverage) }).toEqual(figures);
    });
});

const inputs = fc.record({
    energyWh: fc.bigInt(0n, 10n ** 14n),
    zonesOk: fc.bigInt(0n, 60n),
    supply: fc.bigInt(0n, 10n ** 15n).map(money),
    target: fc.bigInt(1_100_000n, 2_000_000n),
});

describe('laws of coverage', () => {
    const parametersFor = (coverageRatioTarget: bigint): Parameters =>
        ({ ...initialParameters, coverageRatioTarget }) as Parameters;

    it('after issuing what is suggested, coverage is still at least the target', () => {
        fc.assert(
            fc.property(inputs, ({ target, energyWh, ...facts }) => {
                const parameters = parametersFor(target);
                const before = planCoverage({ ...facts, energyWh: energyWh as never, parameters });
                if (before.mintSuggested === 0n) return;
                const supply = money(facts.supply + before.mintSuggested);
                const after = planCoverage({ ...facts, energyWh: energyWh as never, supply, parameters });
                expect(isCovered(after.coverage, parameters.coverageRatioTarget)).toBe(true);
            }),
        );
    });

    it('nothing is suggested below the minimum', () => {
        fc.assert(
            fc.property(inputs, ({ target, energyWh, ...facts }) => {
                const parameters = parametersFor(target);
                const { coverage, mintSuggested } = planCoverage({ ...facts, energyWh: energyWh as never, parameters });
                if (!isCovered(coverage, parameters.coverageRatioMin)) expect(mintSuggested).toBe(0n);
            }),
        );
    });

    it('one unit decides at the edge of the minimum and of the band', () => {
        const plan = (energyWh: bigint) =>
            planCoverage({
                energyWh: energyWh as never,
                zonesOk: 1n,
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
    });

    it('zero supply is covered without limit and in no band', () => {
        expect(isCovered(undefined, initialParameters.coverageRatioMin)).toBe(true);
        expect(isAboveBand(undefined, initialParameters)).toBe(false);
        expect(formatCoverage(undefined)).toBe('infinite');
    });
});
