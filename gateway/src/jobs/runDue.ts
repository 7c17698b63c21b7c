// SPDX-License-Identifier: Apache-2.0
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, isFailure } from '../application/failure.js';
import { recordRun, readJobState } from './jobState.js';
import { readPlanned } from './exchange.js';
import { isAttested, type Machine, type StepResult, type StepRun } from './machine.js';
import { dueAtMs, jobSteps, type JobStep, pendingDays } from './schedule.js';
import { loadStep } from './steps/loadStep.js';
import { planStep } from './steps/planStep.js';
import { signStep } from './steps/signStep.js';
import { submitStep } from './steps/submitStep.js';
import { verifyStep } from './steps/verifyStep.js';

const stepRuns: Readonly<Record<JobStep, StepRun>> = {
    load: loadStep,
    plan: planStep,
    sign: signStep,
    verify: verifyStep,
    submit: submitStep,
};

export interface JobRun extends StepResult {
    readonly day: string;
    readonly step: JobStep;
}

/** A step that is to run, and when it may. */
interface DueStep {
    readonly day: string;
    readonly step: JobStep;
    readonly dueMs: number;
}

/** This machine's steps of every day that is not attested, oldest day first. */
export async function openSteps({ settings, ledger }: Machine, nowMs: number): Promise<readonly DueStep[]> {
    const { lastDay } = await ledger.attestation.describeBasis({});
    const own = jobSteps.filter((step) => settings.steps.includes(step));
    return pendingDays(lastDay, nowMs, settings.catchUpDays).flatMap((day) =>
        own.map((step) => ({ day, step, dueMs: dueAtMs(step, day, settings.timetable) })),
    );
}

/**
 * Runs what is due. Every missed day is loaded. Attestations are linked: a day that is planned holds up those after it
 * until it is attested. One that lacks energy data is never planned, and so passed over by every machine.
 */
export async function runDue(machine: Machine, nowMs: number): Promise<readonly JobRun[]> {
    const runs: JobRun[] = [];
    const due = (await openSteps(machine, nowMs)).filter(({ dueMs }) => dueMs <= nowMs);
    let mayAttest = true;
    for (const day of new Set(due.map((step) => step.day))) {
        const steps = due.filter((one) => one.day === day && (mayAttest || one.step === 'load'));
        const ran = await runSteps(machine, steps, nowMs);
        runs.push(...ran);
        const hasFailed = ran.at(-1)?.outcome === 'failed';
        const isPlanned = readPlanned(machine.settings, day) !== undefined;
        mayAttest &&= !hasFailed && (!isPlanned || (await isAttested(machine.ledger, day)));
    }
    return runs;
}

/** One day's steps, until one of them does not get done. */
async function runSteps(machine: Machine, steps: readonly DueStep[], nowMs: number): Promise<readonly JobRun[]> {
    const runs: JobRun[] = [];
    for (const { day, step } of steps) {
        const run = { day, step, ...(await attempt(machine, step, day)) };
        runs.push(run);
        note(machine, run, nowMs);
        if (run.outcome !== 'done' && run.outcome !== 'alarm') {
            break;
        }
    }
    return runs;
}

async function attempt(machine: Machine, step: JobStep, day: string): Promise<StepResult> {
    try {
        return await stepRuns[step](machine, day);
    } catch (error) {
        const lacks = ['FILE_NOT_FOUND', 'ENERGY_NO_DATA', 'ENERGY_DAY_INCOMPLETE', 'ENERGY_DAY_OVERLAP'] as const;
        const isLacking = step === 'load' && lacks.some((code) => isFailure(error, code));
        const message = error instanceof Error ? error.message : String(error);
        const detail = error instanceof Failure ? `${message}: ${error.advice}` : message;
        return { outcome: isLacking ? 'lacking' : 'failed', detail };
    }
}

/** Every change is written to the step's own log and to the state; a step with nothing to do has nothing to tell. */
function note({ settings }: Machine, run: JobRun, nowMs: number): void {
    const { day, step, outcome, detail } = run;
    const before = readJobState(settings.data)[step];
    const isSame = before?.day === day && before.outcome === outcome;
    if (isSame && run.isRepeated === true) {
        return;
    }
    const at = new Date(nowMs).toISOString();
    recordRun(settings.data, step, { day, at, outcome, detail });
    if (!isSame || before.detail !== detail) {
        mkdirSync(settings.logs, { recursive: true });
        const line = `${at} ${day} ${outcome} ${detail.replace(/\p{Cc}/gu, ' ')}\n`;
        appendFileSync(join(settings.logs, `${step}.log`), line);
    }
}
