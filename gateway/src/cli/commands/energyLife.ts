// SPDX-License-Identifier: Apache-2.0
import {
    certificateBundle,
    type EnergyStates,
    energyStates,
    type EnergyWh,
    facilityId,
    formatMillionths,
    rangeOf,
    vintage,
    type WhRange,
} from '@power-currency/domain';
import { type Command } from 'commander';
import {
    type DayVerification,
    type HourLife,
    type IntervalLife,
    lifeOfHour,
    type LifeStep,
    type RangeLife,
} from '../../application/energyLife.js';
import { createLedger } from '../../application/ledger.js';
import { type Printable, printable } from '../output.js';
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
            else surface.printText(textOf(life));
        })
        .addHelpText('after', '\nExample:\n  $ power energy life roof-1 2026-11-20T13');
}

function wholeOf({ verification, intervals }: HourLife): Readonly<Record<string, Printable>> {
    return {
        verification: verification && {
            state: verification.state,
            vintage: verification.vintage && vintage.encode(verification.vintage),
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

function textOf({ verification, intervals }: HourLife): string {
    return [...verificationText(verification), ...intervals.map(intervalText)].join('\n');
}

function verificationText(verification: DayVerification | null): readonly string[] {
    if (verification === null) return [];
    const { state, vintage: last, sources } = verification;
    if (last === null) return [];
    const { period, reconciliation, reconciledAt, transactionId } = last;
    const agreed = `${wattHours(reconciliation.estimateWh)}, confidence ${formatMillionths(reconciliation.confidence)}`;
    const said = sources.map((source) => {
        const words = `${source.kind} ${source.sourceId} says ${wattHours(source.energyWh)}`;
        return `    report     ${source.transactionId ?? '-'.padEnd(64)}  ${printable(words)}`;
    });
    const lines = [
        `${period} is ${state}, vintage ${String(last.vintage)}: ${agreed}`,
        ...said,
        `    reconcile  ${transactionId}  ${timeOf(reconciledAt)}`,
    ];
    return [`${lines.join('\n')}\n`];
}

function intervalText({ energy, states, ranges }: IntervalLife): string {
    const { facilityId: facility, start, verifiedWh, allocatedWh } = energy;
    const counted = Object.entries(states).filter(([, wh]) => wh > 0n);
    const lines = [
        `${printable(facility)} ${start}: ${wattHours(verifiedWh)} verified`,
        `  ${counted.map(([state, wh]) => `${spelled(state)} ${wattHours(wh)}`).join(', ')}`,
        ...ranges.flatMap(rangeLines),
    ];
    const rest = `  ${allocatedWh.toString()}-${(verifiedWh - 1n).toString()}  ${wattHours(states.unallocated)} unallocated`;
    return `${[...lines, ...(states.unallocated > 0n ? [rest] : [])].join('\n')}\n`;
}

function rangeLines({ bundle, steps }: RangeLife): readonly string[] {
    const { certificateBundleStatus: status, bundleQuantity, accountId, beneficiary, withdrawal } = bundle;
    const { first, last }: WhRange = rangeOf(bundle.certificateBundleId);
    const of = beneficiary === null ? `of ${accountId}` : `for ${beneficiary}`;
    const to = withdrawal === null ? '' : ` to ${withdrawal.registry} as ${withdrawal.reference}`;
    const title = `${first.toString()}-${last.toString()}  ${wattHours(bundleQuantity)} ${status} ${of}${to}`;
    return [`  ${printable(title)}`, ...steps.map(stepLine)];
}

function stepLine({ action, at, accountId, transactionId }: LifeStep): string {
    return `    ${timeOf(at)}  ${action.padEnd(9)}  ${transactionId}  ${printable(accountId)}`;
}

function timeOf(seconds: bigint): string {
    return new Date(Number(seconds) * 1000).toISOString().slice(0, 19) + 'Z';
}

function wattHours(wh: bigint): string {
    return `${wh.toString()} Wh`;
}

/** `backingCredits` as people write it. */
function spelled(name: string): string {
    return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
