// SPDX-License-Identifier: Apache-2.0
import { type Command } from 'commander';
import { readSourceFile } from '../../sources/readSourceFile.js';
import { type SourceData } from '../../sources/sourceData.js';
import { type Printable } from '../output.js';
import { readInput } from '../readInput.js';
import { type Surface } from '../surface.js';
import { addChainCommand, addSignReportCommand } from './sourceChain.js';
import { addFollowCommand } from './sourceFollow.js';
import { addGenerateCommand } from './sourceGenerate.js';
import { addReportCommand } from './sourceReport.js';

/** `power source …`: a source's own files, from what a meter or provider writes to a signed report. */
export function addSourceCommands(source: Command, surface: Surface): void {
    source
        .command('validate')
        .argument('<file...>', 'meter readings (CSV or JSON), financial record, satellite estimate or audit report')
        .description('check files of sources and show what they say, in Wh and UTC')
        .action((files: readonly string[]) => {
            const described = files.map((file) => ({ file, ...summaryOf(readSourceFile(readInput(file), file)) }));
            surface.print(described.length === 1 ? (described[0] ?? null) : described);
        })
        .addHelpText('after', '\nExample:\n  $ power source validate sensor_roof-1_2026-11-20.csv');
    addGenerateCommand(source, surface);
    addFollowCommand(source, surface);
    addReportCommand(source, surface);
    addSignReportCommand(source, surface);
    addChainCommand(source, surface);
}

function summaryOf({
    kind,
    facilityId,
    zone,
    carrier,
    period,
    energyWh,
    readings,
    minutes,
}: SourceData): Record<string, Printable> {
    const intervals = minutes === null ? {} : { readings: readings.length, minutes: Number(minutes) };
    return { kind, facilityId, zone, carrier, period, energyWh: energyWh.toString(), ...intervals };
}
