// SPDX-License-Identifier: Apache-2.0

/** A duration as Go prints it: `2s`, `500ms`, `1m0s`, `1.5s`. */
export function goDurationText(durationMs: number): string {
    const ns = Math.round(Math.abs(durationMs) * 1e6);
    const sign = durationMs < 0 ? '-' : '';
    if (ns === 0) {
        return '0s';
    }
    if (ns < 1e3) {
        return `${sign}${ns}ns`;
    }
    if (ns < 1e6) {
        return `${sign}${ns / 1e3}µs`;
    }
    if (ns < 1e9) {
        return `${sign}${ns / 1e6}ms`;
    }
    const totalSeconds = Math.floor(ns / 1e9);
    const fraction = (ns % 1e9).toString().padStart(9, '0').replace(/0+$/, '');
    const hours = Math.floor(totalSeconds / 3600);
    const minutes = Math.floor((totalSeconds % 3600) / 60);
    const seconds = `${totalSeconds % 60}${fraction === '' ? '' : `.${fraction}`}s`;
    const larger = hours > 0 ? `${hours}h${minutes}m` : minutes > 0 ? `${minutes}m` : '';
    return `${sign}${larger}${seconds}`;
}
