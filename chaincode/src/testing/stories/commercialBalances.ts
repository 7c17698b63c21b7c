// SPDX-License-Identifier: Apache-2.0
import { CommercialDesk } from '../commercialDesk.js';
import type { Scenario } from '../scenario.js';

/** Money goes into the private data collection, from one wallet to another there, and out of it again. */
export async function tellCommercialBalances(scenario: Scenario, day: string): Promise<void> {
    const desk = new CommercialDesk(scenario);
    const shop = await scenario.openWallet('cooperative.shop', 'CooperativeMSP', 'commercial');
    const mill = await scenario.openWallet('centralbank.mill', 'CentralBankMSP', 'commercial');
    await desk.fund(day, 100n, shop);
    const parcel = await desk.deposit(shop, 60n, 1n);
    const intent = desk.transferIntent({ from: shop, amount: 25n, parcelIds: [parcel] }, mill, 'flour, é');
    const { paid } = await desk.transfer(intent);
    await desk.withdraw(desk.withdrawIntent({ from: mill, amount: 10n, parcelIds: [paid] }), await desk.shareIds());
}
