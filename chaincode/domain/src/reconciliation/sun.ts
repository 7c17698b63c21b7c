// SPDX-License-Identifier: Apache-2.0
import type { Location } from '../energy/facility.js';
import { dayOf, startOfDay } from '../time/day.js';
import { instantOf, type IntervalStart } from '../time/meteringInterval.js';

/** Thousandths of a degree in a full turn. */
const turn = 360_000n;

/**
 * Sine in millionths of the computed elevation below which no place is lit: that of -8°. The true one differs by less
 * than 8°: declination 1°, hour angle 4.1° (equation of time), noon between the ends 0.6°, the sine below 0.4°, and
 * refraction with the sun's radius 0.9°.
 */
const surelyDown = -139_174n;

/**
 * Whether the sun is surely down over a metering interval: 8° below the horizon when it begins and when it ends.
 * Conservative on purpose: twilight counts as day, and in northern summers no interval may be a night.
 */
export function isSurelyNight(start: IntervalStart, seconds: bigint, location: Location): boolean {
    const begin = instantOf(start);
    return sunSine(begin, location) < surelyDown && sunSine(begin + seconds, location) < surelyDown;
}

/** Sine of the sun's elevation in millionths: sin φ·sin δ + cos φ·cos δ·cos h. */
export function sunSine(at: bigint, { latitudeMilli, longitudeMilli }: Location): bigint {
    const latitude = BigInt(latitudeMilli);
    const declination = declinationAt(at);
    // 360° in a day: 25 thousandths of a degree in 6 seconds, and none at solar noon.
    const hourAngle = (((at % 86_400n) - 43_200n) * 25n) / 6n + BigInt(longitudeMilli);
    const upright = sine(latitude) * sine(declination);
    const turning = (cosine(latitude) * cosine(declination) * cosine(hourAngle)) / million;
    return (upright + turning) / million;
}

/** Declination in thousandths of a degree: -23.44°·cos(360°·(d + 10)/365) on the d-th day of the year, from 0. */
function declinationAt(at: bigint): bigint {
    const day = dayOf(at);
    const dayOfYear = (at - startOfDay(`${day.slice(0, 4)}-01-01` as typeof day)) / 86_400n;
    return (-23_440n * cosine(((dayOfYear + 10n) * turn) / 365n)) / million;
}

const million = 1_000_000n;

/** Cosine in millionths of an angle in thousandths of a degree. */
const cosine = (angle: bigint): bigint => sine(angle + turn / 4n);

/**
 * Sine in millionths, after Bhāskara I: 4x(180 - x) / (40500 - x(180 - x)) on 0…180°, within 0.0017.
 */
function sine(angle: bigint): bigint {
    const whole = ((angle % turn) + turn) % turn;
    const half = turn / 2n;
    const x = whole % half;
    const product = x * (half - x);
    const value = (4n * product * million) / (40_500_000_000n - product);
    return whole < half ? value : -value;
}
