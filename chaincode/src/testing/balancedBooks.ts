// SPDX-License-Identifier: Apache-2.0
import type { AssetCode } from '@power-currency/domain';
import type { Scenario } from './scenario.js';

/** Asserts by an independent count that every unit of the asset issued and not redeemed is in exactly one place. */
export async function expectBalancedBooks(scenario: Scenario, asset: AssetCode): Promise<void> {
    const counted = await scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Asset:DescribeSupply', { asset });
    const { issued, redeemed, wallets, pending, held, notes, escrow, vouchers } = counted;
    const difference = wallets + pending + held + notes + escrow + vouchers - (issued - redeemed);
    if (difference !== 0n) throw new Error(`the books of ${asset} are off by ${difference.toString()}`);
}
