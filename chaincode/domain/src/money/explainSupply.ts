// SPDX-License-Identifier: Apache-2.0
import { addMoney } from './money.js';
import { type CauseTotal, type SupplyChange, supplyCauseKinds } from './supply.js';

/** How much of an asset each kind of cause made or ended, so that nobody has to believe a total. */
export function explainSupply(changes: readonly SupplyChange[]): readonly CauseTotal[] {
    return (['issued', 'redeemed'] as const).flatMap((direction) =>
        supplyCauseKinds.flatMap((kind) => {
            const found = changes.filter((change) => change.direction === direction && change.cause.kind === kind);
            const amount = addMoney(...found.map((change) => change.amount));
            return found.length === 0 ? [] : [{ direction, kind, amount, changeCount: found.length }];
        }),
    );
}
