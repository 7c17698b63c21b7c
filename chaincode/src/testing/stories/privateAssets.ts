// SPDX-License-Identifier: Apache-2.0
import type { WalletId } from '@power-currency/domain';
import { Issuing } from '../issuing.js';
import type { Scenario } from '../scenario.js';

/** A private asset from its application to the retirement of its units. */
export async function tellPrivateAssets(scenario: Scenario, holder: WalletId): Promise<void> {
    const issuing = await Issuing.by(scenario);
    await issuing.launch({ access: 'allow-list', cap: 100n as never });
    await issuing.allow([holder, issuing.issuer]);
    await issuing.fund(holder, 50n);
    await issuing.disallow([holder]);
    await issuing.suspend();
    await issuing.resume();
    await issuing.retire(holder, 20n);
}
