// SPDX-License-Identifier: Apache-2.0
import {
    type Decoded,
    freeText,
    integer,
    isDomainError,
    JsonSyntaxError,
    object,
    oneOf,
    parseJson,
    record,
    canonicalJson,
} from '@power-currency/domain';
import { join } from 'node:path';
import { readIfPresent, writeWhole } from '../cli/energyFiles.js';
import { type JobStep, jobSteps } from './schedule.js';

/**
 * How a step ended. `alarm` is done, with something an operator has to look at. The others are tried again: `waiting`
 * needs another machine, `lacking` energy data that is not there, so that later days go on, `failed` something else.
 */
const outcomes = ['done', 'alarm', 'waiting', 'lacking', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

const stepState = object({
    /** The last run. */
    day: freeText(10),
    at: freeText(24),
    outcome: oneOf(outcomes),
    detail: freeText(2_000),
    /** Runs that failed since the last that did not. */
    failures: integer(0, Number.MAX_SAFE_INTEGER),
});
type StepState = Decoded<typeof stepState>;

/** What each step did last on this machine. It decides nothing: what is to be done follows from ledger and files. */
const jobState = record(stepState);
type JobState = Partial<Readonly<Record<JobStep, StepState>>>;

const stateFile = (folder: string): string => join(folder, 'jobs.json');

/** A damaged file is none: it is written anew with the next run. */
export function readJobState(folder: string): JobState {
    const text = readIfPresent(stateFile(folder));
    if (text === undefined) {
        return {};
    }
    try {
        const states = jobState.decode(parseJson(text), '');
        return Object.fromEntries(jobSteps.flatMap((step) => (states[step] ? [[step, states[step]]] : [])));
    } catch (error) {
        if (error instanceof JsonSyntaxError || isDomainError(error)) {
            return {};
        }
        throw error;
    }
}

/** Writes down one run, whole or not at all. */
export function recordRun(folder: string, step: JobStep, run: Omit<StepState, 'failures'>): void {
    const state = readJobState(folder);
    const failures = run.outcome === 'failed' || run.outcome === 'lacking' ? (state[step]?.failures ?? 0) + 1 : 0;
    const detail = run.detail.replace(/\p{Cc}/gu, ' ').slice(0, 2_000);
    const states = { ...state, [step]: { ...run, detail, failures } } as Readonly<Record<string, StepState>>;
    writeWhole(stateFile(folder), `${canonicalJson(jobState.encode(states))}\n`);
}
