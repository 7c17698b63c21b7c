// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { type Command } from 'commander';
import { Failure } from '../../application/failure.js';
import { createLedger } from '../../application/ledger.js';
import { createEntsoeClient } from '../../energy/entsoeClient.js';
import { type JobSettings, readJobSettings } from '../../jobs/jobSettings.js';
import { lockJobs } from '../../jobs/jobLock.js';
import { readJobState } from '../../jobs/jobState.js';
import { type Machine } from '../../jobs/machine.js';
import { type JobRun, openSteps, runDue } from '../../jobs/runDue.js';
import { dueAtMs, jobSteps, pendingDays } from '../../jobs/schedule.js';
import { startJobs } from '../../jobs/startJobs.js';
import { primitives } from '../../keys/ed25519.js';
import { ExitCode } from '../exitCodes.js';
import { type Printable } from '../output.js';
import { readInput } from '../readInput.js';
import { type Surface } from '../surface.js';

interface JobsOptions {
    readonly config: string;
    readonly dryRun?: boolean;
}

/** `power jobs`: the daily runbook. */
export function addJobsCommand(program: Command, surface: Surface): void {
    const jobs = program
        .command('jobs')
        .description('the daily runbook: load at 00:20 UTC; plan, sign, verify, submit at 00:25')
        .addHelpText(
            'after',
            `
Each machine has a jobs.yaml that names its steps, its zones and its signer; the machines share the outbox folder.
Examples:
  $ power jobs run --dry-run
  $ power jobs run --context cooperative
  $ power jobs status -o json
  $ power jobs start --config /etc/power/jobs.yaml`,
        );
    const add = (name: string, description: string): Command =>
        jobs
            .command(name)
            .description(description)
            .option('--config <yaml>', "this machine's steps", 'jobs.yaml')
            .addHelpText('after', `\nExample:\n  $ power jobs ${name} --config jobs.yaml`);
    add('run', 'run what is due, also for days that were missed; exit code 2 when a step failed')
        .option('--dry-run', 'only say what would be run')
        .action(async ({ config, dryRun }: JobsOptions) => {
            await run(readJobSettings(config), dryRun === true, surface);
        });
    add('start', 'keep running until SIGTERM or SIGINT: what was missed first, then every day at its time').action(
        async ({ config }: JobsOptions) => {
            await start(readJobSettings(config), surface);
        },
    );
    add('status', 'show the last run of each step, its failures in a row, and when it is due next').action(
        ({ config }: JobsOptions) => {
            surface.print(statusOf(readJobSettings(config), surface.environment.now().getTime()));
        },
    );
}

async function run(settings: JobSettings, isDry: boolean, surface: Surface): Promise<void> {
    const machine = await machineOf(settings, surface);
    const nowMs = surface.environment.now().getTime();
    if (isDry) {
        const open = await openSteps(machine, nowMs);
        surface.print(open.map(({ day, step, dueMs }) => ({ day, step, due: iso(dueMs), wouldRun: dueMs <= nowMs })));
        return;
    }
    const unlock = lockJobs(settings.data);
    try {
        const runs = await runDue(machine, nowMs);
        surface.print(runs.map((one) => printed(one)));
        surface.exitCode = runs.some(({ outcome }) => isTrouble(outcome)) ? ExitCode.CheckFailed : ExitCode.Ok;
    } finally {
        unlock();
    }
}

async function start(settings: JobSettings, surface: Surface): Promise<void> {
    const { now, sleep, stopSignal } = surface.environment;
    const machine = await machineOf(settings, surface);
    const unlock = lockJobs(settings.data);
    try {
        await startJobs(machine, { nowMs: () => now().getTime(), sleep }, stopSignal(), ({ runs, problem, nextMs }) => {
            runs.forEach(({ day, step, outcome, detail }) => {
                surface.note(`${day} ${step}: ${outcome}, ${detail}`);
            });
            surface.note(`${problem === undefined ? '' : `${problem}; `}next run ${iso(nextMs)}`);
        });
    } finally {
        unlock();
    }
}

function statusOf({ steps, data, timetable, catchUpDays }: JobSettings, nowMs: number): Printable {
    const state = readJobState(data);
    const [yesterday = ''] = pendingDays(null, nowMs, catchUpDays);
    return jobSteps
        .filter((step) => steps.includes(step))
        .map((step) => {
            const { day, at, outcome, failures, detail } = state[step] ?? {};
            const dueMs = dueAtMs(step, yesterday, timetable);
            const next = dueMs > nowMs ? dueMs : dueMs + 86_400_000;
            return {
                ...{ step, day: day ?? null, at: at ?? null, outcome: outcome ?? 'never run' },
                ...{ failures: failures ?? 0, next: iso(next), detail: detail ?? null },
            };
        });
}

async function machineOf(settings: JobSettings, surface: Surface): Promise<Machine> {
    const { transport } = await surface.ledger();
    return { settings, ledger: createLedger(transport), primitives, fetchDay: sourceOf(settings, surface) };
}

function sourceOf({ files, type }: JobSettings, surface: Surface): Machine['fetchDay'] {
    if (files !== null) {
        return (zone, day) => {
            const name = `${zone.name}_${day}_${type}.xml`;
            return Promise.resolve({ name, bytes: readInput(join(files, name)) });
        };
    }
    const { ENTSOE_TOKEN: token = '', ENTSOE_URL: url } = surface.environment.variables;
    const client = createEntsoeClient({ token, ...(url === undefined ? {} : { url }) });
    return async (zone, day) => {
        if (token === '') {
            throw new Failure('ENTSOE_TOKEN_MISSING', { variable: 'ENTSOE_TOKEN' });
        }
        return client.fetchDay(type, zone, day);
    };
}

function isTrouble(outcome: JobRun['outcome']): boolean {
    return outcome !== 'done' && outcome !== 'waiting';
}

function printed({ day, step, outcome, detail }: JobRun): Printable {
    return { day, step, outcome, detail };
}

function iso(timeMs: number): string {
    return new Date(timeMs).toISOString();
}
