// SPDX-License-Identifier: Apache-2.0
import {
    type Carrier,
    type Day,
    instantOf,
    intervalsOfDay,
    type IntervalStart,
    type Location,
    sunSine,
} from '@power-currency/domain';
import { normal, type RandomDraw, randomDraw } from './randomDraw.js';

/** A plant as far as its production depends on it. */
export interface SimulatedPlant {
    readonly facilityId: string;
    readonly carrier: Carrier;
    readonly nameplateW: bigint;
    readonly location: Location;
}

/** What the plant really gave in one interval. */
interface Production {
    readonly start: IntervalStart;
    readonly energyWh: bigint;
}

const million = 1_000_000n;

/** What a plant gave on a day, in quarters of an hour: what its sources then measure, each in its way. */
export function productionOf(plant: SimulatedPlant, day: Day, seed: string): readonly Production[] {
    const draw = randomDraw(`${seed}/${plant.facilityId}/${day}/production`);
    const starts = intervalsOfDay(day, '15');
    const weather = wander(draw, starts.length, weatherOf(plant.carrier));
    return starts.map((start, index) => {
        const clear = plant.carrier === 'B16' ? clearSky(start, plant) : million;
        const share = (clear * (weather[index] ?? 0n)) / million;
        return { start, energyWh: (plant.nameplateW * share) / (4n * million) };
    });
}

/** How the share of what is possible moves, in ppm: about a mean, remembering most of the quarter of an hour before. */
interface Weather {
    readonly mean: bigint;
    /** Standard deviation over days, and of each step. */
    readonly spread: number;
    readonly step: number;
    readonly memory: bigint;
}

const weathers = {
    clouds: { mean: 700_000n, spread: 180_000, step: 45_000, memory: 960_000n },
    wind: { mean: 350_000n, spread: 220_000, step: 38_000, memory: 985_000n },
    steady: { mean: 850_000n, spread: 40_000, step: 4_000, memory: 990_000n },
} as const satisfies Record<string, Weather>;

function weatherOf(carrier: Carrier): Weather {
    if (carrier === 'B16') return weathers.clouds;
    return carrier === 'B18' || carrier === 'B19' ? weathers.wind : weathers.steady;
}

/** An autocorrelated walk between nothing and everything. */
function wander(draw: RandomDraw, count: number, { mean, spread, step, memory }: Weather): readonly bigint[] {
    const bounded = (share: bigint): bigint => (share < 0n ? 0n : share > million ? million : share);
    let share = bounded(mean + normal(draw, spread));
    return Array.from({ length: count }, () => {
        share = bounded(mean + ((share - mean) * memory) / million + normal(draw, step));
        return share;
    });
}

/** Sine of four degrees: below it hills, trees and the rows in front keep the sun from the panels. */
const horizon = 70_000n;

/** Share of the nameplate under a clear sky, in ppm, by the height of the sun in the middle of the quarter of an hour. */
function clearSky(start: IntervalStart, { location }: SimulatedPlant): bigint {
    const height = sunSine(instantOf(start) + 450n, location);
    return height <= horizon ? 0n : ((height - horizon) * million) / (million - horizon);
}
