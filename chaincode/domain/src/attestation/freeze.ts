// SPDX-License-Identifier: Apache-2.0
import { isAboveBand, isCovered } from '../credit/coverage.js';
import type { DomainEvent } from '../event/eventCatalogue.js';
import type { Parameters } from '../governance/parameters.js';
import type { Fraction, Ppm } from '../money/ratio.js';
import type { AttestationRecord } from './attestationRecord.js';

/** AI-09 with the hysteresis of Q31: below the minimum issuance freezes, at minimum plus margin the freeze ends. */
export function isFrozenAfter(wasFrozen: boolean, coverage: Fraction | undefined, parameters: Parameters): boolean {
    const { coverageRatioMin, unfreezeMargin } = parameters;
    const needed = wasFrozen ? ((coverageRatioMin + unfreezeMargin) as Ppm) : coverageRatioMin;
    return !isCovered(coverage, needed);
}

/** What the day's coverage makes known: a freeze begun or ended, or the band left upwards. */
export function coverageEvents(
    record: AttestationRecord,
    wasFrozen: boolean,
    coverage: Fraction | undefined,
    parameters: Parameters,
): readonly DomainEvent[] {
    const { day, coverageRatio, isFrozen } = record;
    const events: DomainEvent[] = [];
    if (isFrozen && !wasFrozen) events.push({ type: 'CoverageFrozen', day, coverageRatio });
    if (!isFrozen && wasFrozen) events.push({ type: 'CoverageRecovered', day, coverageRatio });
    if (isAboveBand(coverage, parameters)) events.push({ type: 'CoverageAboveBand', day, coverageRatio });
    return events;
}
