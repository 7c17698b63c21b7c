// SPDX-License-Identifier: Apache-2.0
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';
import { type Command } from 'commander';
import { isFailure } from '../../application/failure.js';
import { DEFAULT_ENERGY_DIR } from '../energyFiles.js';
import { ExitCode } from '../exitCodes.js';
import { MeterJournal } from '../meterJournal.js';
import { type Surface } from '../surface.js';

/** `power source follow`: a stream of readings to one file per meter, facility and day. */
export function addFollowCommand(source: Command, surface: Surface): void {
    source
        .command('follow')
        .description("take a meter's readings from standard input, one JSON object per line, into one CSV file per day")
        .option('--dir <folder>', 'where the files are', DEFAULT_ENERGY_DIR)
        .action(async ({ dir }: { readonly dir: string }) => {
            const counts = await follow(surface.environment.input(), new MeterJournal(dir), surface);
            surface.print(counts);
            if (counts.refused > 0) surface.exitCode = ExitCode.CheckFailed;
        })
        .addHelpText(
            'after',
            `
A reading that is there already is taken for the same message delivered again; a different one is refused.
Every reading is on the disk before the next one is read. Lines that are refused are told, and the rest is taken.
Examples:
  $ mosquitto_sub -h meters.example -t 'meters/+/readings' -q 1 | power source follow
  $ nats sub --raw 'meters.*.readings' | power source follow --dir data`,
        );
}

interface Counts extends Record<string, number> {
    taken: number;
    repeated: number;
    refused: number;
    daysComplete: number;
}

async function follow(input: Readable, journal: MeterJournal, surface: Surface): Promise<Counts> {
    const counts: Counts = { taken: 0, repeated: 0, refused: 0, daysComplete: 0 };
    let line = 0;
    for await (const message of createInterface({ input, crlfDelay: Infinity })) {
        line++;
        if (message.trim() === '') continue;
        try {
            const { isNew, completed } = journal.take(message, `line ${String(line)}`);
            counts[isNew ? 'taken' : 'repeated']++;
            if (completed === undefined) continue;
            counts.daysComplete++;
            surface.note(`complete: ${completed}`);
        } catch (error) {
            if (!isFailure(error, 'SOURCE_FILE_INVALID')) throw error;
            counts.refused++;
            surface.note(`refused: ${error.message}`);
        }
    }
    return counts;
}
