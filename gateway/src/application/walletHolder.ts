// SPDX-License-Identifier: Apache-2.0
import {
    type CreditId,
    type Money,
    type Quantity,
    type RequestId,
    type TransferIntent,
    transferIntentBytes,
    type WalletId,
} from '@power-currency/domain';

/** Who holds a wallet's key: a person's app, or here its custodian on the person's behalf. */
export interface WalletHolder {
    readonly walletId: WalletId;
    readonly sign: (message: Uint8Array) => Uint8Array;
}

export interface Payment {
    readonly requestId: RequestId;
    readonly to: WalletId;
    readonly amount: Money;
    /** The payer's last nonce, as its balance says. */
    readonly lastNonce: bigint;
    readonly memo: string;
    /** Pending credits of the payer to take in first. */
    readonly foldIds: readonly CreditId[];
}

/** The network and channel a signature is bound to, and the present time. */
interface SigningPlace {
    readonly network: string;
    readonly channel: string;
    readonly now: Date;
}

/** Ten minutes: long enough for any retry, short enough that a lost intent means nothing tomorrow. */
const INTENT_LIFETIME_SECONDS = 600n;

/** Writes and signs what the ledger asks for to move money out of a wallet. */
export function signedTransfer(
    holder: WalletHolder,
    payment: Payment,
    { network, channel, now }: SigningPlace,
): { intent: TransferIntent; signature: Uint8Array; foldIds: readonly CreditId[] } {
    const nowSeconds = BigInt(Math.floor(now.getTime() / 1000));
    const intent: TransferIntent = {
        type: 'power/transfer-intent',
        version: '1',
        network,
        channel,
        requestId: payment.requestId,
        asset: 'PC',
        from: holder.walletId,
        to: payment.to,
        amount: payment.amount,
        nonce: (payment.lastNonce + 1n) as Quantity<'count'>,
        expiresAt: (nowSeconds + INTENT_LIFETIME_SECONDS) as Quantity<'second'>,
        memo: payment.memo,
    };
    return { intent, signature: holder.sign(transferIntentBytes(intent)), foldIds: payment.foldIds };
}
