// SPDX-License-Identifier: Apache-2.0
import { median, type LoadFigures, type NetworkFigures } from './figures.mts';
import { committedLoadNames, MAIN_LOAD } from './loads.mts';

/** The embedded engine beside Fabric: the median of the ratios of neighbouring rounds, so that what disturbs one disturbs the other. */
export interface Comparison {
    readonly what: string;
    /** Embedded divided by Fabric, by round. */
    readonly ratios: readonly number[];
    readonly ratio: number;
    /** What the ratio is to be; undefined where nothing was promised. */
    readonly goal: { readonly atLeast: number } | { readonly atMost: number } | undefined;
    readonly isReached: boolean | undefined;
}

type Goal = Comparison['goal'];
type RoundFigure = (round: LoadFigures) => number;

/** Every comparison, those with a goal first. */
export function compare(embedded: NetworkFigures, fabric: NetworkFigures): Comparison[] {
    const loads = (what: string, figure: RoundFigure, goal: Goal): Comparison[] =>
        committedLoadNames.map((name) =>
            comparison(
                `${what}: ${name}`,
                embedded.committed[name].map(figure),
                fabric.committed[name].map(figure),
                goal,
            ),
        );
    const rounds = (what: string, kind: 'lone' | 'evaluate', figure: RoundFigure): Comparison =>
        comparison(what, embedded[kind].map(figure), fabric[kind].map(figure), undefined);
    const single = (what: string, figure: (figures: NetworkFigures) => number): Comparison =>
        comparison(what, [figure(embedded)], [figure(fabric)], undefined);
    return [
        ...loads('committed per second', ({ perSecond }) => perSecond, { atLeast: 1 }),
        ...loads('latency p99', ({ p99Ms }) => p99Ms, { atMost: 1 }),
        ...loads('CPU of orderer and peers per transaction', ({ engineCpuMsPerCall }) => engineCpuMsPerCall, {
            atMost: 1,
        }),
        comparison(
            'up + deploy, seconds',
            embedded.startUp.map(({ seconds }) => seconds),
            fabric.startUp.map(({ seconds }) => seconds),
            { atMost: 0.5 },
        ),
        comparison(
            'up + deploy, CPU',
            embedded.startUp.map(startUpCpuSeconds),
            fabric.startUp.map(startUpCpuSeconds),
            undefined,
        ),
        comparison(
            'memory of the network after up + deploy',
            embedded.startUp.map(({ memory }) => memory.proportionalMiB),
            fabric.startUp.map(({ memory }) => memory.proportionalMiB),
            { atMost: 1 },
        ),
        comparison(
            `memory of the network under load: ${MAIN_LOAD}`,
            embedded.committed[MAIN_LOAD].map(({ memory }) => memory.proportionalMiB),
            fabric.committed[MAIN_LOAD].map(({ memory }) => memory.proportionalMiB),
            { atMost: 1 },
        ),
        rounds('latency p50 of a lone put', 'lone', ({ p50Ms }) => p50Ms),
        rounds('evaluations per second', 'evaluate', ({ perSecond }) => perSecond),
        rounds('CPU of orderer and peers per evaluation', 'evaluate', ({ engineCpuMsPerCall }) => engineCpuMsPerCall),
        single('transactions per second of a peer catching up', ({ catchUp }) => catchUp.transactionsPerSecond),
        single('CPU per transaction of a peer catching up', ({ catchUp }) => catchUp.cpuUsPerTransaction),
        single('bytes on disk per transaction', ({ diskBytesPerTransaction }) =>
            Object.values(diskBytesPerTransaction).reduce((sum, bytes) => sum + bytes, 0),
        ),
    ];
}

const startUpCpuSeconds = (startUp: { commandsCpuSeconds: number; processesCpuSeconds: number }): number =>
    startUp.commandsCpuSeconds + startUp.processesCpuSeconds;

function comparison(what: string, ours: readonly number[], theirs: readonly number[], goal: Goal): Comparison {
    const ratios = ours.map((value, index) => value / (theirs[index] ?? NaN));
    const ratio = median(ratios);
    return { what, ratios, ratio, goal, isReached: goal && isReached(ratio, goal) };
}

function isReached(ratio: number, goal: NonNullable<Goal>): boolean {
    return 'atLeast' in goal ? ratio >= goal.atLeast : ratio <= goal.atMost;
}
