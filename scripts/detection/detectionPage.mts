// SPDX-License-Identifier: Apache-2.0
import { initialParameters, sourceKinds } from '@power-currency/domain';
import {
    type DetectionReport,
    distinctness,
    runDays,
} from '@power-currency/gateway/dist/sources/simulation/detection.js';
import { table } from '../generate/markdown.mts';

type Rate = DetectionReport['rates'][number];

/** Its share of the estimate when all four kinds report. */
const financialWeight = Number(initialParameters.weightFinancial) / 1_000_000;

const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

/** docs/reference/detection.md, from one measurement. */
export function detectionPage(report: DetectionReport): string {
    const goal = rateOf(report, 1, 10, 'full');
    const isReached = goal.detected >= 0.95 && goal.falsePositive <= 0.01;
    return `<!-- Written by \`npm run detection\`. Run that, do not edit this page. -->

# How well lying sources are found

Measured by \`npm run detection -- --seed ${report.seed} --periods ${String(report.periods)}\`, which runs the ledger's own reconciliation on simulated days of a solar and a wind plant: ${String(report.periods)} days for each choice of liars and inflation, ${String(5 * report.periods)} for honest sources. Each day has one report of each of the four kinds. An honest source errs by a normally distributed share, independent from day to day, whose 95 % interval is its accuracy (±5 % satellite, ±2 % sensor, ±8 % financial, ±3 % audit); a lying one reports so many per cent more than it would have, from its first day at a plant on, ${String(runDays)} days in a row; then everybody is forgotten and it begins again. Parameters and plausibility rules are those of a new ledger.

- **detected**: the period is not VERIFIED.
- **false positives**: periods of honest sources that are not VERIFIED.
- **CV alone**: only the coefficient of variation decides (above 5 %: flagged). **Full rules**: also each source against the mean of the others (more than 3 standard deviations), nameplate, capacity factor, night and rise. **With memory**: also whether a source leaned one way over its last eight days there (rule \`persistent-bias\`); this is what the ledger does.

## Goal

One source that lies by 10 % is to be caught in at least 95 % of periods, at no more than 1 % false positives. Measured with all rules of a new ledger: **${percent(goal.detected)} at ${percent(goal.falsePositive, 2)} false positives**; ${verdict(isReached, report)} By what one period shows on its own ${percent(goal.atOnce.detected)} are caught at ${percent(goal.atOnce.falsePositive, 2)}, by CV alone ${percent(rateOf(report, 1, 10, 'cv').detected)}.

## What accuses the honest

${honestTable(report)}

Weights, accuracies, the 5 % and the 3 standard deviations are the rules as they were given; physics and memory are the ledger's own. ${givenBound(report)} Of a normal distribution 0.27 % lie beyond 3 standard deviations, and each period compares four sources, so that ${percent(4 * 0.0027, 2)} is what to expect of the comparisons, and the coefficient of variation adds to it. [Another mean to compare with](../decisions/0035-reconciliation.md) does not help. The rates are of ${String(honestPeriods(report))} periods, so the 95 % interval of the last one is ±${percent(marginOf(report), 2)}. By itself, an honest source is suspected in ${percent(report.honest.suspected, 2)} of its periods.

## One source lies

${liarTable(report, 1)}

Over all four kinds, each lying as often as the others. By who lies, with memory:

${byLiarsTable(report, 1)}

"Named" is how often the first source suspected is the liar, of the periods detected:

${table(
    ['inflation', 'named'],
    fullRates(report, 1).map((rate) => [inflationOf(rate), namedOf(rate)]),
)}

## Two sources lie by as much

${liarTable(report, 2)}

By who lies, with memory:

${byLiarsTable(report, 2)}

Two liars agree with each other, so they are flagged as a disagreement, but the first one suspected may be an honest source: ${namedOf(rateOf(report, 2, 10, 'full'))} of the periods detected at 10 % name a liar first. That is why a review asks people, and cuts nobody off by itself.

## Why not more

What one period can show is bounded by the accuracies, whatever the rule: only memory gets beyond it, and it needs some days. A source that adds 10 % differs from the best mean of the other three by so many standard deviations of that difference. The bound is what a rule for one period would find that knew which source to doubt, and in which direction, and spent all of its 1 % of false positives on it (the Neyman–Pearson bound):

${table(
    ['who lies by 10 %', 'stands out by', 'bound of one period', 'detected with memory'],
    sourceKinds.map((kind) => [
        kind,
        `${distinctness(kind).toFixed(1)} σ`,
        percent(boundOf(kind)),
        percent(goal.byLiars[kind] ?? 0),
    ]),
)}

Over the four kinds the bound is ${percent(sourceKinds.reduce((sum, kind) => sum + boundOf(kind) / 4, 0))}. The financial source errs by ±8 % when it is honest, so a lie of 10 % hardly leaves what its honest errors reach. Lower limits catch more and accuse the honest; one liar by 10 %:

${table(
    ['limit of an outlier', 'detected at once', 'false positives at once', 'detected', 'false positives'],
    report.limits.map(({ outlierLimit, detected, falsePositive, atOnce }) => [
        `${outlierLimit.toFixed(2)} σ`,
        percent(atOnce.detected),
        percent(atOnce.falsePositive, 2),
        percent(detected),
        percent(falsePositive, 2),
    ]),
)}

${bestLimit(report)} The limit is a parameter that the members vote on (\`outlierLimit\`), and so are accuracies: what would help most is a financial source that is better than ±8 %.

What a lie that is not caught brings: the estimate is a weighted mean, so a financial source that adds 10 % moves it by ${percent(0.1 * financialWeight)}.
`;
}

