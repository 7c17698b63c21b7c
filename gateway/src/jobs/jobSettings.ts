// SPDX-License-Identifier: Apache-2.0
import {
    attesterRole,
    type Codec,
    type Decoded,
    freeText,
    integer,
    isDomainError,
    type Json,
    list,
    nullable,
    object,
    oneOf,
    signerId,
} from '@power-currency/domain';
import { dirname, isAbsolute, join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { Failure } from '../application/failure.js';
import { readInput } from '../cli/readInput.js';
import { type JobStep, jobSteps, minuteOfDay, type Timetable } from './schedule.js';

const path = freeText(400, 1);
const timeOfDay: Codec<string> = freeText(5, 5);

/** `jobs.yaml`. Paths are those of this machine, or below the file's folder. */
const settingsFile = object({
    /** What this machine does; several machines share the outbox. */
    steps: list(oneOf(jobSteps), jobSteps.length, 1),
    data: path,
    logs: path,
    outbox: path,
    /** HH:MM in UTC. */
    loadAt: timeOfDay,
    attestAt: timeOfDay,
    type: oneOf(['A65', 'A75']),
    /** Names or codes of the zones that are loaded. */
    zones: list(freeText(60, 1), 100),
    /** Folder of ZONE_DAY_TYPE.xml; without it the ENTSO-E platform is asked. */
    files: nullable(path),
    signer: nullable(object({ id: signerId, role: attesterRole, key: path })),
    /** Most days that were missed and are made up for. */
    catchUpDays: integer(1, 35),
    /** How many days back zones are read again for late data. */
    revisionDays: integer(0, 35),
    /** How often a step that waits or failed is tried again. */
    retrySeconds: integer(1, 3_600),
});

export type JobSettings = Omit<Decoded<typeof settingsFile>, 'loadAt' | 'attestAt'> & {
    readonly timetable: Timetable;
};

const defaults = {
    ...{ steps: jobSteps, data: 'data', logs: 'logs', outbox: 'outbox', loadAt: '00:20', attestAt: '00:25' },
    ...{ type: 'A65', zones: [], files: null, signer: null, catchUpDays: 7, revisionDays: 7, retrySeconds: 60 },
};

/** Reads the settings. @throws Failure FILE_NOT_FOUND, CONFIG_INVALID */
export function readJobSettings(file: string): JobSettings {
    const settings = decode(file, readInput(file).toString('utf8'));
    const { loadAt, attestAt, ...rest } = settings;
    const [loadMinute, attestMinute] = [minuteOfDay(loadAt), minuteOfDay(attestAt)];
    if (loadMinute === undefined || attestMinute === undefined || attestMinute < loadMinute) {
        throw new Failure('CONFIG_INVALID', { file, problem: 'loadAt and attestAt are no times HH:MM in this order' });
    }
    const needs = (step: JobStep, problem: string): void => {
        if (rest.steps.includes(step)) {
            throw new Failure('CONFIG_INVALID', { file, problem: `step ${step} needs ${problem}` });
        }
    };
    if (rest.zones.length === 0) {
        needs('load', 'zones');
    }
    if (rest.signer === null) {
        needs('sign', 'signer');
    }
    const absolute = (name: string): string => (isAbsolute(name) ? name : join(dirname(file), name));
    return {
        ...{ ...rest, timetable: { loadMinute, attestMinute } },
        ...{ data: absolute(rest.data), logs: absolute(rest.logs), outbox: absolute(rest.outbox) },
        files: rest.files === null ? null : absolute(rest.files),
        signer: rest.signer === null ? null : { ...rest.signer, key: absolute(rest.signer.key) },
    };
}

function decode(file: string, content: string): Decoded<typeof settingsFile> {
    try {
        const fields = (parseYaml(content) ?? {}) as Readonly<Record<string, Json>>;
        return settingsFile.decode({ ...defaults, ...fields }, '');
    } catch (error) {
        const problem = isDomainError(error, 'INVALID_ARGUMENT')
            ? `${error.details.field}: ${error.details.reason}`
            : 'it is no YAML';
        throw new Failure('CONFIG_INVALID', { file, problem }, { cause: error });
    }
}
