// SPDX-License-Identifier: Apache-2.0

/** Refusals that concern money on hold. */
export interface HoldErrors {
    HOLD_EXISTS: { walletId: string; holdId: string };
    HOLD_EXPIRY_INVALID: { expiresAt: string; now: string; latest: string };
    HOLD_NOT_FOUND: { walletId: string; holdId: string };
    HOLD_KIND_MISMATCH: { holdId: string; kind: string; expected: string };
    HOLD_NOT_COUNTERPARTY: { holdId: string; walletId: string; counterparty: string };
    HOLD_ENDED: { holdId: string; state: string };
    HOLD_EXPIRED: { holdId: string; expiresAt: string; now: string };
    HOLD_NOT_EXPIRED: { holdId: string; expiresAt: string; now: string };
    HOLD_EXCEEDED: { holdId: string; remaining: string; amount: string };
}

export const holdErrors: Readonly<Record<keyof HoldErrors, string>> = {
    HOLD_EXISTS: 'The wallet has, or had, a hold of this id in this asset. Choose another id.',
    HOLD_EXPIRY_INVALID: 'A hold ends in the future, and within a year. Choose another time.',
    HOLD_NOT_FOUND: 'The wallet has no hold of this id in this asset. Check payer, asset and id.',
    HOLD_KIND_MISMATCH: 'The hold is for something else, and settled by other transactions. See its purpose.',
    HOLD_NOT_COUNTERPARTY:
        'The hold is in favour of another wallet, which alone can take or give up the money. Ask it.',
    HOLD_ENDED: 'The hold has ended: nothing is left on it. Reserve again.',
    HOLD_EXPIRED: 'The hold can no longer be posted: its time has passed. Ask the payer to reserve again.',
    HOLD_NOT_EXPIRED:
        'The money is promised to the counterparty until the hold expires. Wait, or ask it to void the hold.',
    HOLD_EXCEEDED: 'Less than this is left on the hold. Post what is left.',
};
