// SPDX-License-Identifier: Apache-2.0

/** Refusals about redeeming Power Credits. */
export interface RedemptionErrors {
    REDEMPTION_EXISTS: { redemptionId: string };
    REDEMPTION_NOT_FOUND: { redemptionId: string };
    REDEMPTION_TOO_SMALL: { amount: string };
    REDEMPTION_QUOTE_TOO_LOW: { redemptionId: string; value: string; energyWh: string };
    REDEMPTION_HOLDER_LIMIT: { holderId: string; day: string; amount: string; available: string };
    REDEMPTION_SYSTEM_LIMIT: { day: string; amount: string; available: string };
    REDEMPTION_NOT_YOURS: { redemptionId: string; walletId: string };
    REDEMPTION_STATE_MISMATCH: { redemptionId: string; state: string; expected: readonly string[] };
    REDEMPTION_EXPIRED: { redemptionId: string; expiresAt: string };
    REDEMPTION_NOT_EXPIRED: { redemptionId: string; expiresAt: string };
    VOUCHER_EXISTS: { provider: string; voucherId: string };
    DISPUTE_TOO_LATE: { redemptionId: string; disputableUntil: string };
    DISPUTE_STILL_OPEN: { redemptionId: string; disputableUntil: string };
    DISPUTE_NOT_NEUTRAL: { redemptionId: string; participantId: string };
}

export const redemptionErrors: Readonly<Record<keyof RedemptionErrors, string>> = {
    REDEMPTION_EXISTS: 'A redemption has this id already. Choose another id.',
    REDEMPTION_NOT_FOUND: 'No redemption has this id. Look at the list of redemptions.',
    REDEMPTION_TOO_SMALL: 'The amount is worth less than a micro-euro, or less than a watt-hour. Redeem more.',
    REDEMPTION_QUOTE_TOO_LOW: 'Prices have changed and the credits are worth less than asked for. Sign a new request.',
    REDEMPTION_HOLDER_LIMIT: "The amount exceeds what is left of the holder's daily limit. Redeem less, or tomorrow.",
    REDEMPTION_SYSTEM_LIMIT: 'The amount exceeds what is left of the daily limit of all. Issue the voucher tomorrow.',
    REDEMPTION_NOT_YOURS: 'The wallet that signed does not play this part in the redemption.',
    REDEMPTION_STATE_MISMATCH: 'This is not the next thing to happen to the redemption. Look at its state.',
    REDEMPTION_EXPIRED: 'The quote or voucher has expired. The credits can be returned to the holder.',
    REDEMPTION_NOT_EXPIRED: 'The quote or voucher is still valid. Wait until it expires.',
    VOUCHER_EXISTS: 'The provider has used this voucher id before. Choose another id.',
    DISPUTE_TOO_LATE: 'The time in which the delivery could be disputed has passed.',
    DISPUTE_STILL_OPEN: 'The holder can still dispute the delivery. Wait, or have the holder accept it.',
    DISPUTE_NOT_NEUTRAL: "The caller's organisation keeps one of the two wallets. Another member has to decide.",
};
