// SPDX-License-Identifier: Apache-2.0
import type { WalletId } from '@power-currency/domain';
import { DealingSteps } from '../dealingSteps.js';
import type { Scenario } from '../scenario.js';

/** Deposits and withdrawals that come about, and some that do not. */
export async function tellDealing(scenario: Scenario, dealer: WalletId, customer: WalletId): Promise<void> {
    const dealing = new DealingSteps(scenario, dealer, customer);
    await dealing.authorise();
    const next = async (wallet: WalletId) => ({ amount: 5n, nonce: (await scenario.balanceOf(wallet)).nonce + 1n });
    await dealing.deposit('came', 'NL01/1', await next(dealer));
    await dealing.confirmDeposit('came');
    await dealing.deposit('never-came', 'NL01/2', await next(dealer));
    await dealing.cancelDeposit('never-came');
    await dealing.withdraw('paid', await next(customer));
    await dealing.confirmWithdrawal('paid', 'NL01/3');
    await dealing.withdraw('rejected', await next(customer));
    await dealing.rejectWithdrawal('rejected');
}
