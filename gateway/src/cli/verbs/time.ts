// SPDX-License-Identifier: Apache-2.0

const unitSeconds: Readonly<Record<string, bigint>> = { s: 1n, m: 60n, h: 3600n, d: 86_400n };

/** A duration such as 90s, 10m, 48h or 7d in seconds. */
export function parseDuration(text: string): bigint | undefined {
    const match = /^([1-9]\d{0,6})([smhd])$/.exec(text);
    return match === null ? undefined : BigInt(match[1] ?? '') * (unitSeconds[match[2] ?? ''] ?? 0n);
}

/** A moment as seconds since 1970: of ISO 8601 in UTC, or from now on, as in +48h. */
export function parseTime(text: string, now: Date): string | undefined {
    if (text.startsWith('+')) {
        const seconds = parseDuration(text.slice(1));
        return seconds === undefined ? undefined : (BigInt(Math.floor(now.getTime() / 1000)) + seconds).toString();
    }
    if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/.test(text)) return undefined;
    const milliseconds = Date.parse(text);
    return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000).toString();
}
