// SPDX-License-Identifier: Apache-2.0
import { type Decoded, freeText, list, nullable, object, text } from '../encoding/codec.js';
import { walletId } from '../encoding/identifier.js';
import { positiveAmount } from '../encoding/quantityCodec.js';
import { assetCode } from '../money/asset.js';
import { intentOf } from './intent.js';

/** Most payees of one payment. */
export const payeeCountMax = 1000;

/**
 * Under which the parties exchanged who they are, off the ledger (FATF recommendation 16): an opaque reference, never
 * personal data.
 */
export const travelRuleReference = nullable(text(/^[A-Za-z0-9._:/-]{1,128}$/, 'travel rule reference'));

/** What the holder of a wallet signs to pay one other. */
export const transferIntent = intentOf('transfer', {
    asset: assetCode,
    to: walletId,
    amount: positiveAmount,
    memo: freeText(140),
    travelRule: travelRuleReference,
});
export type TransferIntent = Decoded<typeof transferIntent>;

/** What the holder of a wallet signs to pay many at once: all of them are paid, or none. */
export const manyTransferIntent = intentOf('transfer-many', {
    asset: assetCode,
    payees: list(object({ to: walletId, amount: positiveAmount, reference: freeText(35) }), payeeCountMax, 1),
    memo: freeText(140),
    travelRule: travelRuleReference,
});
export type ManyTransferIntent = Decoded<typeof manyTransferIntent>;
