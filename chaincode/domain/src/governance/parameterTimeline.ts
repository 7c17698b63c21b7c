// SPDX-License-Identifier: Apache-2.0
import { type Decoded, integer, list, object } from '../encoding/codec.js';
import { day, type Day, nextDay } from '../time/day.js';
import { type Parameters, parameters } from './parameters.js';

/** Most versions that are kept: so many days with changes may lie between two attestations. */
const versionCountMax = 64;

/** The parameters at the end of every ledger day from `fromDay` on, until the next version. */
const parameterVersion = object({ fromDay: day, parameters });

/** The versions in order of their days; never empty. */
export const parameterVersions = list(parameterVersion, versionCountMax, 1);
export const parameterTimeline = object({
    versions: parameterVersions,
    /** Changes executed so far: each has its number. */
    changeCount: integer(0, Number.MAX_SAFE_INTEGER),
});
export type ParameterTimeline = Decoded<typeof parameterTimeline>;

/** Before the first change: these parameters have been in force ever since. */
export function timelineOf(initial: Parameters): ParameterTimeline {
    return { versions: [{ fromDay: '2000-01-01' as Day, parameters: initial }], changeCount: 0 };
}

/**
 * The parameters in force at the end of a day. A day before the oldest version that is kept is answered with that
 * version.
 */
export function parametersAsOf({ versions }: Pick<ParameterTimeline, 'versions'>, of: Day): Parameters {
    const found = versions.findLast(({ fromDay }) => fromDay <= of) ?? versions[0];
    if (found === undefined) throw new Error('a timeline has at least one version');
    return found.parameters;
}

/**
 * The timeline with parameters in force from today on. Versions that no day after the last attested one can ask for are
 * forgotten.
 */
export function withVersion(
    { versions, changeCount }: ParameterTimeline,
    changed: Parameters,
    today: Day,
    lastAttestedDay: Day | undefined,
): ParameterTimeline {
    const kept = [...versions.filter(({ fromDay }) => fromDay < today), { fromDay: today, parameters: changed }];
    const firstAsked = lastAttestedDay === undefined ? undefined : nextDay(lastAttestedDay);
    const oldest = firstAsked === undefined ? 0 : kept.findLastIndex(({ fromDay }) => fromDay <= firstAsked);
    return {
        versions: kept.slice(Math.max(oldest, 0)).slice(-versionCountMax),
        changeCount: changeCount + 1,
    };
}
