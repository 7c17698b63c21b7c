// SPDX-License-Identifier: Apache-2.0
import { type CreditId, manyTransferIntent, money, powerCredit, type WalletId } from '@power-currency/domain';
import type { Scenario } from '../scenario.js';

/** Payments to and fro, one of them to several at once. */
export async function tellPayments(scenario: Scenario, anna: WalletId, bert: WalletId): Promise<void> {
    const client = scenario.person('AuthorityMSP');
    const creditIds: CreditId[] = [];
    for (const nonce of [1n, 2n, 3n]) {
        const intent = scenario.intent({ from: anna, to: bert, amount: 10n * nonce, nonce });
        const paid = await scenario.ledger.submit(client, 'Wallet:Transfer', scenario.signedIntent(intent));
        creditIds.push(paid.creditId);
    }
    const back = scenario.intent({ from: bert, to: anna, amount: 5n, nonce: 1n });
    await scenario.ledger.submit(client, 'Wallet:Transfer', scenario.signedIntent(back, creditIds));
    const [carl, dora] = [await scenario.openWallet('carl'), await scenario.openWallet('dora.savings')];
    const payees = [carl, dora, carl].map((to, index) => ({ to, amount: money(BigInt(index + 1)), reference: 'é' }));
    const salaries = scenario.signed(manyTransferIntent, {
        ...{ ...scenario.intentFields(bert, 2n), type: 'power/transfer-many', asset: powerCredit, payees },
        ...{ memo: 'salaries', travelRule: 'TR-1' },
    });
    await scenario.ledger.submit(client, 'Wallet:TransferMany', { ...salaries, foldIds: [] });
}
