// SPDX-License-Identifier: Apache-2.0
import { activeEntity, facilityOf } from '../energySteps.js';
import { Measuring } from '../measuring.js';
import type { Scenario } from '../scenario.js';

const mwh = 1_000_000n;

/** Sources agree on one day, and quarrel about two: one is cleared, and nobody decides about the other. */
export async function tellMeasurement(scenario: Scenario): Promise<void> {
    const entityId = await activeEntity(scenario, 'story-mills', 'cooperative', { country: 'DK' });
    const facility = await facilityOf(scenario, entityId, 'story-mill', { carrier: 'B19', nameplateW: 10n * mwh });
    const mill = await Measuring.of(scenario, facility);
    await mill.measured('2026-11-17', 100n * mwh);
    await mill.measured('2026-11-18', 100n * mwh, { sensor: 130n * mwh });
    await mill.openReview('2026-11-18');
    await mill.verdict('AuthorityMSP', '2026-11-18', 'verify', ['story-mill-sensor']);
    await mill.verdict('CentralBankMSP', '2026-11-18', 'verify', ['story-mill-sensor']);
    await mill.measured('2026-11-19', 100n * mwh, { audit: 50n * mwh });
    const { deadline } = await mill.openReview('2026-11-19');
    scenario.ledger.time = deadline;
    await mill.expireReview('2026-11-19');
}
