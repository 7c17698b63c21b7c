// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { intervalStartAt } from '../time/meteringInterval.js';
import { isSurelyNight } from './sun.js';

const degrees = Math.PI / 180;

/** Elevation of the sun in degrees by the low-precision formulas of the Astronomical Almanac (0.01°, 1950 to 2050). */
function elevation(seconds: number, latitude: number, longitude: number): number {
    const day = seconds / 86_400 - 10_957.5;
    const anomaly = (357.528 + 0.9856003 * day) * degrees;
    const ecliptic = (280.46 + 0.9856474 * day + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * degrees;
    const obliquity = (23.439 - 4e-7 * day) * degrees;
    const ascension = Math.atan2(Math.cos(obliquity) * Math.sin(ecliptic), Math.cos(ecliptic));
    const declination = Math.asin(Math.sin(obliquity) * Math.sin(ecliptic));
    const sidereal = (280.46062 + 360.98564737 * day + longitude) * degrees;
    const hourAngle = sidereal - ascension;
    const [phi, delta] = [latitude * degrees, declination];
    const sine = Math.sin(phi) * Math.sin(delta) + Math.cos(phi) * Math.cos(delta) * Math.cos(hourAngle);
    return Math.asin(sine) / degrees;
}

const quarter = fc.integer({ min: 1_888_888, max: 2_777_777 }).map((each) => each * 900);
const latitude = fc.integer({ min: -90_000, max: 90_000 });
const longitude = fc.integer({ min: -180_000, max: 180_000 });

describe('a sure night', () => {
    it('is one nowhere while any part of the sun is up, refraction included', () => {
        fc.assert(
            fc.property(quarter, latitude, longitude, (start, latitudeMilli, longitudeMilli) => {
                const location = { latitudeMilli, longitudeMilli };
                if (!isSurelyNight(intervalStartAt(BigInt(start) as never), 3_600n, location)) return;
                for (let minute = 0; minute <= 60; minute += 5) {
                    expect(elevation(start + 60 * minute, latitudeMilli / 1000, longitudeMilli / 1000)).toBeLessThan(
                        -0.9,
                    );
                }
            }),
            { numRuns: 3_000 },
        );
    });

    it('is seen wherever the sun is more than 16° down', () => {
        fc.assert(
            fc.property(quarter, latitude, longitude, (start, latitudeMilli, longitudeMilli) => {
                const [north, east] = [latitudeMilli / 1000, longitudeMilli / 1000];
                if (elevation(start, north, east) > -16 || elevation(start + 900, north, east) > -16) return;
                const location = { latitudeMilli, longitudeMilli };
                expect(isSurelyNight(intervalStartAt(BigInt(start) as never), 900n, location)).toBe(true);
            }),
            { numRuns: 3_000 },
        );
    });
});
