// SPDX-License-Identifier: Apache-2.0
import type { EnergyWh, PowerW } from '../energy/energy.js';
import type { Money } from '../money/money.js';
import { isQuantity, type Quantity } from '../money/quantity.js';
import type { MicroEuro, Ppm } from '../money/ratio.js';
import { type Codec, invalid } from './codec.js';
import { formatMillionths, parseMillionths } from './decimal.js';

const integerPattern = /^(0|[1-9][0-9]{0,18})$/;

const deltaPattern = /^(0|-?[1-9][0-9]{0,18})$/;

function wholeNumber<Q extends Quantity<string>>(description: string, minimum: bigint): Codec<Q> {
    return {
        schema: { type: 'string', pattern: integerPattern.source, description },
        decode: (value, field) => {
            if (typeof value !== 'string' || !integerPattern.test(value)) invalid(field, `not ${description}`);
            const number = BigInt(value);
            if (number < minimum || !isQuantity(number)) invalid(field, `not ${description}`);
            return number as Q;
        },
        encode: (value) => value.toString(),
    };
}

function delta(description: string): Codec<bigint> {
    return {
        schema: { type: 'string', pattern: deltaPattern.source, description },
        decode: (value, field) => {
            if (typeof value !== 'string' || !deltaPattern.test(value)) invalid(field, `not ${description}`);
            const number = BigInt(value);
            if (!isQuantity(number < 0n ? -number : number)) invalid(field, `not ${description}`);
            return number;
        },
        encode: (value) => value.toString(),
    };
}

function millionths<Q extends Quantity<string>>(description: string): Codec<Q> {
    return {
        schema: { type: 'string', pattern: '^(0|[1-9][0-9]{0,12})\\.[0-9]{6}$', description },
        decode: (value, field) =>
            ((typeof value === 'string' ? parseMillionths(value) : undefined) ??
                invalid(field, `not ${description}`)) as Q,
        encode: (value) => formatMillionths(value),
    };
}

/** Minor units as a decimal string, zero allowed. */
export const amount = wholeNumber<Money>('an amount in minor units as a decimal string', 0n);
/** Minor units as a decimal string, at least one. */
export const positiveAmount = wholeNumber<Money>('a positive amount in minor units as a decimal string', 1n);
/** Watt-hours as a decimal string. */
export const energyWh = wholeNumber<EnergyWh>('an energy in Wh as a decimal string', 0n);
/** Watt-hours as a decimal string, at least one. */
export const positiveEnergyWh = wholeNumber<EnergyWh>('a positive energy in Wh as a decimal string', 1n);
/** Watts as a decimal string, at least one. */
export const powerW = wholeNumber<PowerW>('a power in W as a decimal string', 1n);
/** A change of an energy in Wh, which may be negative, as a decimal string. */
export const energyDelta = delta('a change of energy in Wh as a decimal string');
/** A change of an amount in minor units, which may be negative, as a decimal string. */
export const amountDelta = delta('a change of an amount in minor units as a decimal string');
/** Any other count as a decimal string. */
export const count = wholeNumber<Quantity<'count'>>('a count as a decimal string', 0n);
/** Seconds since 1970-01-01T00:00:00Z as a decimal string. */
export const instant = wholeNumber<Quantity<'second'>>('a time in seconds since 1970 as a decimal string', 0n);
/** A ratio with exactly six decimals, such as 1.100000. */
export const ratio = millionths<Ppm>('a ratio with six decimals');
/** Euros with exactly six decimals. */
export const euro = millionths<MicroEuro>('an amount of euros with six decimals');
