// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { type Decoded, freeText } from '../encoding/codec.js';
import { externalReference, holdId, walletId } from '../encoding/identifier.js';
import { holdTerms } from '../hold/holdIntents.js';
import { assetCode } from '../money/asset.js';
import { intentOf } from '../wallet/intent.js';

/** A hold of the signing wallet's own, in favour of the customer. */
const ownHold = { asset: assetCode, holdId, to: walletId } as const;
/** A hold of which the signing wallet is the counterparty. */
const customersHold = { asset: assetCode, payer: walletId, holdId } as const;
const reason = freeText(140);

/** What a dealer signs when a customer's money is on its way outside: its own money is set aside for the customer. */
export const depositIntent = intentOf('deposit', { ...holdTerms, reference: externalReference });
export type DepositIntent = Decoded<typeof depositIntent>;

/** What the dealer signs when the money has arrived outside: the customer is paid. */
export const confirmDepositIntent = intentOf('confirm-deposit', ownHold);
export type ConfirmDepositIntent = Decoded<typeof confirmDepositIntent>;

/** What the dealer signs when no money came. */
export const cancelDepositIntent = intentOf('cancel-deposit', { ...ownHold, reason });
export type CancelDepositIntent = Decoded<typeof cancelDepositIntent>;

/**
 * What a customer signs to be paid outside by the dealer `to`. `accountDigest` is of the account and a salt, which the
 * dealer has from the customer: nothing on the ledger says whose account it is.
 */
export const withdrawIntent = intentOf('withdraw', { ...holdTerms, accountDigest: digest });
export type WithdrawIntent = Decoded<typeof withdrawIntent>;

/** What the dealer signs when it has paid outside: the money on hold is the dealer's. */
export const confirmWithdrawalIntent = intentOf('confirm-withdrawal', {
    ...customersHold,
    reference: externalReference,
});
export type ConfirmWithdrawalIntent = Decoded<typeof confirmWithdrawalIntent>;

/** What the dealer signs when it cannot pay outside. */
export const rejectWithdrawalIntent = intentOf('reject-withdrawal', { ...customersHold, reason });
export type RejectWithdrawalIntent = Decoded<typeof rejectWithdrawalIntent>;
