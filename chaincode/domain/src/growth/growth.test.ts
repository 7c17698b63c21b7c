// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { money, type Money, zeroMoney } from '../money/money.js';
import { quantityMax } from '../money/quantity.js';
import type { Ppm } from '../money/ratio.js';
import { allocate, type Producer } from './allocate.js';
import { apportion } from '../money/apportion.js';
import { cubeRootFloor, isCubeRootFloor } from './cubeRoot.js';
import { energyVotes } from './energyVotes.js';
import { growSupply } from './growSupply.js';
import { growthRateBetween, rateScale } from './growthRate.js';
import { type GrowthCase, issueGrowth } from './issueGrowth.js';
import type { YearClosing } from './yearClosing.js';

interface Vector {
    readonly name: string;
    readonly input: Readonly<Record<string, unknown>>;
    readonly expected: Readonly<Record<string, unknown>>;
}

const vectorsOf = (topic: string): readonly (readonly [string, Vector])[] => {
    const text = readFileSync(join(__dirname, `../../vectors/${topic}.json`), 'utf8');
    return (JSON.parse(text) as { cases: Vector[] }).cases.map((vector) => [vector.name, vector]);
};
const big = (value: unknown): bigint => BigInt(value as string);
const texts = (values: Readonly<Record<string, bigint>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.toString()]));

describe('the cube root', () => {
    it.each(vectorsOf('cube-root'))('is that of vector %s', (_, { input, expected }) => {
        expect(cubeRootFloor(big(input.x)).toString()).toBe(expected.root);
    });

    it('is the only number that its proof accepts', () => {
        fc.assert(
            fc.property(fc.bigInt(0n, 2n ** 260n), (x) => {
                const root = cubeRootFloor(x);
                expect(isCubeRootFloor(root, x)).toBe(true);
                expect([isCubeRootFloor(root + 1n, x), isCubeRootFloor(root - 1n, x)]).toEqual([false, false]);
            }),
        );
    });

    it('is not taken of less than nothing', () => {
        expect(() => cubeRootFloor(-1n)).toThrow('negative');
        expect(isCubeRootFloor(-1n, 0n)).toBe(false);
    });
});

describe('the annual rule', () => {
    it.each(vectorsOf('growth'))('makes of vector "%s" what exact fractions do', (_, { input, expected }) => {
        const [startWh, , , endWh] = (input.years as readonly string[]).map(big);
        const { rate } = growthRateBetween(startWh as never, endWh as never);
        const { change, minted, carryAfter } = growSupply({
            ...{ rate, previousSupply: money(big(input.previousSupply)), adjustment: big(input.adjustment) },
            carryBefore: money(big(input.carryBefore)),
        });
        expect(texts({ rate, change, minted, carryAfter })).toEqual(expected);
    });

    it('never claws back, and over decades issues exactly what growth exceeds contraction by', () => {
        const rate = fc.bigInt(-(rateScale / 5n), rateScale / 5n);
        const decades = fc.array(fc.record({ rate, ppm: fc.bigInt(-10_000n, 10_000n) }), { maxLength: 60 });
        fc.assert(
            fc.property(fc.bigInt(1n, 10n ** 12n), decades, (genesis, years) => {
                let [supply, carry, changes] = [money(genesis), zeroMoney, 0n];
                for (const { rate, ppm } of years) {
                    const adjustment = (supply * ppm) / 1_000_000n;
                    const grown = growSupply({ rate, previousSupply: supply, adjustment, carryBefore: carry });
                    changes += grown.change;
                    // Growth is issued or made up for, never both: one of the two is zero.
                    expect(grown.minted === 0n || grown.carryAfter === 0n).toBe(true);
                    [supply, carry] = [money(supply + grown.minted), grown.carryAfter];
                    expect(supply - carry).toBe(genesis + changes);
                }
                expect(supply >= genesis).toBe(true);
            }),
        );
    });

    it('needs all of four years', () => {
        const closing = (year: number) => ({ year, totalWh: 1n, entities: [] }) as unknown as YearClosing;
        const facts = {
            ...{ year: 2027, head: { lastYear: 2026 }, supply: 1n, passedOver: [], proposalId: null },
            closings: [closing(2026), closing(2025), undefined, closing(2023)],
        } as unknown as GrowthCase;
        expect(() => issueGrowth(facts)).toThrow(
            expect.objectContaining({ details: { year: 2027, missing: [2024] } }) as Error,
        );
    });

    it('refuses to issue more than a ledger can count', () => {
        const previousSupply = quantityMax as Money;
        const facts = { previousSupply, adjustment: 0n, carryBefore: zeroMoney };
        expect(() => growSupply({ ...facts, rate: 2n * rateScale })).toThrow('AMOUNT_OVERFLOW');
    });
});

