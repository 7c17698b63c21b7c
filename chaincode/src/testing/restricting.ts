// SPDX-License-Identifier: Apache-2.0
import {
    type HolderId,
    holderOfMeasure,
    type Measure,
    type RestrictionId,
    type WalletId,
} from '@power-currency/domain';
import type { Scenario } from './scenario.js';

/** Has two organisations freeze a wallet, or sanction a holder. */
export async function restrict(scenario: Scenario, kind: 'freeze-wallet' | 'sanction', subject: string): Promise<void> {
    const measure: Measure =
        kind === 'sanction'
            ? { kind, holderId: subject as HolderId, reason: 'sanctions-list' }
            : { kind, walletId: subject as WalletId, reason: 'court-order' };
    const restrictionId = `${kind}-${subject}` as RestrictionId;
    const facts = { restrictionId, measure, expiresAt: scenario.later(1_000n) };
    await scenario.submit(scenario.person('AuthorityMSP', 'admin'), 'Compliance:ProposeRestriction', facts);
    const named = { restrictionId, holderId: holderOfMeasure(measure) };
    await scenario.submit(scenario.person('CentralBankMSP', 'admin'), 'Compliance:ConfirmRestriction', named);
}
