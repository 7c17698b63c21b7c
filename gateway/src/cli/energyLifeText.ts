// SPDX-License-Identifier: Apache-2.0
import {
    carrierName,
    type EnergyStates,
    type Facility,
    formatMillionths,
    type Instant,
    instantOf,
    intervalStartAt,
    type Review,
} from '@power-currency/domain';
import {
    type DayVerification,
    type HourLife,
    type IntervalLife,
    type LifeStep,
    type RangeLife,
} from '../application/energyLife.js';
import { actionWords, stateWords, timeOf, whereabouts } from './energyLifeWords.js';
import { grouped } from './grouped.js';
import { printable } from './output.js';

type Row = readonly string[];
type Section = readonly string[];

/** The life of an hour for people: how its energy is known, where it is now, and what happened to each part of it. */
export function lifeText({ facility, verification, intervals }: HourLife): string {
    const sections = [
        titleSection(facility),
        verificationSection(verification),
        ...intervals.flatMap((interval) => intervalSections(interval, facility)),
    ].filter((lines) => lines.length > 0);
    return sections.map((lines) => `${lines.map(printable).join('\n')}\n`).join('\n');
}

function titleSection({ facilityId, displayName, carrier, entityId }: Facility): Section {
    return [`${displayName} (${facilityId}): ${carrierName(carrier)}, of ${entityId}`];
}

function verificationSection(verification: DayVerification | null): Section {
    if (!verification?.vintage) return [];
    const { state, vintage: last, withheldWh, review, sources } = verification;
    const { period, reconciliation, reconciledAt, transactionId } = last;
    const { estimateWh, confidence } = review?.outcome?.reconciliation ?? reconciliation;
    const percent = grouped(formatMillionths(confidence * 100n));
    const verdicts = review?.verdicts ?? [];
    const isVerified = review?.outcome?.verdict === 'verify';
    const leftOut = new Set(isVerified ? verdicts.flatMap(({ withoutSources }) => withoutSources) : []);
    const rows = [
        ...sources.map(({ kind, sourceId, energyWh, transactionId: reportedIn }) => [
            `${kind} ${sourceId}`,
            `says ${wattHours(energyWh)}${leftOut.has(sourceId) ? ', left out' : ''}`,
            reportedIn ?? '-',
        ]),
        [timeOf(reconciledAt), `compared: ${reconciliation.status}`, transactionId],
        ...verdicts.map(verdictRow),
    ];
    const known = `${period} as a whole: ${wattHours(estimateWh)}, ${state}`;
    return [
        `${known} (vintage ${String(last.vintage)}, confidence ${percent} %)`,
        ...aligned(rows),
        ...withheldLines(withheldWh),
    ];
}

/** A reviewer's word, and the sources it leaves out. */
function verdictRow({ role, participantId, verdict, withoutSources, transactionId }: Review['verdicts'][number]): Row {
    const without = withoutSources.length === 0 ? '' : ` without ${withoutSources.join(', ')}`;
    return [`${role} of ${participantId}`, `${verdict}${without}`, transactionId];
}

function withheldLines(withheldWh: bigint): readonly string[] {
    if (withheldWh === 0n) return [];
    return withheldWh > 0n
        ? [
              `  ${wattHours(withheldWh)} were certified that later data took back: other days of the facility make up for them`,
          ]
        : [`  ${wattHours(-withheldWh)} of the day are not certified: they make up for energy of other days`];
}

/** An interval in sum, then each range of its watt-hours with its transactions. */
function intervalSections({ energy, states, ranges }: IntervalLife, { intervalMinutes }: Facility): readonly Section[] {
    const { start, verifiedWh, allocatedWh } = energy;
    const end = intervalStartAt((instantOf(start) + BigInt(intervalMinutes) * 60n) as Instant);
    const named = Object.entries(states) as readonly [keyof EnergyStates, bigint][];
    const counted = named.filter(([, wh]) => wh > 0n);
    const widest = wattHours(verifiedWh).length;
    const sum = [
        `${wattHours(verifiedWh)} from ${hourOf(start)} to ${hourOf(end)} UTC`,
        ...aligned(counted.map(([state, wh]) => [wattHours(wh).padStart(widest), stateWords[state]])),
    ];
    const rest = `Wh ${rangeText(allocatedWh, verifiedWh - 1n)}: ${stateWords.unallocated}`;
    return [sum, ...ranges.map(rangeSection), states.unallocated > 0n ? [rest] : []];
}

function rangeSection({ bundle, steps }: RangeLife): Section {
    const { certificateBundleIdRangeStart: first, certificateBundleIdRangeEnd: last, sdrAllocationId } = bundle;
    const origin = sdrAllocationId === null ? '' : `, given back by storage as ${sdrAllocationId}`;
    return [`Wh ${rangeText(first, last)}: ${whereabouts(bundle)}${origin}`, ...aligned(steps.map(stepRow))];
}

function stepRow({ action, at, accountId, transactionId }: LifeStep): Row {
    return [timeOf(at), actionWords[action](accountId), transactionId];
}

/** Columns of one width each, indented. */
function aligned(rows: readonly Row[]): readonly string[] {
    const widthOf = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
    return rows.map((row) => `  ${row.map((text, column) => text.padEnd(widthOf(column))).join('  ')}`.trimEnd());
}

/** `0-199 (200 Wh)`. */
function rangeText(first: bigint, last: bigint): string {
    return `${first.toString()}-${last.toString()} (${wattHours(last - first + 1n)})`;
}

function wattHours(wh: bigint): string {
    return `${grouped(wh.toString())} Wh`;
}

/** `13:15` of `2026-11-20T13:15Z`. */
function hourOf(start: string): string {
    return start.slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDThh:mm'.length);
}
