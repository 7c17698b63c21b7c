// SPDX-License-Identifier: Apache-2.0
import {
    carrier,
    type Codec,
    type Decoded,
    type EnergyWh,
    facilityId,
    freeText,
    type Instant,
    type IntervalStart,
    invalid,
    oneOf,
    period,
    type Period,
    type SourceKind,
    text,
} from '@power-currency/domain';
import { Failure } from '../application/failure.js';
import { type Eic, parseEic } from '../energy/eic.js';
import { fileTime } from './fileTime.js';

/** The energy of one metering interval. */
export interface IntervalEnergy {
    readonly start: IntervalStart;
    readonly energyWh: EnergyWh;
}

/** What any source's file says once it is read: one unit, one clock, one way to name zone and carrier (KD-034). */
export interface SourceData {
    readonly kind: SourceKind;
    readonly facilityId: Decoded<typeof facilityId>;
    readonly zone: Eic;
    readonly carrier: Decoded<typeof carrier>;
    readonly period: Period;
    /** When it was made, if the file says so. */
    readonly producedAt: Instant | null;
    readonly energyWh: EnergyWh;
    /** All intervals of a day where the source has them. */
    readonly readings: readonly IntervalEnergy[];
    /** Minutes of one interval where there are some. */
    readonly minutes: '15' | '30' | '60' | null;
}

/** Bidding zone by its EIC, check character included. */
const zone: Codec<Eic> = {
    schema: { type: 'string', pattern: '^[0-9]{2}[A-Z][0-9A-Z-]{12}[0-9A-Z]$', description: 'EIC code' },
    decode: (value, field) => {
        try {
            return parseEic(typeof value === 'string' ? value : '');
        } catch (error) {
            if (error instanceof Failure) invalid(field, 'not an EIC code with its check character');
            throw error;
        }
    },
    encode: (value) => value,
};

/** Which facility a file speaks of, and what it takes it for. */
export const facilityFields = { facility: facilityId, zone, carrier } as const;

/** What every JSON file of a source says first. */
export function fileFields<const F extends string>(format: F): typeof commonFields & { readonly format: Codec<F> } {
    return { format: text(new RegExp(`^${format}$`), `file of format ${format}`) as Codec<F>, ...commonFields };
}

const commonFields = {
    version: oneOf(['1']),
    ...facilityFields,
    producedAt: fileTime,
} as const;

/** One UTC day, month or year. */
export const periodFields = { period } as const;

/** A number or name by which people find the paper. */
export const reference = freeText(120, 1);
