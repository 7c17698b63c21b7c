// SPDX-License-Identifier: Apache-2.0

/** Refusals that concern deposits and withdrawals. */
export interface DealingErrors {
    EXTERNAL_REFERENCE_USED: { dealer: string; reference: string; walletId: string; holdId: string };
    EXTERNAL_REFERENCE_NOT_FOUND: { dealer: string; reference: string };
}

export const dealingErrors: Readonly<Record<keyof DealingErrors, string>> = {
    EXTERNAL_REFERENCE_USED: 'The dealer has used this external reference before. See the hold it was used for.',
    EXTERNAL_REFERENCE_NOT_FOUND: 'The dealer has not used this external reference. Check dealer and spelling.',
};
