// SPDX-License-Identifier: Apache-2.0
import { isoDay, parseDay } from '../energy/localDay.js';

/** The steps of the runbook in their order (AI-28). */
export const jobSteps = ['load', 'plan', 'sign', 'verify', 'submit'] as const;
export type JobStep = (typeof jobSteps)[number];

/** Times of day in minutes after midnight UTC: when the day before is loaded, and when it is attested. */
export interface Timetable {
    readonly loadMinute: number;
    readonly attestMinute: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The moment from which a step of a day may run: on the day after, at the step's time. */
export function dueAtMs(step: JobStep, day: string, { loadMinute, attestMinute }: Timetable): number {
    return parseDay(day) + DAY_MS + (step === 'load' ? loadMinute : attestMinute) * MINUTE_MS;
}

/**
 * The days to attest, oldest first: those after the last attested one that are over, the newest `catchUpDays` of them.
 * Before the first attestation only the newest is missed.
 */
export function pendingDays(lastDay: string | null, nowMs: number, catchUpDays: number): readonly string[] {
    const yesterdayMs = parseDay(isoDay(nowMs)) - DAY_MS;
    const oldestMs = yesterdayMs - (catchUpDays - 1) * DAY_MS;
    const firstMs = lastDay === null ? yesterdayMs : Math.max(parseDay(lastDay) + DAY_MS, oldestMs);
    return Array.from({ length: Math.max(0, (yesterdayMs - firstMs) / DAY_MS + 1) }, (_, index) =>
        isoDay(firstMs + index * DAY_MS),
    );
}

/** The days before one day, newest first. */
export function daysBefore(day: string, count: number): readonly string[] {
    return Array.from({ length: count }, (_, index) => isoDay(parseDay(day) - (index + 1) * DAY_MS));
}

/** The next moment at which a step becomes due. */
export function nextRunMs(nowMs: number, { loadMinute, attestMinute }: Timetable): number {
    const midnight = parseDay(isoDay(nowMs));
    const times = [0, DAY_MS].flatMap((later) =>
        [loadMinute, attestMinute].map((minute) => midnight + later + minute * MINUTE_MS),
    );
    return Math.min(...times.filter((time) => time > nowMs));
}

/** Minutes after midnight of HH:MM, or undefined. */
export function minuteOfDay(text: string): number | undefined {
    const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
    return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}
