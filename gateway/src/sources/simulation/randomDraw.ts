// SPDX-License-Identifier: Apache-2.0

/** The next number of a sequence, 0 to 2^32 - 1. */
export type RandomDraw = () => number;

/**
 * The sequence of a seed, the same on every machine: sfc32 (C. Doty-Humphrey, PractRand), 32-bit integers only. Not for
 * keys.
 */
export function randomDraw(seed: string): RandomDraw {
    let [a, b, c] = [hash(seed, 0x811c9dc5), hash(seed, 0x9e3779b9), hash(seed, 0x85ebca6b)];
    let counter = 1;
    const draw = (): number => {
        const sum = (a + b + counter) | 0;
        counter = (counter + 1) | 0;
        a = b ^ (b >>> 9);
        b = (c + (c << 3)) | 0;
        c = (((c << 21) | (c >>> 11)) + sum) | 0;
        return sum >>> 0;
    };
    // The first numbers still show the seed.
    for (let round = 0; round < 15; round++) draw();
    return draw;
}

/** FNV-1a over UTF-16 units, from different starts. */
function hash(text: string, start: number): number {
    let value = start;
    for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
    return value;
}

const summands = 48;

/**
 * A normally distributed whole number around zero: the sum of 48 uniform ones, whose tails are those of the bell curve
 * to four standard deviations.
 *
 * @param sigma its standard deviation, at most 10^9
 */
export function normal(draw: RandomDraw, sigma: number): bigint {
    let sum = 0;
    for (let index = 0; index < summands; index++) sum += draw() >>> 16;
    // A uniform 16-bit number has mean 32767.5 and variance 65536²/12, so the sum deviates by 2·65536.
    const centred = sum - (summands * 0xffff) / 2;
    return BigInt(Math.trunc((sigma * centred) / 131_072));
}
