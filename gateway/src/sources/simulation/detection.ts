// SPDX-License-Identifier: Apache-2.0
import {
    accuracyOf,
    type Day,
    deviationsIn,
    type EnergyWh,
    type Facility,
    initialParameters,
    initialPlausibilityRules,
    type Parameters,
    type Period,
    type PowerW,
    ppmPerOne,
    type Reading,
    reconcile,
    type Reconciliation,
    type SourceDeviations,
    type SourceId,
    type SourceKind,
    sourceKinds,
    withDeviation,
} from '@power-currency/domain';
import { observedShare } from './observe.js';
import { productionOf } from './productionDay.js';
import { type RandomDraw, randomDraw } from './randomDraw.js';

export const inflationsPercent = [2, 5, 10, 15, 20] as const;
/** `cv`: the coefficient of variation alone (KD-041); `full`: all that the ledger checks, what it remembers included. */
const ruleSets = ['cv', 'full'] as const;
type RuleSet = (typeof ruleSets)[number];

/** Rates are fractions of one. */
interface Rate {
    readonly liars: 1 | 2;
    readonly inflationPercent: number;
    readonly ruleSet: RuleSet;
    /** Periods with liars that are not VERIFIED, over all choices of who lies. */
    readonly detected: number;
    /** Periods of honest sources that are not VERIFIED. */
    readonly falsePositive: number;
    /** The same by what the period shows on its own, without what is remembered of its sources. */
    readonly atOnce: Readonly<Record<'detected' | 'falsePositive', number>>;
    /** `detected` by who lies: kinds joined by `+`. */
    readonly byLiars: Readonly<Record<string, number>>;
    /** Of the detected ones, those in which the first source suspected is a liar; null where the rules name none. */
    readonly named: number | null;
}

interface LimitRate extends Pick<Rate, 'detected' | 'falsePositive' | 'atOnce'> {
    readonly outlierLimit: number;
}

/** Shares of the periods of honest sources; the two rules that were given, and what the ledger's own add to them. */
interface HonestRates {
    readonly discrepancy: number;
    readonly outlier: number;
    /** Found by either of the two. */
    readonly given: number;
    /** Found by plausibility rules where those two find nothing. */
    readonly physicsAlone: number;
    /** Found by what is remembered where nothing else is. */
    readonly memoryAlone: number;
    /** Periods in which one honest source is suspected, the mean of all four. */
    readonly suspected: number;
}

export interface DetectionReport {
    readonly seed: string;
    /** Periods per choice of liars and inflation; five times as many honest ones. */
    readonly periods: number;
    readonly rates: readonly Rate[];
    readonly honest: HonestRates;
    /** One liar by 10 % under the full rule set, for other limits of what is an outlier, in standard deviations. */
    readonly limits: readonly LimitRate[];
}

/**
 * How often lying sources are found, by the ledger's own reconciliation of simulated days: honest errors are normally
 * distributed with each kind's accuracy as 95 % interval (Q09), and independent from day to day. A source that lies does so
 * from its first day at each plant on, for {@link runDays} days; then everybody is forgotten, and it begins again.
 */
export function measureDetection({ seed, periods }: Pick<DetectionReport, 'seed' | 'periods'>): DetectionReport {
    const days = simulatedDays(seed);
    const honest = outcomesOf([], 0, { seed, periods: 5 * periods, days });
    const rates = ([1, 2] as const).flatMap((liars) =>
        inflationsPercent.flatMap((inflationPercent) => {
            const found = choicesOf(liars).map((lying) => ({
                name: lying.join('+'),
                ...outcomesOf(lying, inflationPercent, { seed, periods, days }),
            }));
            return ruleSets.map((ruleSet): Rate => {
                const detected = found.map((each) => each[ruleSet]);
                const atOnce = ruleSet === 'cv' ? 'cv' : 'atOnce';
                const detections = sum(found.map(({ full }) => full));
                return {
                    ...{ liars, inflationPercent, ruleSet },
                    detected: sum(detected) / (found.length * periods),
                    falsePositive: honest[ruleSet] / (5 * periods),
                    atOnce: {
                        detected: sum(found.map((each) => each[atOnce])) / (found.length * periods),
                        falsePositive: honest[atOnce] / (5 * periods),
                    },
                    byLiars: Object.fromEntries(found.map((each) => [each.name, each[ruleSet] / periods])),
                    named:
                        ruleSet === 'cv' || detections === 0 ? null : sum(found.map(({ named }) => named)) / detections,
                };
            });
        }),
    );
    const limits = outlierLimits.map((limit) => limitRate(limit, { seed, periods, days }));
    return { seed, periods, rates, honest: honestRates(honest, 5 * periods), limits };
}

