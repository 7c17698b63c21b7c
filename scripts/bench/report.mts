// SPDX-License-Identifier: Apache-2.0
import { median, type LoadFigures, type NetworkFigures } from './figures.mts';
import type { Machine } from './machine.mts';
import { isReached, over, targets, type Target } from './targets.mts';

type Row = readonly string[];

/** The whole report as text: the targets first, then what stands behind them. */
export function reportText(machine: Machine, networks: readonly NetworkFigures[]): string {
    const sections = [machineText(machine)];
    for (const figures of networks) {
        sections.push(
            `${title(figures)}\n\n${table(targetRows(figures))}`,
            table(loadRows(figures)),
            table(processRows(figures)),
            `Commands: ${listed(figures.commandMs, 'ms')}\nListens after: ${listed(figures.listensAfterMs, 'ms')}`,
        );
    }
    const [embedded, fabric] = networks;
    if (embedded && fabric) sections.push(table(ratioRows(embedded, fabric)));
    return sections.join('\n\n');
}

const title = ({ engine, version }: NetworkFigures): string =>
    `${engine === 'embedded' ? 'Embedded engine' : 'Hyperledger Fabric'} ${version}`;

function machineText(machine: Machine): string {
    const { cores, processor, memoryGiB, kernel, node, openssl, commit, date, loadBefore } = machine;
    return [
        `Machine  ${String(cores)} cores, ${processor}, ${String(memoryGiB)} GiB, Linux ${kernel}; load ${loadBefore.toFixed(1)} before`,
        `Software Node ${node}, OpenSSL ${openssl}, commit ${commit}, ${date}`,
    ].join('\n');
}

function digits(value: number): string {
    return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function targetRows(figures: NetworkFigures): Row[] {
    const row = (target: Target): Row => {
        const { what, unit, wanted, measured } = target;
        const bound = 'atLeast' in wanted ? `>= ${digits(wanted.atLeast)}` : `<= ${digits(wanted.atMost)}`;
        return [what, `${digits(measured(figures))} ${unit}`, bound, isReached(target, figures) ? 'pass' : 'MISS'];
    };
    return [['FIGURE', 'MEASURED', 'TARGET', ''], ...targets.map(row)];
}

function loadRows({ load, lone, evaluate }: NetworkFigures): Row[] {
    const row = (name: string, rounds: readonly LoadFigures[]): Row => [
        `${name}, ${String(rounds[0]?.inFlight)} in flight`,
        ...[
            ({ perSecond }: LoadFigures) => perSecond,
            ({ p50Ms }: LoadFigures) => p50Ms,
            ({ p95Ms }: LoadFigures) => p95Ms,
            ({ p99Ms }: LoadFigures) => p99Ms,
            ({ engineCpuMsPerCall }: LoadFigures) => engineCpuMsPerCall,
            ({ othersCores }: LoadFigures) => othersCores,
            ({ verificationUs }: LoadFigures) => verificationUs,
        ].map((figure) => digits(over(rounds, figure))),
        rounds.map(({ failures }) => failures).join(', '),
    ];
    const header = [
        'LOAD',
        'PER SECOND',
        'P50 ms',
        'P95 ms',
        'P99 ms',
        'ENGINE CPU ms',
        'OTHERS, CORES',
        'VERIFY us',
        'FAILED',
    ];
    return [header, row('put', load), row('put', lone), row('evaluate', evaluate)];
}

function processRows(figures: NetworkFigures): Row[] {
    const { load, evaluate, idleCpuMsPerSecond, idleResidentMiB } = figures;
    const names = Object.keys(load[0]?.processes ?? {});
    const cell = (value: number | undefined): string => (value === undefined ? '' : digits(value));
    const row = (name: string): Row => [
        name,
        cell(over(load, ({ processes }) => processes[name]?.cpuMsPerCall ?? NaN)),
        cell(over(evaluate, ({ processes }) => processes[name]?.cpuMsPerCall ?? NaN)),
        cell(over(load, ({ processes }) => processes[name]?.residentMiB ?? NaN)),
        cell(idleResidentMiB[name]),
        cell(idleCpuMsPerSecond[name]),
    ];
    const header = ['PROCESS', 'CPU ms/put', 'CPU ms/evaluate', 'MiB UNDER LOAD', 'MiB BEFORE', 'IDLE CPU ms/s'];
    return [header, ...names.map(row)];
}

/** Embedded divided by Fabric, round by round: neighbours in time, so that what disturbs one disturbs the other. */
function ratioRows(embedded: NetworkFigures, fabric: NetworkFigures): Row[] {
    const row = (name: string, kind: 'load' | 'lone' | 'evaluate', figure: (round: LoadFigures) => number): Row => {
        const ratios = embedded[kind].map((round, index) => {
            const other = fabric[kind][index];
            return other ? figure(round) / figure(other) : NaN;
        });
        return [name, digits(median(ratios)), ratios.map(digits).join(', ')];
    };
    return [
        ['EMBEDDED / FABRIC', 'MEDIAN', 'BY ROUND'],
        row('committed per second', 'load', ({ perSecond }) => perSecond),
        row('latency p50 under load', 'load', ({ p50Ms }) => p50Ms),
        row('engine CPU per transaction', 'load', ({ engineCpuMsPerCall }) => engineCpuMsPerCall),
        row('latency p50 of a lone transaction', 'lone', ({ p50Ms }) => p50Ms),
        row('evaluations per second', 'evaluate', ({ perSecond }) => perSecond),
        row('engine CPU per evaluation', 'evaluate', ({ engineCpuMsPerCall }) => engineCpuMsPerCall),
    ];
}

function listed(values: Readonly<Record<string, number>>, unit: string): string {
    return Object.entries(values)
        .map(([name, value]) => `${name} ${digits(value)} ${unit}`)
        .join(', ');
}

/** First column to the left, the others to the right. */
function table(rows: readonly Row[]): string {
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    const line = (row: Row): string =>
        row
            .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
            .join('  ');
    return rows.map((row) => line(row).trimEnd()).join('\n');
}
