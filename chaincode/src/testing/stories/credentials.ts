// SPDX-License-Identifier: Apache-2.0
import type { HolderId } from '@power-currency/domain';
import type { Scenario } from '../scenario.js';

/** A member accredits an entity, and thinks better of it. */
export async function tellCredentials(scenario: Scenario): Promise<void> {
    const delegate = scenario.person('CooperativeMSP', 'admin');
    const held = { holderId: 'solar' as HolderId, kind: 'provider' as const };
    const expiresAt = (scenario.ledger.time + 1_000n) as never;
    const evidence = new Uint8Array(32).fill(7);
    await scenario.submit(delegate, 'Registry:GrantCredential', { ...held, evidence, expiresAt });
    await scenario.submit(delegate, 'Registry:RevokeCredential', { ...held, reason: 'licence withdrawn' });
}
