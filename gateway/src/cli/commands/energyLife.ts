// SPDX-License-Identifier: Apache-2.0
import {
    certificateBundle,
    type EnergyStates,
    energyStates,
    type EnergyWh,
    facilityId,
    review,
    vintage,
} from '@power-currency/domain';
import { type Command } from 'commander';
import { type DayVerification, type HourLife, type IntervalLife, lifeOfHour } from '../../application/energyLife.js';
import { createLedger } from '../../application/ledger.js';
import { lifeText } from '../energyLifeText.js';
import { timeOf } from '../energyLifeWords.js';
import { type Printable } from '../output.js';
import { type Surface } from '../surface.js';

/** `power energy life`. */
export function addLifeCommand(energy: Command, surface: Surface): void {
    energy
        .command('life')
        .argument('<facility>', 'facility id')
        .argument('<hour>', 'hour of UTC, such as 2026-11-20T13')
        .description('the whole life of the energy of one hour: where each watt-hour is, and by which transactions')
        .action(async (facility: string, hour: string) => {
            const id = facilityId.decode(facility, 'facility');
            const ledger = createLedger((await surface.ledger()).transport);
            const life = await lifeOfHour(ledger, id, hour);
            if (surface.outputFormat !== 'table') surface.print({ facilityId: id, hour, ...wholeOf(life) });
            else surface.printText(lifeText(life));
        })
        .addHelpText('after', '\nExample:\n  $ power energy life roof-1 2026-11-20T13');
}

function wholeOf({ verification, intervals }: HourLife): Readonly<Record<string, Printable>> {
    return {
        verification: verification && {
            state: verification.state,
            vintage: verification.vintage && vintage.encode(verification.vintage),
            withheldWh: verification.withheldWh.toString(),
            review: verification.review && review.encode(verification.review),
            sources: verification.sources.map(wordOf),
        },
        states: energyStates.encode(sumOf(intervals)),
        intervals: intervals.map(({ energy, states, ranges }) => ({
            start: energy.start,
            verifiedWh: energy.verifiedWh.toString(),
            states: energyStates.encode(states),
            ranges: ranges.map(({ bundle, steps }) => ({
                ...(certificateBundle.encode(bundle) as Readonly<Record<string, Printable>>),
                steps: steps.map(({ at, ...step }) => ({ ...step, at: timeOf(at) })),
            })),
        })),
    };
}

function sumOf(intervals: readonly IntervalLife[]): EnergyStates {
    const names = Object.keys(emptyStates) as (keyof EnergyStates)[];
    const sums = names.map((name) => [name, intervals.reduce((sum, { states }) => sum + states[name], 0n)]);
    return Object.fromEntries(sums) as EnergyStates;
}

const none = 0n as EnergyWh;
const emptyStates: EnergyStates = {
    ...{ unallocated: none, certificate: none, backingCredits: none },
    ...{ claimed: none, withdrawn: none, expired: none },
};

/** What a source said, in wire form. */
function wordOf({ sourceId, kind, sequence, energyWh, transactionId }: DayVerification['sources'][number]): Printable {
    return { sourceId, kind, sequence: sequence.toString(), energyWh: energyWh.toString(), transactionId };
}
