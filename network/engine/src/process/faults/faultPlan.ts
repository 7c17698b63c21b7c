// SPDX-License-Identifier: Apache-2.0
import { observeFaultPoints, faultPoints, type FaultPoint } from './faultPoints.js';

type Fate = 'kill' | 'full';

interface PlannedFault {
    readonly point: FaultPoint;
    readonly fate: Fate;
    /** The how-manieth time the point is reached, from 1. */
    readonly time: number;
}

const names: readonly FaultPoint[] = Object.values(faultPoints).flat();

/**
 * Reads `POINT=kill:N` or `POINT=full:N`, several separated by commas: when the point is reached for the Nth time, the
 * process is killed as by `kill -9`, or the step fails as on a full disk. Throws RangeError.
 */
export function parseFaultPlan(text: string): readonly PlannedFault[] {
    return text.split(',').map((entry) => {
        const match = /^([^=]+)=(kill|full):([1-9]\d{0,8})$/.exec(entry);
        const point = names.find((name) => name === match?.[1]);
        if (match === null || point === undefined) {
            throw new RangeError(
                `'${entry}' is no planned fault: write POINT=kill:N or POINT=full:N, POINT one of ${names.join(', ')}`,
            );
        }
        return { point, fate: match[2] as Fate, time: Number(match[3]) };
    });
}

/** Has the plan happen in this process. */
export function followFaultPlan(plan: readonly PlannedFault[]): void {
    const times = new Map<FaultPoint, number>();
    observeFaultPoints((point) => {
        const time = (times.get(point) ?? 0) + 1;
        times.set(point, time);
        const fault = plan.find((planned) => planned.point === point && planned.time === time);
        if (fault?.fate === 'kill') process.kill(process.pid, 'SIGKILL');
        if (fault?.fate === 'full') {
            throw Object.assign(new Error(`ENOSPC: no space left on device, planned at ${point}`), { code: 'ENOSPC' });
        }
    });
}
