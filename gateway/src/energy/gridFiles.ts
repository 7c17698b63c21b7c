// SPDX-License-Identifier: Apache-2.0
import { effectiveAlpha, formatMillionths, multiplyFloor, type Parameters } from '@power-currency/domain';
import { Failure } from '../application/failure.js';
import { parseEic } from './eic.js';
import { type LoadedDay } from './loadDay.js';

/** One row of `grid_by_zone_DAY.csv` (AI-36). */
interface ZoneRow {
    readonly name: string;
    readonly eic: string;
    readonly wh: bigint;
}

/** The day's totals under given parameters (AI-35, AI-37). */
interface GridTotals {
    readonly zonesOk: number;
    readonly whRaw: bigint;
    readonly whCommit: bigint;
    readonly alphaBase: string;
    readonly alphaEffective: string;
}

const BY_ZONE_HEADER = 'name,eic,wh';
const LOAD_HEADER = 'date,grid_wh_dc,grid_wh_dc_commit';

export function gridTotals(loaded: LoadedDay, parameters: Parameters): GridTotals {
    const whRaw = loaded.readings.reduce((sum, { energyWh }) => sum + energyWh, 0n);
    const alpha = effectiveAlpha(BigInt(loaded.readings.length), parameters);
    return {
        zonesOk: loaded.readings.length,
        whRaw,
        whCommit: multiplyFloor(whRaw, alpha),
        alphaBase: formatMillionths(parameters.alphaBase),
        alphaEffective: formatMillionths(alpha),
    };
}

/** `grid_by_zone_DAY.csv`: the zones whose day is complete. */
export function encodeGridByZone(loaded: LoadedDay): string {
    const rows = loaded.readings.map(({ zone, energyWh }) => `${zone.name},${zone.eic},${energyWh.toString()}`);
    return [BY_ZONE_HEADER, ...rows, ''].join('\n');
}

/** @throws Failure ENERGY_FILE_INVALID */
export function parseGridByZone(csv: string, file: string): readonly ZoneRow[] {
    const [header, ...lines] = csv.trimEnd().split(/\r?\n/);
    if (header !== BY_ZONE_HEADER || lines.length === 0) {
        throw new Failure('ENERGY_FILE_INVALID', { file, problem: `it is no list of ${BY_ZONE_HEADER}` });
    }
    return lines.map((line) => {
        const [, name, eic, wh] = /^([^,]{1,60}),([^,]{16}),(0|[1-9]\d{0,18})$/.exec(line) ?? [];
        if (name === undefined || eic === undefined || wh === undefined) {
            throw new Failure('ENERGY_FILE_INVALID', {
                file,
                problem: `"${line.slice(0, 80)}" is no ${BY_ZONE_HEADER}`,
            });
        }
        return { name, eic: parseEic(eic), wh: BigInt(wh) };
    });
}

/** `grid_summary_DAY.json`. Energy is a decimal string, as everywhere; a zone left out has no energy and a reason. */
export function encodeGridSummary(loaded: LoadedDay, totals: GridTotals): string {
    const read = loaded.readings.map(({ zone, energyWh }) => ({
        name: zone.name,
        eic: zone.eic,
        wh: energyWh.toString(),
    }));
    const missing = loaded.missing.map(({ name, eic, problem }) => ({ name, eic, wh: null, problem: problem.code }));
    const summary = {
        day: loaded.day,
        zones_ok: totals.zonesOk,
        wh_dc_raw: totals.whRaw.toString(),
        wh_dc_commit: totals.whCommit.toString(),
        alpha_base: totals.alphaBase,
        alpha_effective: totals.alphaEffective,
        zones: [...read, ...missing],
    };
    return `${JSON.stringify(summary, undefined, 2)}\n`;
}

/**
 * `grid_load.csv` with the day's row put in or replaced, in order of days.
 *
 * @throws Failure ENERGY_FILE_INVALID when the present file has another form
 */
export function updateGridLoad(present: string | undefined, day: string, totals: GridTotals, file: string): string {
    const [header, ...lines] = (present ?? LOAD_HEADER).trimEnd().split(/\r?\n/);
    if (header !== LOAD_HEADER || !lines.every((line) => /^\d{4}-\d{2}-\d{2},\d+,\d+$/.test(line))) {
        throw new Failure('ENERGY_FILE_INVALID', { file, problem: `it is no list of ${LOAD_HEADER}` });
    }
    const row = `${day},${totals.whRaw.toString()},${totals.whCommit.toString()}`;
    const rows = [...lines.filter((line) => !line.startsWith(`${day},`)), row].sort();
    return [LOAD_HEADER, ...rows, ''].join('\n');
}
