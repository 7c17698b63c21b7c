// SPDX-License-Identifier: Apache-2.0
import { median, type LoadFigures, type NetworkFigures } from './figures.mts';
import { MAIN_LOAD } from './loads.mts';

export interface Target {
    readonly what: string;
    readonly unit: string;
    readonly wanted: { readonly atLeast: number } | { readonly atMost: number };
    readonly measured: (figures: NetworkFigures) => number;
}

/** The median over the rounds of one kind of load. */
export function over(rounds: readonly LoadFigures[], figure: (round: LoadFigures) => number): number {
    return median(rounds.map(figure));
}

const largest = (values: readonly number[]): number => Math.max(...values);

function largestPeerMiB(round: LoadFigures): number {
    const peers = Object.entries(round.processes).filter(([name]) => name.endsWith('-peer'));
    return largest(peers.map(([, { residentMiB }]) => residentMiB));
}

/** What the embedded engine is to reach on two cores that also run clients and chaincode, 100 in flight. */
export const targets: readonly Target[] = [
    {
        what: 'committed transactions',
        unit: '/s',
        wanted: { atLeast: 200 },
        measured: ({ committed }) => over(committed[MAIN_LOAD], ({ perSecond }) => perSecond),
    },
    {
        what: 'CPU of orderer and peers per transaction',
        unit: 'ms',
        wanted: { atMost: 5 },
        measured: ({ committed }) => over(committed[MAIN_LOAD], ({ engineCpuMsPerCall }) => engineCpuMsPerCall),
    },
    {
        what: 'lone transaction beyond the batch timeout, p50',
        unit: 'ms',
        wanted: { atMost: 25 },
        measured: ({ lone, batchTimeoutMs }) => over(lone, ({ p50Ms }) => p50Ms) - batchTimeoutMs,
    },
    {
        what: 'lone transaction beyond the batch timeout, p95',
        unit: 'ms',
        wanted: { atMost: 25 },
        measured: ({ lone, batchTimeoutMs }) => over(lone, ({ p95Ms }) => p95Ms) - batchTimeoutMs,
    },
    {
        what: 'slowest peer listens after',
        unit: 'ms',
        wanted: { atMost: 400 },
        measured: ({ listensAfterMs }) => largest(Object.values(listensAfterMs)),
    },
    {
        what: 'largest peer under load',
        unit: 'MiB',
        // 200 MB, as operating systems and documents count them.
        wanted: { atMost: 200e6 / 2 ** 20 },
        measured: ({ committed }) => over(committed[MAIN_LOAD], largestPeerMiB),
    },
];

export function isReached({ wanted, measured }: Target, figures: NetworkFigures): boolean {
    const value = measured(figures);
    return 'atLeast' in wanted ? value >= wanted.atLeast : value <= wanted.atMost;
}
