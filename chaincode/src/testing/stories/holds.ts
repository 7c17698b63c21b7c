// SPDX-License-Identifier: Apache-2.0
import type { WalletId } from '@power-currency/domain';
import { HoldSteps, holdSeconds } from '../holdSteps.js';
import type { Scenario } from '../scenario.js';

/** Holds of one payer's money that are posted in parts, given up, and left to expire. */
export async function tellHolds(scenario: Scenario, payer: WalletId, counterparty: WalletId): Promise<void> {
    const holds = new HoldSteps(scenario);
    const { nonce } = await scenario.balanceOf(payer);
    const terms = { from: payer, to: counterparty, amount: 30n };
    await holds.reserve('posted', { ...terms, nonce: nonce + 1n });
    await holds.reserve('voided', { ...terms, nonce: nonce + 2n });
    await holds.reserve('expired', { ...terms, nonce: nonce + 3n });
    const use = { by: counterparty, payer };
    await holds.post({ ...use, holdId: 'posted' }, 10n);
    await holds.post({ ...use, holdId: 'posted' }, 15n, true);
    await holds.void({ ...use, holdId: 'voided' }, 'not to be delivered');
    scenario.ledger.time += holdSeconds;
    await holds.expire(payer, 'expired');
}
