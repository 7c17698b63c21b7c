// SPDX-License-Identifier: Apache-2.0
import {
    dayOf,
    type Decoded,
    type Instant,
    instantOf,
    intervalMinutes,
    intervalsOfDay,
    intervalStart,
    type IntervalStart,
    intervalStartAt,
    invalid,
    object,
    type Period,
    text,
} from '@power-currency/domain';
import { checkedEnergy, decimalText, energyIn, energyUnit } from './energyQuantity.js';
import { fileTime } from './fileTime.js';
import { facilityFields, type IntervalEnergy, type SourceData } from './sourceData.js';

/** Number of a meter, as it stands on its plate. */
export const meterNumber = text(/^[A-Za-z0-9._-]{1,64}$/, 'meter number');

/** One reading as it stands in a row of a file or a message of a stream. */
export const meterReading = object({
    meter: meterNumber,
    ...facilityFields,
    start: fileTime,
    minutes: intervalMinutes,
    energy: decimalText,
    unit: energyUnit,
});
export type MeterReading = Decoded<typeof meterReading>;

/** The shortest interval has the most: 96 quarters of an hour. */
export const readingCountMax = 96;

/** The same in Wh, on the UTC clock. @throws DomainError INVALID_ARGUMENT naming the field */
export function intervalEnergyOf(reading: Pick<MeterReading, 'start' | 'energy' | 'unit' | 'minutes'>): IntervalEnergy {
    return {
        start: startOn(reading.start, reading.minutes),
        energyWh: energyIn(reading.unit, reading.energy, 'energy'),
    };
}

function startOn(at: Instant, minutes: MeterReading['minutes']): IntervalStart {
    if (at % (BigInt(minutes) * 60n) !== 0n) invalid('start', `not on a multiple of ${minutes} minutes`);
    return intervalStart.decode(intervalStartAt(at), 'start');
}

interface MeteredDay extends Omit<SourceData, 'kind' | 'period' | 'energyWh'> {
    readonly minutes: MeterReading['minutes'];
}

/**
 * A whole UTC day of readings, in any order, as one.
 *
 * @throws DomainError INVALID_ARGUMENT for a day with a gap, an interval given twice, or another day's interval
 */
export function meteredDay(day: MeteredDay): SourceData {
    const [first] = day.readings;
    if (first === undefined) invalid('readings', 'none');
    const of = dayOf(instantOf(first.start));
    const intervals = intervalsOfDay(of, day.minutes);
    const given = new Map<IntervalStart, IntervalEnergy>();
    for (const reading of day.readings) {
        if (given.has(reading.start)) invalid('readings', `${reading.start} is given twice`);
        if (!intervals.includes(reading.start)) invalid('readings', `${reading.start} is no interval of ${of} in UTC`);
        given.set(reading.start, reading);
    }
    const readings = intervals.map((start) => given.get(start) ?? invalid('readings', `${start} is missing`));
    const sum = readings.reduce((total, { energyWh }) => total + energyWh, 0n);
    return {
        ...day,
        ...{ kind: 'sensor', period: of as string as Period, energyWh: checkedEnergy(sum, 'readings'), readings },
    };
}

/**
 * The day in the intervals its facility is metered in; shorter ones are added up.
 *
 * @throws DomainError INVALID_ARGUMENT for longer ones: what happened inside them is not known
 */
export function inIntervalsOf(data: SourceData, minutes: MeterReading['minutes']): SourceData {
    if (data.minutes === null || data.minutes === minutes) return data;
    if (Number(data.minutes) > Number(minutes)) {
        invalid('minutes', `${data.minutes}, but the facility is metered every ${minutes} minutes`);
    }
    const sums = new Map<IntervalStart, bigint>();
    const seconds = BigInt(minutes) * 60n;
    for (const { start, energyWh } of data.readings) {
        const at = instantOf(start);
        const whole = intervalStartAt((at - (at % seconds)) as Instant);
        sums.set(whole, (sums.get(whole) ?? 0n) + energyWh);
    }
    const readings = [...sums].map(([start, sum]) => ({ start, energyWh: checkedEnergy(sum, 'readings') }));
    return { ...data, minutes, readings };
}