const weights = fc.array(fc.oneof(fc.constant(0n), fc.bigInt(0n, 100n), fc.bigInt(0n, quantityMax)), { maxLength: 50 });
const amount = fc.oneof(fc.bigInt(0n, 1_000n), fc.bigInt(0n, quantityMax));

describe('an allocation', () => {
    it.each(vectorsOf('allocation'))('shares out vector "%s" as exact fractions do', (_, { input, expected }) => {
        const netWh = Object.entries(input.netWh as Readonly<Record<string, string>>);
        const producers = netWh.map(([entityId, wh]) => ({ entityId, netWh: big(wh) }) as unknown as Producer);
        const shares = allocate(money(big(input.amount)), producers);
        expect(Object.fromEntries(shares.map((share) => [share.entityId, share.amount.toString()]))).toEqual(
            expected.allocations,
        );
    });

    it('adds up exactly, each part within one of its share', () => {
        fc.assert(
            fc.property(amount, weights, (total, parts) => {
                const sum = parts.reduce((before, weight) => before + weight, 0n);
                fc.pre(sum > 0n);
                const shares = apportion(total, parts);
                expect(shares.reduce((before, share) => before + share, 0n)).toBe(total);
                shares.forEach((share, index) => {
                    const exact = total * (parts[index] ?? 0n);
                    expect(share * sum > exact - sum && share * sum < exact + sum).toBe(true);
                });
            }),
        );
    });

    it('is the same in whatever order entities are listed', () => {
        fc.assert(
            fc.property(amount, weights, fc.infiniteStream(fc.nat()), (total, parts, random) => {
                fc.pre(parts.some((weight) => weight > 0n));
                const producers = parts.map((netWh, index) => ({ entityId: `e${String(index)}`, netWh }));
                const keyed = producers.map((producer) => ({ producer, key: random.next().value as number }));
                const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ producer }) => producer);
                const shares = (list: unknown) => allocate(money(total), list as readonly Producer[]);
                expect(shares(shuffled)).toEqual(shares(producers));
            }),
        );
    });

    it('of something among those who produced nothing is a defect, and of nothing is nothing', () => {
        expect(() => apportion(1n, [0n])).toThrow(RangeError);
        expect(() => apportion(-1n, [1n])).toThrow(RangeError);
        expect(() => apportion(1n, [2n, -1n])).toThrow(RangeError);
        expect(apportion(0n, [0n, 0n])).toEqual([0n, 0n]);
        expect(apportion(0n, [])).toEqual([]);
    });
});

describe('votes for energy', () => {
    it.each(vectorsOf('energy-votes'))('are as many as vector "%s" says', (_, { input, expected }) => {
        const multiplier = big(input.multiplierPpm) as Ppm;
        const votes = energyVotes(big(input.energyWh) as never, multiplier);
        expect(votes.toString()).toBe(expected.energyVotes);
        const populationVotes = (big(input.populationVotes) * multiplier) / 1_000_000n;
        expect((votes + populationVotes).toString()).toBe(expected.allVotes);
    });
});
