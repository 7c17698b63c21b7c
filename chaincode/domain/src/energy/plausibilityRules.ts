// SPDX-License-Identifier: Apache-2.0
import { type Codec, type Decoded, integer, object, oneOf } from '../encoding/codec.js';
import { ratio } from '../encoding/quantityCodec.js';
import { ppmPerOne } from '../money/ratio.js';
import { type Carrier, carriers } from './carrier.js';

const limits = {
    nameplateMax: ratio,
    dayMax: ratio,
    monthMax: ratio,
    yearMax: ratio,
    riseMax: ratio,
    nightMax: ratio,
    negligible: ratio,
} as const;

/**
 * What a plant can physically do, as shares of its nameplate capacity (F23).
 * - `nameplateMax`: most of any reading, metering tolerance included.
 * - `dayMax`, `monthMax`, `yearMax`: highest capacity factor over a day, a month, a year. There is no lowest: a plant
 *   may stand still.
 * - `riseMax`: most that mean power rises from one metering interval to the next. Falling is not bounded: a trip takes
 *   any plant to zero.
 * - `nightMax`: most in an interval in which the sun is surely down; 1 or more for what needs no sun.
 * - `negligible`: a disagreement of sources below this share of what the plant could have given is none. Near zero the
 *   resolution of meters, and what a plant itself consumes, would be large shares of next to nothing.
 */
const plausibilityLimits = object(limits);
export type PlausibilityLimits = Decoded<typeof plausibilityLimits>;
export type PlausibilityRuleName = keyof PlausibilityLimits;
export const plausibilityRuleName = oneOf(Object.keys(limits) as PlausibilityRuleName[]);

type LimitsByCarrier = Readonly<Record<Carrier, PlausibilityLimits>>;
const limitsByCarrier = object(
    Object.fromEntries(carriers.map((carrier) => [carrier, plausibilityLimits])),
) as unknown as Codec<LimitsByCarrier>;

/** The rules in force; each change by vote is a new version, which findings name. */
export const plausibilityRules = object({ version: integer(1, 2 ** 31), limits: limitsByCarrier });
export type PlausibilityRules = Decoded<typeof plausibilityRules>;

const percent = (value: number): bigint => (BigInt(value) * ppmPerOne) / 100n;

/** Any plant: 2 % above nameplate for its meter, no other bound, and disagreements below 0.05 % are noise. */
const anyPlant = {
    nameplateMax: percent(102),
    dayMax: percent(102),
    monthMax: percent(102),
    yearMax: percent(100),
    riseMax: percent(102),
    nightMax: percent(102),
    negligible: 500n,
};

/** Bounds no plant of the kind is known to exceed, so that no honest one is accused; members tighten them by vote. */
const initialLimits: Readonly<Partial<Record<Carrier, Partial<typeof anyPlant>>>> = {
    // Trackers behind a small inverter: three quarters of a polar summer's day at most, a third of a desert year.
    B16: {
        dayMax: percent(75),
        monthMax: percent(55),
        yearMax: percent(40),
        riseMax: percent(90),
        nightMax: percent(1),
    },
    B18: { monthMax: percent(95), yearMax: percent(70) },
    B19: { monthMax: percent(95), yearMax: percent(65) },
    B11: { yearMax: percent(95) },
    B12: { yearMax: percent(90) },
    B13: { monthMax: percent(70), yearMax: percent(50) },
    // A reactor comes back over hours; within its load range it gains 5 % a minute, from 30 % upwards.
    B14: { riseMax: percent(75) },
};

/** The rules a new ledger starts with. */
export const initialPlausibilityRules: PlausibilityRules = {
    version: 1,
    limits: Object.fromEntries(
        carriers.map((carrier) => [carrier, { ...anyPlant, ...initialLimits[carrier] }]),
    ) as unknown as LimitsByCarrier,
};
