// SPDX-License-Identifier: Apache-2.0
import type { HoldId, WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { AssetCode } from '../money/asset.js';
import { type Money, zeroMoney } from '../money/money.js';
import type { Instant } from '../time/ledgerClock.js';
import type { Hold, HoldPurpose } from './holdRecord.js';

/** Longest time money may be on hold, in seconds: a leap year. */
const holdSecondsMax = 31_622_400n;

export interface HoldReservation {
    readonly asset: AssetCode;
    readonly wallet: WalletId;
    readonly holdId: HoldId;
    readonly to: WalletId;
    readonly amount: Money;
    readonly purpose: HoldPurpose;
    readonly holdUntil: Instant;
    /** The hold that had this id before, ended or not. */
    readonly existing: Hold | undefined;
    readonly now: Instant;
}

/** A new hold. Throws HOLD_EXISTS or HOLD_EXPIRY_INVALID. */
export function reserveHold({ existing, now, holdUntil: expiresAt, ...facts }: HoldReservation): Hold {
    const { wallet, holdId, amount } = facts;
    if (existing !== undefined) refuse('HOLD_EXISTS', { walletId: wallet, holdId });
    const latest = now + holdSecondsMax;
    if (expiresAt <= now || expiresAt > latest) {
        refuse('HOLD_EXPIRY_INVALID', {
            ...{ expiresAt: expiresAt.toString(), now: now.toString(), latest: latest.toString() },
        });
    }
    const nothingYet = { posted: zeroMoney, remaining: amount, state: 'open', reason: '' } as const;
    return { ...facts, ...nothingYet, reservedAt: now, expiresAt };
}
