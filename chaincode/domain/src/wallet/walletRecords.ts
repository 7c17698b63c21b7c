// SPDX-License-Identifier: Apache-2.0
import { type Decoded, integer, list, nullable, object, oneOf } from '../encoding/codec.js';
import { creditId, participantId, walletId } from '../encoding/identifier.js';
import { amount, count, instant, positiveAmount } from '../encoding/quantityCodec.js';
import { assetCode } from '../money/asset.js';
import { guardianship } from './guardianship.js';
import { walletKeys } from './walletKeys.js';
import { walletType } from './walletPolicy.js';

/**
 * A wallet: who may sign for it, and the participant that keeps it for its holder. Rarely written, and only on its
 * keys' or its guardians' word. A closed one takes no more money; what it still holds can be paid out.
 */
export const wallet = object({
    walletId,
    type: walletType,
    custodian: participantId,
    keys: walletKeys,
    guardians: nullable(guardianship),
    /** Changes of keys, guardians or state so far: the nonce the last of them used. */
    changeCount: count,
    state: oneOf(['open', 'closed']),
    openedAt: instant,
});
export type Wallet = Decoded<typeof wallet>;

/** What a wallet spends one asset from. Written only by its owner's transactions; `nonce` is the last one used. */
export const pocket = object({ balance: amount, nonce: count });
export type Pocket = Decoded<typeof pocket>;

/** How a credit came about. */
const creditOrigins = [
    'transfer',
    'issuance',
    'escrow',
    'hold',
    'hold-return',
    'commercial',
    'redemption',
    'notes',
] as const;
const creditOrigin = oneOf(creditOrigins);

/** Money on its way to a wallet: inserted under a key of its own by the paying transaction, taken in by a fold. */
export const pendingCredit = object({
    amount: positiveAmount,
    origin: creditOrigin,
    /** The payer, the wallet itself if its own money came back, or null for newly issued money. */
    from: nullable(walletId),
});
export type PendingCredit = Decoded<typeof pendingCredit>;

export const balance = object({
    walletId,
    asset: assetCode,
    /** What it can spend now. */
    available: amount,
    nonce: count,
    /** What waits to be folded. */
    pending: amount,
    pendingCount: integer(0, Number.MAX_SAFE_INTEGER),
    /** What its open holds set aside for others. */
    held: amount,
    holdCount: integer(0, Number.MAX_SAFE_INTEGER),
    /** What it has in notes. */
    notes: amount,
    noteCount: integer(0, Number.MAX_SAFE_INTEGER),
});
export type Balance = Decoded<typeof balance>;

export const transferReceipt = object({
    from: walletId,
    to: walletId,
    asset: assetCode,
    amount: positiveAmount,
    nonce: count,
    /** Under which the payee's pending credit waits. */
    creditId,
    /** What the payer can spend afterwards. */
    available: amount,
});
export type TransferReceipt = Decoded<typeof transferReceipt>;

export const manyTransferReceipt = object({
    from: walletId,
    asset: assetCode,
    total: positiveAmount,
    nonce: count,
    /** One for each payee, in the order of the intent. */
    creditIds: list(creditId, 1000),
    available: amount,
});
export type ManyTransferReceipt = Decoded<typeof manyTransferReceipt>;

export const foldReceipt = object({ walletId, asset: assetCode, folded: amount, available: amount });
export type FoldReceipt = Decoded<typeof foldReceipt>;
