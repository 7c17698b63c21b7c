// SPDX-License-Identifier: Apache-2.0
import { isAboveBand, isCovered, isUncovered } from '../credit/coverage.js';
import type { DomainEvent } from '../event/eventCatalogue.js';
import type { Parameters } from '../governance/parameters.js';
import type { Fraction, Ppm } from '../money/ratio.js';
import type { AttestationRecord } from './attestationRecord.js';
import { formatCoverage } from '../credit/coverageText.js';

/** AI-09 with the hysteresis of Q31: below the minimum issuance freezes, at minimum plus margin the freeze ends. */
export function isFrozenAfter(wasFrozen: boolean, coverage: Fraction | undefined, parameters: Parameters): boolean {
    const { coverageRatioMin, unfreezeMargin } = parameters;
    const needed = wasFrozen ? ((coverageRatioMin + unfreezeMargin) as Ppm) : coverageRatioMin;
    return !isCovered(coverage, needed);
}

/** What the gating coverage of the day makes known: a freeze begun or ended, the band left upwards, a reserve too small. */
export function coverageEvents(
    record: AttestationRecord,
    wasFrozen: boolean,
    coverage: Fraction | undefined,
    parameters: Parameters,
): readonly DomainEvent[] {
    const { day, gate, isFrozen } = record;
    const facts = { day, gate, coverageRatio: formatCoverage(coverage) };
    const events: DomainEvent[] = [];
    if (isFrozen && !wasFrozen) events.push({ type: 'CoverageFrozen', ...facts });
    if (!isFrozen && wasFrozen) events.push({ type: 'CoverageRecovered', ...facts });
    if (isAboveBand(coverage, parameters)) events.push({ type: 'CoverageAboveBand', ...facts });
    if (isUncovered(coverage)) events.push({ type: 'CoverageDefence', ...facts });
    return events;
}
