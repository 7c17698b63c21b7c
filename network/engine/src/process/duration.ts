// SPDX-License-Identifier: Apache-2.0

const millisecondsPerUnit: Readonly<Record<string, number>> = {
    ns: 1e-6,
    us: 1e-3,
    µs: 1e-3,
    ms: 1,
    s: 1_000,
    m: 60_000,
    h: 3_600_000,
};

/** Reads a duration as Go writes it (`250ms`, `1h15m`, `1.5s`, `0`) and returns milliseconds; undefined if it is not one. */
export function parseGoDuration(text: string): number | undefined {
    const match = /^([+-]?)((?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.exec(text);
    if (match === null) {
        return /^[+-]?0$/.test(text) ? 0 : undefined;
    }
    let totalMs = 0;
    for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)) {
        totalMs += Number(amount) * (millisecondsPerUnit[unit ?? ''] ?? Number.NaN);
    }
    return match[1] === '-' ? -totalMs : totalMs;
}
