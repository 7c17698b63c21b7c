// SPDX-License-Identifier: Apache-2.0
import { boolean, type Decoded, freeText } from '../encoding/codec.js';
import { holdId, walletId } from '../encoding/identifier.js';
import { instant, positiveAmount } from '../encoding/quantityCodec.js';
import { assetCode } from '../money/asset.js';
import { intentOf } from '../wallet/intent.js';

/** What every intent that sets money aside says. `holdUntil` ends the promise, `expiresAt` the intent. */
export const holdTerms = {
    asset: assetCode,
    holdId,
    to: walletId,
    amount: positiveAmount,
    holdUntil: instant,
} as const;

/** What the payer signs to set money aside for the counterparty. */
export const reserveHoldIntent = intentOf('reserve-hold', { ...holdTerms, purpose: freeText(140) });
export type ReserveHoldIntent = Decoded<typeof reserveHoldIntent>;

/** What the counterparty signs to be paid from a hold; `isFinal` gives the payer what is left afterwards. */
export const postHoldIntent = intentOf('post-hold', {
    asset: assetCode,
    payer: walletId,
    holdId,
    amount: positiveAmount,
    isFinal: boolean,
});
export type PostHoldIntent = Decoded<typeof postHoldIntent>;

/** What the counterparty signs to give up what is left of a hold. */
export const voidHoldIntent = intentOf('void-hold', {
    asset: assetCode,
    payer: walletId,
    holdId,
    reason: freeText(140),
});
export type VoidHoldIntent = Decoded<typeof voidHoldIntent>;
