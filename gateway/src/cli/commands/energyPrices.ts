// SPDX-License-Identifier: Apache-2.0
import { basename } from 'node:path';
import { type Command } from 'commander';
import { Failure } from '../../application/failure.js';
import { formatUnits } from '../../application/decimalAmount.js';
import { parsePriceDocument, zoneDayPrices } from '../../energy/priceDocument.js';
import { EUROPEAN_ZONES, type Zone, zoneOf } from '../../energy/zones.js';
import { type Printable } from '../output.js';
import { readInput } from '../readInput.js';
import { type Surface } from '../surface.js';

/** `power energy prices`: what energy cost on a day, for who proposes a new energy price to the members. */
export function addPricesCommand(energy: Command, surface: Surface): void {
    energy
        .command('prices')
        .description("show a day's day-ahead prices per zone, from ENTSO-E price documents (A44)")
        .requiredOption('--day <YYYY-MM-DD>', "day on each zone's own clock")
        .requiredOption('--file <xml...>', 'Publication_MarketDocument files')
        .action(({ day, file }: { readonly day: string; readonly file: readonly string[] }) => {
            surface.print(file.flatMap((path) => pricesOf(path, day)));
        })
        .addHelpText('after', '\nExample:\n  $ power energy prices --day 2025-11-19 --file FR_A44.xml');
}

function pricesOf(path: string, day: string): Printable[] {
    const series = parsePriceDocument(readInput(path), basename(path));
    const zones = [...new Set(series.map(({ zone }) => zone))].map((eic) => zoneOf(EUROPEAN_ZONES, eic));
    return zones.map((zone) => ({ zone: zone.name, day, ...figuresOf(zoneDayPrices(series, zone, day), zone) }));
}

/** The mean weighs by time and is rounded towards zero. */
function figuresOf(prices: ReturnType<typeof zoneDayPrices>, { name }: Zone): Record<string, Printable> {
    const [first] = prices;
    if (first === undefined) throw new Failure('NOT_FOUND', { what: `prices of ${name}` });
    let [lowest, highest, sum, minutes] = [first.value, first.value, 0n, 0n];
    for (const { startMs, endMs, value } of prices) {
        const length = BigInt((endMs - startMs) / 60_000);
        [sum, minutes] = [sum + value * length, minutes + length];
        if (value < lowest) lowest = value;
        if (value > highest) highest = value;
    }
    const euros = (price: bigint): string => formatUnits(price, 6);
    return {
        hours: formatUnits((minutes * 100n) / 60n, 2),
        prices: prices.length,
        ...{ lowestEurPerMwh: euros(lowest), meanEurPerMwh: euros(sum / minutes), highestEurPerMwh: euros(highest) },
    };
}