function honestRates({ cv, outlier, given, atOnce, full, suspected }: Outcomes, periods: number): HonestRates {
    return {
        ...{ discrepancy: cv / periods, outlier: outlier / periods, given: given / periods },
        ...{ physicsAlone: (atOnce - given) / periods, memoryAlone: (full - atOnce) / periods },
        suspected: suspected / (sourceKinds.length * periods),
    };
}

const outlierLimits = [2, 2.5, 3, 3.25, 3.5] as const;

function limitRate(outlierLimit: number, setting: Setting): LimitRate {
    const limit = BigInt(outlierLimit * Number(ppmPerOne)) as Parameters['outlierLimit'];
    const changed = { ...setting, parameters: { ...initialParameters, outlierLimit: limit } };
    const found = sourceKinds.map((kind) => outcomesOf([kind], 10, changed));
    const honest = outcomesOf([], 0, { ...changed, periods: 5 * setting.periods });
    return {
        outlierLimit,
        detected: sum(found.map(({ full }) => full)) / (found.length * setting.periods),
        falsePositive: honest.full / (5 * setting.periods),
        atOnce: {
            detected: sum(found.map(({ atOnce }) => atOnce)) / (found.length * setting.periods),
            falsePositive: honest.atOnce / (5 * setting.periods),
        },
    };
}

/** How far a lie of 10 % stands out: in standard deviations of the difference between a kind and the mean of the others. */
export function distinctness(kind: SourceKind): number {
    const accuracy = (of: SourceKind): number => Number(accuracyOf(of, initialParameters)) / Number(ppmPerOne);
    const others = sourceKinds.filter((other) => other !== kind);
    const precision = sum(others.map((other) => accuracy(other) ** -2));
    return (0.1 * 1.96) / Math.sqrt(accuracy(kind) ** 2 + 1 / precision);
}

interface SimulatedDay {
    readonly facility: Pick<Facility, 'carrier' | 'nameplateW' | 'location' | 'intervalMinutes'>;
    readonly day: Day;
    readonly production: ReturnType<typeof productionOf>;
    readonly totalWh: bigint;
}

/** Days of each plant after which everybody is forgotten. */
export const runDays = 24;

/** A year of one solar and one wind plant, every 15th day, so that plausibility rules meet nights, noons and calms. */
function simulatedDays(seed: string): readonly SimulatedDay[] {
    const location = { latitudeMilli: 47_500, longitudeMilli: 13_500 };
    return (['B16', 'B19'] as const).flatMap((carrier) =>
        Array.from({ length: runDays }, (_, index) => {
            const [month, date] = [Math.floor(index / 2) + 1, index % 2 === 0 ? '05' : '20'];
            const day = `2026-${String(month).padStart(2, '0')}-${date}` as Day;
            const plant = { facilityId: `plant-${carrier}`, carrier, nameplateW: 5_000_000n as PowerW, location };
            const production = hourly(productionOf(plant, day, seed));
            const totalWh = production.reduce((total, { energyWh }) => total + energyWh, 0n);
            return { facility: { ...plant, intervalMinutes: '60' }, day, production, totalWh } as const;
        }),
    );
}

function hourly(quarters: ReturnType<typeof productionOf>): ReturnType<typeof productionOf> {
    return quarters.flatMap(({ start }, index) => {
        if (index % 4 !== 0) return [];
        const energyWh = quarters.slice(index, index + 4).reduce((total, quarter) => total + quarter.energyWh, 0n);
        return [{ start, energyWh }];
    });
}

