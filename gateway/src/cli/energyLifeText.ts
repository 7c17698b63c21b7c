// SPDX-License-Identifier: Apache-2.0
import { formatMillionths, rangeOf, type Review, type WhRange } from '@power-currency/domain';
import {
    type DayVerification,
    type HourLife,
    type IntervalLife,
    type LifeStep,
    type RangeLife,
} from '../application/energyLife.js';
import { printable } from './output.js';

type Verdict = Review['verdicts'][number];

/** The life of an hour for people: what its day stands on, its states, then each range with its owner and transactions. */
export function lifeText({ verification, intervals }: HourLife): string {
    return [...verificationText(verification), ...intervals.map(intervalText)].join('\n');
}

function verificationText(verification: DayVerification | null): readonly string[] {
    if (verification === null) return [];
    const { state, vintage: last, review, sources } = verification;
    if (last === null) return [];
    const { period, reconciliation, reconciledAt, transactionId } = last;
    const { estimateWh, confidence } = review?.outcome?.reconciliation ?? reconciliation;
    const agreed = `${wattHours(estimateWh)}, confidence ${formatMillionths(confidence)}`;
    const said = sources.map((source) => {
        const words = `${source.kind} ${source.sourceId} says ${wattHours(source.energyWh)}`;
        return `    report     ${source.transactionId ?? '-'.padEnd(64)}  ${printable(words)}`;
    });
    const lines = [
        `${period} is ${state}, vintage ${String(last.vintage)}: ${agreed}`,
        ...said,
        `    reconcile  ${transactionId}  ${timeOf(reconciledAt)} ${reconciliation.status}`,
        ...(review?.verdicts ?? []).map(verdictLine),
    ];
    return [`${lines.join('\n')}\n`];
}

/** A reviewer's word, and the sources it leaves out. */
function verdictLine({ role, participantId, verdict, withoutSources, transactionId }: Verdict): string {
    const without = withoutSources.length === 0 ? '' : ` without ${withoutSources.join(', ')}`;
    return `    verdict    ${transactionId}  ${printable(`${role} of ${participantId}: ${verdict}${without}`)}`;
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

/** Seconds since 1970 as ISO 8601 in UTC. */
export function timeOf(seconds: bigint): string {
    return new Date(Number(seconds) * 1000).toISOString().slice(0, 19) + 'Z';
}

function wattHours(wh: bigint): string {
    return `${wh.toString()} Wh`;
}

/** `backingCredits` as people write it. */
function spelled(name: string): string {
    return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
