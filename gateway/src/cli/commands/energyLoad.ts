// SPDX-License-Identifier: Apache-2.0
import { basename } from 'node:path';
import { initialParameters } from '@power-currency/domain';
import { type Command, Option } from 'commander';
import { Failure } from '../../application/failure.js';
import { createEntsoeClient } from '../../energy/entsoeClient.js';
import { encodeGridByZone, encodeGridSummary, gridTotals, updateGridLoad } from '../../energy/gridFiles.js';
import { loadDay, type NamedDocument } from '../../energy/loadDay.js';
import { type DocumentType } from '../../energy/marketDocument.js';
import { EUROPEAN_ZONES, parseZoneTable, zoneNamed, type ZoneTable } from '../../energy/zones.js';
import { DEFAULT_ENERGY_DIR, energyFiles, readBasis, readIfPresent, writeWhole } from '../energyFiles.js';
import { readInput } from '../readInput.js';
import { type Surface } from '../surface.js';

interface LoadOptions {
    readonly day: string;
    readonly file?: readonly string[];
    readonly zone?: readonly string[];
    readonly type: DocumentType;
    readonly zones?: string;
    readonly basis?: string;
    readonly dir: string;
}

/** `power energy load`: documents to the day's files. */
export function addLoadCommand(energy: Command, surface: Surface): void {
    energy
        .command('load')
        .description("add up a day's energy per zone, from files or from the ENTSO-E Transparency Platform")
        .requiredOption('--day <YYYY-MM-DD>', "day on each zone's own clock")
        .option('--file <xml...>', 'GL_MarketDocument files (A65 or A75)')
        .option('--zone <name...>', 'zones to ask the platform for, by name or EIC; needs ENTSOE_TOKEN')
        .addOption(
            new Option('--type <type>', 'what to ask the platform for: load or generation')
                .choices(['A65', 'A75'])
                .default('A65'),
        )
        .option('--zones <csv>', 'more zones: a file of name,eic,timezone')
        .option(
            '--basis <json>',
            'parameters in force, from `power get basis -o json` (default: those of a new ledger)',
        )
        .option('--dir <folder>', 'where to write', DEFAULT_ENERGY_DIR)
        .action(async (options: LoadOptions) => {
            await load(options, surface);
        })
        .addHelpText(
            'after',
            `
Writes grid_by_zone_DAY.csv, grid_summary_DAY.json, and the day's row of grid_load.csv.
Examples:
  $ power energy load --day 2025-11-19 --file gateway/samples/*_A65.xml
  $ ENTSOE_TOKEN=… power energy load --day 2025-11-19 --zone NL --zone FI`,
        );
}

async function load(options: LoadOptions, surface: Surface): Promise<void> {
    const zones = zoneTable(options);
    const documents = [...readFiles(options.file ?? []), ...(await fetchZones(options, zones, surface))];
    const loaded = loadDay(documents, zones, options.day);
    const parameters = options.basis === undefined ? initialParameters : readBasis(options.basis).parameters;
    const totals = gridTotals(loaded, parameters);
    const files = energyFiles(options.dir, options.day);
    writeWhole(files.byZone, encodeGridByZone(loaded));
    writeWhole(files.summary, encodeGridSummary(loaded, totals));
    writeWhole(files.load, updateGridLoad(readIfPresent(files.load), options.day, totals, files.load));
    for (const { name, problem } of loaded.missing) {
        surface.note(`left out ${name}: ${problem.message}`);
    }
    for (const name of loaded.forecasts) {
        surface.note(`${name} gives forecasts of the day before (process A01), not measured values`);
    }
    surface.print({
        day: loaded.day,
        type: loaded.type,
        zones: loaded.readings.map(({ zone }) => zone.name),
        zonesOk: totals.zonesOk,
        whRaw: totals.whRaw.toString(),
        whCommit: totals.whCommit.toString(),
        alphaEffective: totals.alphaEffective,
        written: [files.byZone, files.summary, files.load],
    });
}

function zoneTable({ zones }: LoadOptions): ZoneTable {
    return zones === undefined
        ? EUROPEAN_ZONES
        : new Map([...EUROPEAN_ZONES, ...parseZoneTable(readInput(zones).toString('utf8'))]);
}

function readFiles(files: readonly string[]): readonly NamedDocument[] {
    return files.map((file) => ({ name: basename(file), bytes: readInput(file) }));
}

async function fetchZones(
    { zone = [], type, day }: LoadOptions,
    zones: ZoneTable,
    surface: Surface,
): Promise<readonly NamedDocument[]> {
    if (zone.length === 0) {
        return [];
    }
    const wanted = zone.map((name) => zoneNamed(zones, name));
    const { ENTSOE_TOKEN: token = '', ENTSOE_URL: url } = surface.environment.variables;
    if (token === '') {
        throw new Failure('ENTSOE_TOKEN_MISSING', { variable: 'ENTSOE_TOKEN' });
    }
    const client = createEntsoeClient({ token, ...(url === undefined ? {} : { url }) });
    const documents: NamedDocument[] = [];
    for (const [index, one] of wanted.entries()) {
        surface.note(`asking for ${one.name} (${String(index + 1)} of ${String(wanted.length)})`);
        documents.push(await client.fetchDay(type, one, day));
    }
    return documents;
}