function choicesOf(liars: 1 | 2): readonly (readonly SourceKind[])[] {
    if (liars === 1) return sourceKinds.map((kind) => [kind]);
    return sourceKinds.flatMap((first, index) => sourceKinds.slice(index + 1).map((second) => [first, second]));
}

interface Setting {
    readonly seed: string;
    readonly periods: number;
    readonly days: readonly SimulatedDay[];
    /** Those of a new ledger by default. */
    readonly parameters?: Parameters;
}

/** Counts of periods: found by a rule set or rule; a liar suspected first. `suspected` counts sources. */
type Outcomes = Record<RuleSet | 'atOnce' | 'named' | 'outlier' | 'given' | 'suspected', number>;

/** What of so many periods is found, and whom it names. */
function outcomesOf(
    lying: readonly SourceKind[],
    inflationPercent: number,
    { seed, periods, days, parameters = initialParameters }: Setting,
): Outcomes {
    const draw = randomDraw(`${seed}/${lying.join('+')}/${String(inflationPercent)}`);
    const found = { cv: 0, full: 0, atOnce: 0, named: 0, outlier: 0, given: 0, suspected: 0 };
    let remembered = new Map<string, Map<SourceId, SourceDeviations>>();
    for (let number = 0; number < periods; number++) {
        const day = days[number % days.length];
        if (day === undefined) continue;
        if (number % days.length === 0) remembered = new Map();
        const history = remembered.get(day.facility.carrier) ?? new Map<SourceId, SourceDeviations>();
        remembered.set(day.facility.carrier, history);
        const { status, findings } = reconciled(day, { draw, parameters, history }, (kind) =>
            lying.includes(kind) ? inflationPercent : 0,
        );
        if (status !== 'verified') countFindings(found, findings, lying);
    }
    return found;
}

/** Adds a period that is not verified. */
function countFindings(found: Outcomes, findings: Reconciliation['findings'], lying: readonly SourceKind[]): void {
    const rules = new Set(findings.map(({ rule }) => rule));
    const suspects = new Set(findings.flatMap(({ sourceId }) => sourceId ?? []));
    found.full++;
    if (rules.has('discrepancy')) found.cv++;
    if (rules.has('outlier')) found.outlier++;
    if (rules.has('discrepancy') || rules.has('outlier')) found.given++;
    if (rules.size > 1 || !rules.has('persistent-bias')) found.atOnce++;
    const [first] = suspects;
    if (lying.some((kind) => kind === first)) found.named++;
    found.suspected += suspects.size;
}

interface Memory {
    readonly draw: RandomDraw;
    readonly parameters: Parameters;
    /** Continued by each reconciliation. */
    readonly history: Map<SourceId, SourceDeviations>;
}

function reconciled(
    { facility, day, production, totalWh }: SimulatedDay,
    { draw, parameters, history }: Memory,
    inflationOf: (kind: SourceKind) => number,
): Reconciliation {
    const readings = sourceKinds.map((kind): Reading => {
        const share = observedShare(kind, initialParameters, draw, BigInt(inflationOf(kind)) * 10_000n);
        const seen = (energyWh: bigint): EnergyWh => ((energyWh * share) / ppmPerOne) as EnergyWh;
        const metered = kind === 'sensor' ? production : [];
        const intervals = metered.map(({ start, energyWh }) => ({ start, energyWh: seen(energyWh) }));
        return { sourceId: kind as string as SourceId, kind, energyWh: seen(totalWh), intervals };
    });
    const period = day as string as Period;
    const facts = { readings, facility, period, parameters, rules: initialPlausibilityRules, history };
    const reconciliation = reconcile(facts);
    for (const deviation of deviationsIn(facts)) {
        const { sourceId } = deviation.reading;
        history.set(sourceId, withDeviation(history.get(sourceId), period, deviation));
    }
    return reconciliation;
}

function sum(numbers: readonly number[]): number {
    return numbers.reduce((total, number) => total + number, 0);
}
