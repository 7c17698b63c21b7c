// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import {
    carrier,
    type Codec,
    day,
    facilityId,
    isDomainError,
    powerW,
    type SourceKind,
    sourceKinds,
} from '@power-currency/domain';
import { type Command, Option } from 'commander';
import { parseUnits } from '../../application/decimalAmount.js';
import { Failure } from '../../application/failure.js';
import { parseEic } from '../../energy/eic.js';
import { sampleFile, type SampleOrder } from '../../sources/simulation/sampleFile.js';
import { DEFAULT_ENERGY_DIR, writeWhole } from '../energyFiles.js';
import { type Surface } from '../surface.js';

interface GenerateOptions {
    readonly kind: SourceKind | 'all';
    readonly seed: string;
    readonly day: string;
    readonly facility: string;
    readonly nameplate: string;
    readonly carrier: string;
    readonly zone: string;
    readonly latitude: string;
    readonly longitude: string;
    readonly inflate: string;
    readonly form: 'csv' | 'json';
    readonly dir: string;
}

/** `power source generate`: made-up files of sources, for tests and trials. */
export function addGenerateCommand(source: Command, surface: Surface): void {
    source
        .command('generate')
        .description('make up the files of sources about one day of a plant; one seed gives the same files everywhere')
        .addOption(new Option('--kind <kind>', 'which source').choices([...sourceKinds, 'all']).makeOptionMandatory())
        .requiredOption('--day <YYYY-MM-DD>', 'UTC day')
        .requiredOption('--facility <id>', 'the plant')
        .requiredOption('--nameplate <W>', 'most power it can give')
        .requiredOption('--carrier <code>', 'psrType code such as B16 (solar) or B19 (onshore wind)')
        .option('--seed <text>', 'names the weather and the errors of the sources', '1')
        .option('--zone <eic>', 'bidding zone', '10YAT-APG------L')
        .option('--latitude <degrees>', 'where the sun shines on it', '47.5')
        .option('--longitude <degrees>', 'east of Greenwich', '13.5')
        .option('--inflate <percent>', 'what a lying source adds, such as 10%', '0%')
        .addOption(new Option('--form <form>', "of a meter's file").choices(['csv', 'json']).default('csv'))
        .option('--dir <folder>', 'where to write', DEFAULT_ENERGY_DIR)
        .action((options: GenerateOptions) => {
            const kinds = options.kind === 'all' ? sourceKinds : [options.kind];
            const written = kinds.map((kind) => {
                const { name, content } = sampleFile(orderOf(options, kind));
                const file = join(options.dir, name);
                writeWhole(file, content);
                return { kind, file };
            });
            surface.print(written);
        })
        .addHelpText(
            'after',
            `
All kinds see the same day of the same plant, each with an error as large as its accuracy says.
Examples:
  $ power source generate --kind all --day 2026-11-20 --facility roof-1 --nameplate 250000 --carrier B16
  $ power source generate --kind sensor --seed 7 --day 2026-11-20 --facility roof-1 --nameplate 250000 --carrier B16 --inflate 10%`,
        );
}

function orderOf(options: GenerateOptions, kind: SourceKind): SampleOrder {
    const latitudeMilli = degrees(options.latitude, '--latitude', 90_000);
    const longitudeMilli = degrees(options.longitude, '--longitude', 180_000);
    return {
        plant: {
            facilityId: decoded(facilityId, options.facility, '--facility'),
            carrier: decoded(carrier, options.carrier, '--carrier'),
            nameplateW: decoded(powerW, options.nameplate, '--nameplate'),
            zone: parseEic(options.zone),
            location: { latitudeMilli, longitudeMilli },
        },
        kind,
        day: decoded(day, options.day, '--day'),
        seed: options.seed,
        inflationPpm: percentPpm(options.inflate),
        form: options.form,
    };
}

function decoded<T>(codec: Codec<T>, value: string, field: string): T {
    try {
        return codec.decode(value, field);
    } catch (error) {
        if (!isDomainError(error, 'INVALID_ARGUMENT')) throw error;
        throw new Failure('INPUT_INVALID', { field, problem: error.details.reason }, { cause: error });
    }
}

function degrees(text: string, field: string, milliMax: number): number {
    const size = parseUnits(text.replace(/^-/, ''), 3);
    if (size === undefined || size > BigInt(milliMax)) {
        const problem = `degrees up to ${String(milliMax / 1000)} with three decimals at most are needed`;
        throw new Failure('INPUT_INVALID', { field, problem });
    }
    return text.startsWith('-') ? -Number(size) : Number(size);
}

function percentPpm(text: string): bigint {
    const ppm = parseUnits(text.replace(/%$/, ''), 4);
    if (ppm === undefined || ppm > 1_000_000n) {
        throw new Failure('INPUT_INVALID', { field: '--inflate', problem: 'a percentage from 0% to 100% is needed' });
    }
    return ppm;
}
