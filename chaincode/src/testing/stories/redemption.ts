// SPDX-License-Identifier: Apache-2.0
import { powerCredit, type WalletId } from '@power-currency/domain';
import { Redeeming } from '../redeeming.js';
import type { Scenario } from '../scenario.js';

/** Every way in which a redemption can end. */
export async function tellRedemption(scenario: Scenario, holder: WalletId): Promise<void> {
    const redeeming = await Redeeming.between(scenario, holder);
    const query = { walletId: holder, asset: powerCredit };
    const pocket = await scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Wallet:BalanceOf', query);
    const nonce = (pocket.nonce + 1n) as typeof pocket.nonce;
    await redeeming.request('accepted', 20n, { nonce, service: 'service' });
    await redeeming.issue('accepted');
    await redeeming.deliver('accepted');
    await redeeming.accept('accepted');
    await redeeming.request('withdrawn', 100n);
    await redeeming.cancel('withdrawn');
    for (const name of ['resolved', 'undisputed']) await redeeming.claimed(name, 100n);
    await redeeming.dispute('resolved');
    await redeeming.resolve('resolved', 'holder');
    await redeeming.request('forgotten', 100n);
    scenario.ledger.time += 604_800n;
    await redeeming.settle('undisputed');
    scenario.ledger.time += 2_592_000n;
    await redeeming.expire('forgotten');
}
