// SPDX-License-Identifier: Apache-2.0
import {
    encodeAttestationFile,
    attestationFile,
    type AttestationBasis,
    type AttestationFile,
} from '@power-currency/domain';
import { type Command } from 'commander';
import { planAttestation } from '../../application/attestation.js';
import { parseGridByZone } from '../../energy/gridFiles.js';
import { primitives } from '../../keys/ed25519.js';
import { decodeBasis, DEFAULT_ENERGY_DIR, energyFiles, readBasis, writeWhole } from '../energyFiles.js';
import { type Printable } from '../output.js';
import { readInput } from '../readInput.js';
import { type Surface } from '../surface.js';

interface PlanOptions {
    readonly day: string;
    readonly dir: string;
    readonly basis?: string;
}

/** `power energy plan`: the day's files and the ledger's state to an unsigned attestation. */
export function addPlanCommand(energy: Command, surface: Surface): void {
    energy
        .command('plan')
        .description('compute coverage, target supply and suggested issue, and write the unsigned attestation')
        .requiredOption('--day <YYYY-MM-DD>', 'day that was loaded')
        .option('--dir <folder>', 'where the files are', DEFAULT_ENERGY_DIR)
        .option('--basis <json>', 'plan without a network, from what `power get basis -o json` wrote')
        .action(async ({ day, dir, basis }: PlanOptions) => {
            const files = energyFiles(dir, day);
            const zones = parseGridByZone(readInput(files.byZone).toString('utf8'), files.byZone);
            const file = planAttestation(day, zones, await basisFrom(basis, surface), primitives);
            writeWhole(files.attestation, encodeAttestationFile(file));
            surface.print({ ...figuresOf(file), written: files.attestation });
        })
        .addHelpText(
            'after',
            `
Examples:
  $ power energy plan --day 2025-11-19
  $ power get basis -o json > basis.json && power energy plan --day 2025-11-19 --basis basis.json`,
        );
}

async function basisFrom(file: string | undefined, surface: Surface): Promise<AttestationBasis> {
    return file === undefined ? decodeBasis(await surface.query('Attestation:DescribeBasis', {})) : readBasis(file);
}

/** The figures of the file in the spelling of the file. */
export function figuresOf(file: AttestationFile): Record<string, Printable> {
    const encoded = attestationFile.encode(file) as Record<string, Printable>;
    const names = [
        'day',
        'zones_ok',
        'wh_dc_raw',
        'wh_dc_commit',
        'alpha',
        'CR',
        'S',
        'S_target',
        'mint_daily_cap',
        'mint_suggested',
    ];
    const figures = names.map((name) => [name, encoded[name] ?? null] as const);
    return { ...Object.fromEntries(figures), digest_signed: file.meta.digest_signed };
}
