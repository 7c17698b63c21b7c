// SPDX-License-Identifier: Apache-2.0
import { formatMillionths, type ResultOf, type Review, type Vintage } from '@power-currency/domain';
import { timeOf } from './energyLifeWords.js';
import { printable } from './output.js';

type Measured = ResultOf<'Measurement:Describe'>;

/** A facility's period for people: what counts, what each source said, what was found, the review, and what comes next. */
export function measurementText({ measurement, vintage, explanation, review }: Measured): string {
    const { facilityId, period, state, countedWh } = measurement;
    const lines = [
        `${facilityId} ${period} is ${state}: ${wattHours(countedWh)} count`,
        ...(vintage === null ? [] : vintageLines(vintage)),
        ...explanation.map((text) => `  found: ${text}`),
        ...(review === null ? [] : reviewLines(review)),
        ...nextLines(measurement),
    ];
    return `${lines.map(printable).join('\n')}\n`;
}

function vintageLines({ vintage, reconciliation, reconciledAt, readings }: Vintage): readonly string[] {
    const { status, estimateWh, cv, confidence } = reconciliation;
    const figures = `CV ${formatMillionths(cv)}, confidence ${formatMillionths(confidence)}`;
    return [
        `vintage ${String(vintage)}, ${timeOf(reconciledAt)}: ${status}, ${wattHours(estimateWh)}, ${figures}`,
        ...readings.map(({ kind, sourceId, energyWh }) => `  ${kind} ${sourceId} says ${wattHours(energyWh)}`),
    ];
}

function reviewLines({ openedBy, deadline, verdicts, outcome }: Review): readonly string[] {
    const cleared = outcome?.reconciliation;
    const end = cleared === undefined || cleared === null ? '' : `, ${wattHours(cleared.estimateWh)}`;
    return [
        `review opened by ${openedBy}, until ${timeOf(deadline)}`,
        ...verdicts.map(({ role, participantId, verdict, withoutSources, reason }) => {
            const without = withoutSources.length === 0 ? '' : ` without ${withoutSources.join(', ')}`;
            return `  ${role} of ${participantId}: ${verdict}${without}: ${reason}`;
        }),
        ...(outcome === null ? [] : [`  ended ${timeOf(outcome.endedAt)}: ${outcome.verdict}${end}`]),
    ];
}

/** What can be done now, as commands. */
function nextLines({ facilityId, period, state, reports, reconciled }: Measured['measurement']): readonly string[] {
    const next = (what: string, verb: string): string =>
        `next: ${what}: power measurement ${verb} ${facilityId} ${period}`;
    if (state === 'under-review') return [next('reviewers of two roles agree', 'verdict')];
    const known = new Set(reconciled.map(({ sourceId, sequence }) => `${sourceId} ${sequence.toString()}`));
    const isCurrent = reports.every(({ sourceId, sequence }) => known.has(`${sourceId} ${sequence.toString()}`));
    if (!isCurrent) return [next('reports wait', 'reconcile')];
    return state === 'flagged' ? [next('a delegate has it reviewed', 'open-review')] : [];
}

const wattHours = (wh: bigint): string => `${wh.toString()} Wh`;
