// SPDX-License-Identifier: Apache-2.0
import { median, type LoadFigures, type NetworkFigures, type StartUpFigures } from './figures.mts';
import type { Comparison } from './goals.mts';
import { committedLoadNames, MAIN_LOAD } from './loads.mts';
import type { Machine } from './machine.mts';
import { isReached, over, targets, type Target } from './targets.mts';

type Row = readonly string[];

/** The whole report as text: goals and targets first, then what stands behind them. */
export function reportText(
    machine: Machine,
    networks: readonly NetworkFigures[],
    comparisons: readonly Comparison[],
): string {
    const sections = [machineText(machine)];
    if (comparisons.length > 0) sections.push(table(comparisonRows(comparisons)));
    for (const figures of networks) {
        sections.push(
            `${title(figures)}\n\n${table(targetRows(figures))}`,
            table(loadRows(figures)),
            table(processRows(figures)),
            table(startUpRows(figures)),
            restText(figures),
        );
    }
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

function loadRows({ committed, lone, evaluate }: NetworkFigures): Row[] {
    const figures: Readonly<Record<string, (round: LoadFigures) => number>> = {
        'PER SECOND': ({ perSecond }) => perSecond,
        'P50 ms': ({ p50Ms }) => p50Ms,
        'P95 ms': ({ p95Ms }) => p95Ms,
        'P99 ms': ({ p99Ms }) => p99Ms,
        'ENGINE CPU ms': ({ engineCpuMsPerCall }) => engineCpuMsPerCall,
        'NETWORK PSS MiB': ({ memory }) => memory.proportionalMiB,
        'RSS MiB': ({ memory }) => memory.residentMiB,
        'OTHERS, CORES': ({ othersCores }) => othersCores,
        'VERIFY us': ({ verificationUs }) => verificationUs,
    };
    const row = (name: string, rounds: readonly LoadFigures[]): Row => [
        `${name}; ${String(rounds[0]?.inFlight)} in flight`,
        ...Object.values(figures).map((figure) => digits(over(rounds, figure))),
        rounds.map(({ failures }) => failures).join(', '),
    ];
    return [
        ['LOAD', ...Object.keys(figures), 'FAILED'],
        ...committedLoadNames.map((name) => row(name, committed[name])),
        row('put, 1 key', lone),
        row('evaluate', evaluate),
    ];
}

/** CPU microseconds per transaction and memory of each process. */
function processRows(figures: NetworkFigures): Row[] {
    const { committed, evaluate, idleCpuMsPerSecond, idleResidentMiB } = figures;
    const main = committed[MAIN_LOAD];
    const cpuUs = (rounds: readonly LoadFigures[], name: string): string =>
        String(Math.round(over(rounds, ({ processes }) => (processes[name]?.cpuMsPerCall ?? NaN) * 1000)));
    const cell = (value: number | undefined): string => (value === undefined ? '' : digits(value));
    const row = (name: string): Row => [
        name,
        ...committedLoadNames.map((load) => cpuUs(committed[load], name)),
        cpuUs(evaluate, name),
        cell(over(main, ({ processes }) => processes[name]?.residentMiB ?? NaN)),
        cell(idleResidentMiB[name]),
        cell(idleCpuMsPerSecond[name]),
    ];
    const loads = [...committedLoadNames, 'evaluate'].map((load) => `${load}, CPU us`);
    return [
        ['PROCESS', ...loads, 'RSS MiB LOAD', 'MiB BEFORE', 'IDLE CPU ms/s'],
        ...Object.keys(main[0]?.processes ?? {}).map(row),
    ];
}

function startUpRows({ startUp }: NetworkFigures): Row[] {
    const steps = Object.keys(startUp[0]?.stepSeconds ?? {});
    const row = (name: string, figure: (round: StartUpFigures) => number): Row => [
        name,
        digits(median(startUp.map(figure))),
        startUp.map((round) => digits(figure(round))).join(', '),
    ];
    return [
        ['./test-network.sh up deployCC', 'MEDIAN', 'BY ROUND'],
        row('whole command, s', ({ seconds }) => seconds),
        ...steps.map((step) => row(`  ${step}, s`, ({ stepSeconds }) => stepSeconds[step] ?? NaN)),
        row('CPU of script and commands, s', ({ commandsCpuSeconds }) => commandsCpuSeconds),
        row('CPU of the network, s', ({ processesCpuSeconds }) => processesCpuSeconds),
        row('memory of the network, MiB PSS', ({ memory }) => memory.proportionalMiB),
        row('memory of the network, MiB RSS', ({ memory }) => memory.residentMiB),
        row('load average before', ({ loadBefore }) => loadBefore),
    ];
}

function restText({ commandMs, listensAfterMs, diskBytesPerTransaction, catchUp }: NetworkFigures): string {
    const { blocks, transactions, seconds, blocksPerSecond, transactionsPerSecond, cpuUsPerTransaction } = catchUp;
    return [
        `Commands: ${listed(commandMs, 'ms')}`,
        `Listens after: ${listed(listensAfterMs, 'ms')}`,
        `Disk per transaction: ${listed(diskBytesPerTransaction, 'bytes')}`,
        `An emptied peer has ${String(blocks)} blocks with ${String(transactions)} transactions after ${digits(seconds)} s: ` +
            `${digits(blocksPerSecond)} blocks/s, ${digits(transactionsPerSecond)} transactions/s, ` +
            `${digits(cpuUsPerTransaction)} us of its CPU per transaction`,
    ].join('\n');
}

function comparisonRows(comparisons: readonly Comparison[]): Row[] {
    const row = ({ what, ratio, ratios, goal, isReached }: Comparison): Row => [
        what,
        digits(ratio),
        goal === undefined ? '' : 'atLeast' in goal ? `>= ${digits(goal.atLeast)}` : `<= ${digits(goal.atMost)}`,
        isReached === undefined ? '' : isReached ? 'pass' : 'MISS',
        ratios.map(digits).join(', '),
    ];
    return [['EMBEDDED / FABRIC', 'MEDIAN', 'GOAL', '', 'BY ROUND'], ...comparisons.map(row)];
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
