// SPDX-License-Identifier: Apache-2.0
import type { RedemptionId, WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';
import type { Redemption, RedemptionState } from './redemptionRecords.js';

/** Throws REDEMPTION_NOT_FOUND. */
export function existingRedemption(redemptionId: RedemptionId, found: Redemption | undefined): Redemption {
    return found ?? refuse('REDEMPTION_NOT_FOUND', { redemptionId });
}

/** Whether the wallet that signed plays the part. Throws REDEMPTION_NOT_YOURS. */
export function checkParty({ redemptionId, ...parties }: Redemption, part: 'wallet' | 'provider', by: WalletId): void {
    if (parties[part] !== by) refuse('REDEMPTION_NOT_YOURS', { redemptionId, walletId: by });
}

/** Throws REDEMPTION_STATE_MISMATCH. */
export function checkState({ redemptionId, state }: Redemption, ...expected: readonly RedemptionState[]): void {
    if (!expected.includes(state)) refuse('REDEMPTION_STATE_MISMATCH', { redemptionId, state, expected });
}

/** Throws REDEMPTION_EXPIRED. */
export function checkUnexpired({ redemptionId, expiresAt }: Redemption, now: Instant): void {
    if (now >= expiresAt) refuse('REDEMPTION_EXPIRED', { redemptionId, expiresAt: expiresAt.toString() });
}
