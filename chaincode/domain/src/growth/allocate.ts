// SPDX-License-Identifier: Apache-2.0
import { type EnergyWh } from '../energy/energy.js';
import { type HolderId } from '../encoding/identifier.js';
import { money, type Money } from '../money/money.js';
import { apportion } from '../money/apportion.js';

/** What an entity's share is measured by: its verified production net of what is counted elsewhere. */
export interface Producer {
    readonly entityId: HolderId;
    readonly netWh: EnergyWh;
}

export interface IssuanceShare {
    readonly entityId: HolderId;
    readonly amount: Money;
}

/**
 * An issuance shared out by verified production (KD-025): largest remainder, of equal ones the lower entity id (Q06).
 * In order of ids, without those that get nothing. Throws RangeError where nobody produced anything.
 */
export function allocate(amount: Money, producers: readonly Producer[]): readonly IssuanceShare[] {
    const ordered = [...producers].sort((a, b) => (a.entityId < b.entityId ? -1 : 1));
    const parts = apportion(
        amount,
        ordered.map(({ netWh }) => netWh),
    );
    return ordered.flatMap(({ entityId }, index) => {
        const part = money(parts[index] ?? 0n);
        return part === 0n ? [] : [{ entityId, amount: part }];
    });
}
