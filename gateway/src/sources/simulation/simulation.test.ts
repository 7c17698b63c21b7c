// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { accuracyOf, type Day, initialParameters, isSurelyNight, sourceKinds } from '@power-currency/domain';
import { parseEic } from '../../energy/eic.js';
import { readSourceFile } from '../readSourceFile.js';
import { observedShare } from './observe.js';
import { productionOf } from './productionDay.js';
import { normal, randomDraw } from './randomDraw.js';
import { sampleFile, type SampleOrder } from './sampleFile.js';

const vienna = { latitudeMilli: 48_200, longitudeMilli: 16_370 };
const plant: SampleOrder['plant'] = {
    ...{ facilityId: 'roof-1', carrier: 'B16', nameplateW: 250_000n, location: vienna },
    zone: parseEic('10YAT-APG------L'),
};
const day = '2026-11-20' as Day;
const order: SampleOrder = { plant, kind: 'sensor', day, seed: '7', inflationPpm: 0n, form: 'csv' };

const energyOf = (change: Partial<SampleOrder>): bigint => {
    const { name, content } = sampleFile({ ...order, ...change });
    return readSourceFile(new TextEncoder().encode(content), name).energyWh;
};

describe('the numbers behind samples', () => {
    it('are those of sfc32, worked out in Python', () => {
        const draw = randomDraw('a');
        expect([draw(), draw(), draw()]).toEqual([3372623127, 2246066381, 3902840403]);
    });

    it('spread as a bell curve: 68.3 %, 95.4 % and 99.7 % within one, two and three deviations', () => {
        const draw = randomDraw('bell');
        const count = 20_000;
        const values = Array.from({ length: count }, () => Math.abs(Number(normal(draw, 1_000_000))));
        const within = [1, 2, 3].map(
            (deviations) => values.filter((value) => value < deviations * 1_000_000).length / count,
        );
        expect(within[0]).toBeCloseTo(0.6827, 1);
        expect(within[1]).toBeCloseTo(0.9545, 1);
        expect(within[2]).toBeGreaterThan(0.995);
    });

    it.each(sourceKinds)('leave 95 %% of honest %s readings within its accuracy', (kind) => {
        const draw = randomDraw(kind);
        const accuracy = accuracyOf(kind, initialParameters);
        const inside = Array.from({ length: 5_000 }, () => observedShare(kind, initialParameters, draw, 0n)).filter(
            (share) => share >= 1_000_000n - accuracy && share <= 1_000_000n + accuracy,
        );
        expect(inside.length / 5_000).toBeGreaterThan(0.935);
        expect(inside.length / 5_000).toBeLessThan(0.965);
    });
});

describe('what a plant gives', () => {
    it('is nothing at night and most at noon under the sun', () => {
        const production = productionOf(plant, day, '7');
        const nights = production.filter(({ start }) => isSurelyNight(start, 900n, vienna));
        expect(nights.length).toBeGreaterThan(30);
        expect(nights.every(({ energyWh }) => energyWh === 0n)).toBe(true);
        const most = production.reduce((best, each) => (each.energyWh > best.energyWh ? each : best));
        expect(['09', '10', '11', '12']).toContain(most.start.slice(11, 13));
    });

    it('lasts longer in summer, and longer still in the north', () => {
        const lightOf = (latitudeMilli: number, on: string): number =>
            productionOf({ ...plant, location: { ...vienna, latitudeMilli } }, on as Day, '7').filter(
                ({ energyWh }) => energyWh > 0n,
            ).length;
        expect(lightOf(48_200, '2026-06-20')).toBeGreaterThan(lightOf(48_200, '2026-12-20') + 20);
        expect(lightOf(65_000, '2026-06-20')).toBeGreaterThan(lightOf(48_200, '2026-06-20') + 10);
    });

    it('hangs together from one quarter of an hour to the next where wind drives it', () => {
        const production = productionOf({ ...plant, carrier: 'B19' }, day, '7').map(({ energyWh }) => Number(energyWh));
        const mean = production.reduce((sum, energy) => sum + energy, 0) / production.length;
        const deviations = production.map((energy) => energy - mean);
        const variance = deviations.reduce((sum, deviation) => sum + deviation ** 2, 0);
        const lagged = deviations
            .slice(1)
            .reduce((sum, deviation, index) => sum + deviation * (deviations[index] ?? 0), 0);
        expect(lagged / variance).toBeGreaterThan(0.8);
    });

    it.each(['B01', 'B11', 'B14', 'B16', 'B18', 'B19'] as const)('never exceeds the nameplate (%s)', (carrier) => {
        for (const seed of ['1', '2', '3']) {
            const production = productionOf({ ...plant, carrier }, day, seed);
            expect(production.every(({ energyWh }) => energyWh <= 62_500n)).toBe(true);
        }
    });
});

describe('sample files', () => {
    // A change of these is a change of every sample: tests elsewhere and trials people made would not repeat.
    it.each([
        ['sensor', 'csv', 'd1c59ba9c3e83b23'],
        ['sensor', 'json', '485c9b91c022f520'],
        ['satellite', 'json', 'c5b647484425cbbb'],
        ['financial', 'json', '9b05cc1a32163735'],
        ['audit', 'json', '4cb3649668b5d840'],
    ] as const)('are the same bytes for one seed (%s, %s)', (kind, form, digest) => {
        const { content } = sampleFile({ ...order, kind, form });
        expect(createHash('sha256').update(content).digest('hex').slice(0, 16)).toBe(digest);
    });

    it.each(sourceKinds)('of a %s that lies by 10 %% say a tenth more', (kind) => {
        const [honest, lying] = [energyOf({ kind }), energyOf({ kind, inflationPpm: 100_000n })];
        // Billed to the cent, the last Wh of a sale is lost.
        const difference = lying * 10n - honest * 11n;
        expect(difference < 5_000n && difference > -5_000n).toBe(true);
    });

    it('of another seed, day or plant differ', () => {
        const energies = [
            {},
            { seed: '8' },
            { day: '2026-11-21' as Day },
            { plant: { ...plant, facilityId: 'x' } },
        ].map(energyOf);
        expect(new Set(energies).size).toBe(4);
    });

    it('of all kinds speak of one day: they differ by no more than their errors', () => {
        const energies = sourceKinds.map((kind) => Number(energyOf({ kind })));
        expect(Math.max(...energies) / Math.min(...energies)).toBeLessThan(1.25);
    });

    it('of a meter say the same in either form', () => {
        expect(energyOf({ form: 'json' })).toBe(energyOf({ form: 'csv' }));
    });
});
