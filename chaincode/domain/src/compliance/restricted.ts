// SPDX-License-Identifier: Apache-2.0
import type { WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';
import type { ActiveRestriction } from './restrictionRecords.js';

/** Whether money may leave the wallet, by the restrictions of its holder. Throws SANCTIONED or WALLET_FROZEN. */
export function checkPayerFree(walletId: WalletId, active: readonly ActiveRestriction[], now: Instant): void {
    checkPayeeFree(walletId, active, now);
    for (const restriction of inForce(active, now)) {
        const { measure } = restriction;
        if (measure.kind === 'freeze-wallet' && measure.walletId !== walletId) continue;
        refuse('WALLET_FROZEN', factsOf(walletId, restriction));
    }
}

/** Whether the wallet may be paid: a freeze does not keep money from coming in. Throws SANCTIONED. */
export function checkPayeeFree(walletId: WalletId, active: readonly ActiveRestriction[], now: Instant): void {
    const sanction = inForce(active, now).find(({ measure }) => measure.kind === 'sanction');
    if (sanction !== undefined) refuse('SANCTIONED', factsOf(walletId, sanction));
}

function inForce(active: readonly ActiveRestriction[], now: Instant): readonly ActiveRestriction[] {
    return active.filter(({ expiresAt }) => now < expiresAt);
}

function factsOf(
    walletId: WalletId,
    { restrictionId, measure, expiresAt }: ActiveRestriction,
): { walletId: string; restrictionId: string; reason: string; until: string } {
    return { walletId, restrictionId, reason: measure.reason, until: expiresAt.toString() };
}
