// SPDX-License-Identifier: Apache-2.0
import {
    adjustment,
    claimIssuance,
    closeYear,
    foundSupply,
    issueYear,
    producerWithWallet,
    signAnchor,
} from '../growthSteps.js';
import type { Scenario } from '../scenario.js';

/** Four years are closed, one of them with less than nothing; a supply is founded, grows, and is claimed. */
export async function tellGrowth(scenario: Scenario): Promise<void> {
    const wallet = await producerWithWallet(scenario, 'growth-coop');
    await producerWithWallet(scenario, 'growth-mill');
    for (const [year, wh] of [
        [2023, 100n],
        [2024, 104n],
        [2025, 108n],
        [2026, 113n],
    ] as const) {
        const late = { verified: 1n, carried: -2n };
        await closeYear(scenario, year, { 'growth-coop': wh, 'growth-mill': year === 2025 ? late : 50n });
    }
    await signAnchor(scenario, 2026, 'ops');
    await foundSupply(scenario, 1_000_000n);
    await issueYear(scenario, 2027, await adjustment(scenario, 2027, 1_000n));
    await claimIssuance(scenario, wallet, '2027');
}