const honestPeriods = ({ periods }: DetectionReport): number => 5 * periods;

/** Half of the 95 % interval of the share of honest periods that are flagged. */
function marginOf(report: DetectionReport): number {
    const { falsePositive } = rateOf(report, 1, 10, 'full');
    return 1.96 * Math.sqrt((falsePositive * (1 - falsePositive)) / honestPeriods(report));
}

function honestTable(report: DetectionReport): string {
    const { discrepancy, outlier, given, physicsAlone, memoryAlone } = report.honest;
    const rows: readonly (readonly [string, number])[] = [
        ['coefficient of variation above 5 %', discrepancy],
        ['a source more than 3 standard deviations from the others', outlier],
        ['either of these', given],
        ['physics, where these find nothing', physicsAlone],
        ['memory, where nothing else is found', memoryAlone],
        ['all rules', rateOf(report, 1, 10, 'full').falsePositive],
    ];
    return table(
        ['rule', 'honest periods flagged'],
        rows.map(([rule, share]) => [rule, percent(share, 2)]),
    );
}

/** Whether any choice of the ledger's own rules could reach 1 %. */
function givenBound({ honest: { given } }: DetectionReport): string {
    return given > 0.01
        ? `The given rules alone flag ${percent(given, 2)}, so no choice of the others brings it to 1 %.`
        : `The given rules alone flag ${percent(given, 2)}.`;
}

/** Whether the goal is reached, and if not, where it would be. */
function verdict(isReached: boolean, { limits }: DetectionReport): string {
    if (isReached) return 'the goal is reached.';
    const better = limits.find(({ detected, falsePositive }) => detected >= 0.95 && falsePositive <= 0.01);
    return better === undefined
        ? `the goal is not reached, and [here is why](#why-not-more).`
        : `the first half of the goal is reached and the second is not: [3 standard deviations](#what-accuses-the-honest), as the rule was given, accuse honest sources too often. With a limit of ${better.outlierLimit.toFixed(2)} both halves hold: ${percent(better.detected)} at ${percent(better.falsePositive, 2)}.`;
}

/** Of the limits tried, the one that finds most at no more than 1 % false positives. */
function bestLimit({ limits }: DetectionReport): string {
    const [best] = limits
        .filter(({ falsePositive }) => falsePositive <= 0.01)
        .toSorted((a, b) => b.detected - a.detected);
    if (best === undefined) return 'None of them keeps false positives at 1 %.';
    const { outlierLimit, detected, falsePositive } = best;
    return `At no more than 1 % false positives ${outlierLimit.toFixed(2)} σ finds most of them: ${percent(detected)} at ${percent(falsePositive, 2)}.`;
}

/** One-sided: the limit that 1 % of honest sources exceed is 2.326 σ. */
const boundOf = (kind: (typeof sourceKinds)[number]): number => normalShareBelow(distinctness(kind) - 2.326);

/** Share of a standard normal distribution below x, to 10⁻⁷ (Abramowitz and Stegun, 26.2.17). */
function normalShareBelow(x: number): number {
    const t = 1 / (1 + 0.231_641_9 * Math.abs(x));
    const series = [0.319_381_53, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    const tail = series.reduceRight((sum, factor) => (sum + factor) * t, 0) * Math.exp(-(x ** 2) / 2);
    const above = tail / Math.sqrt(2 * Math.PI);
    return x >= 0 ? 1 - above : above;
}

function rateOf({ rates }: DetectionReport, liars: 1 | 2, inflation: number, ruleSet: Rate['ruleSet']): Rate {
    const rate = rates.find(
        (one) => one.liars === liars && one.inflationPercent === inflation && one.ruleSet === ruleSet,
    );
    if (rate === undefined) throw new Error(`no rate of ${String(liars)} liars by ${String(inflation)} %`);
    return rate;
}

function fullRates({ rates }: DetectionReport, liars: 1 | 2): readonly Rate[] {
    return rates.filter((rate) => rate.liars === liars && rate.ruleSet === 'full');
}

const inflationOf = ({ inflationPercent }: Rate): string => `${String(inflationPercent)} %`;
const namedOf = ({ named }: Rate): string => (named === null ? '–' : percent(named));

function liarTable(report: DetectionReport, liars: 1 | 2): string {
    return table(
        [
            'inflation',
            'detected, CV alone',
            'detected, full rules at once',
            'detected, with memory',
            'false positives, CV alone',
            'at once',
            'with memory',
        ],
        fullRates(report, liars).map((full) => {
            const cv = rateOf(report, liars, full.inflationPercent, 'cv');
            return [
                inflationOf(full),
                ...[cv.detected, full.atOnce.detected, full.detected].map((share) => percent(share)),
                ...[cv.falsePositive, full.atOnce.falsePositive, full.falsePositive].map((share) => percent(share, 2)),
            ];
        }),
    );
}

function byLiarsTable(report: DetectionReport, liars: 1 | 2): string {
    const rates = fullRates(report, liars);
    const names = Object.keys(rates[0]?.byLiars ?? {});
    const header = ['inflation', ...names.map((name) => name.replace('+', ' and '))];
    return table(
        header,
        rates.map((rate) => [inflationOf(rate), ...names.map((name) => percent(rate.byLiars[name] ?? 0))]),
    );
}
