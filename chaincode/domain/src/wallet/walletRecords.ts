// SPDX-License-Identifier: Apache-2.0
import { publicKey } from '../encoding/byteCodec.js';
import { type Decoded, integer, nullable, object, oneOf } from '../encoding/codec.js';
import { creditId, participantId, walletId } from '../encoding/identifier.js';
import { amount, count, instant, positiveAmount } from '../encoding/quantityCodec.js';

/** A wallet: its holder's Ed25519 key, and the participant that keeps it for the holder. Rarely written. */
export const wallet = object({ walletId, custodian: participantId, publicKey, openedAt: instant });
export type Wallet = Decoded<typeof wallet>;

/** The pocket a wallet spends from. Written only by its owner's transactions; `nonce` is the last one used. */
export const pocket = object({ balance: amount, nonce: count });
export type Pocket = Decoded<typeof pocket>;

/** Money on its way to a wallet: inserted under a key of its own by the paying transaction, taken in by a fold. */
export const pendingCredit = object({
    amount: positiveAmount,
    origin: oneOf(['transfer', 'issuance']),
    /** The payer, or null for newly issued credits. */
    from: nullable(walletId),
});
export type PendingCredit = Decoded<typeof pendingCredit>;

export const balance = object({
    walletId,
    asset: oneOf(['PC']),
    balance: amount,
    nonce: count,
    pending: amount,
    pendingCount: integer(0, Number.MAX_SAFE_INTEGER),
});
export type Balance = Decoded<typeof balance>;

export const transferReceipt = object({
    from: walletId,
    to: walletId,
    asset: oneOf(['PC']),
    amount: positiveAmount,
    nonce: count,
    /** Under which the payee's pending credit waits: the id of the paying transaction. */
    creditId,
    /** What the payer's pocket holds afterwards. */
    balance: amount,
});
export type TransferReceipt = Decoded<typeof transferReceipt>;

export const foldReceipt = object({ walletId, folded: amount, balance: amount });
export type FoldReceipt = Decoded<typeof foldReceipt>;
