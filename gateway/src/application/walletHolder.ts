// SPDX-License-Identifier: Apache-2.0
import {
    type AssetCode,
    type Authorisation,
    type Codec,
    type CreditId,
    type Intent,
    intentBytes,
    type Money,
    type Quantity,
    type RequestId,
    type TransferIntent,
    transferIntent,
    type WalletId,
} from '@power-currency/domain';

/** Who holds a wallet's key: a person's app, or here its custodian on the person's behalf. */
export interface WalletHolder {
    readonly walletId: WalletId;
    /** 32 bytes, as registered for the wallet. */
    readonly publicKey: Uint8Array;
    readonly sign: (message: Uint8Array) => Uint8Array;
}

/** The network and channel a signature is bound to, and the present time. */
interface SigningPlace {
    readonly network: string;
    readonly channel: string;
    readonly now: Date;
}

/** Ten minutes: long enough for any retry, short enough that a lost intent means nothing tomorrow. */
const INTENT_LIFETIME_SECONDS = 600n;

/** What every intent binds. `nonce` is "0" for an intent that neither spends from a pocket nor changes the wallet. */
function intentFields(
    { walletId }: WalletHolder,
    requestId: RequestId,
    nonce: bigint,
    { network, channel, now }: SigningPlace,
): Omit<Intent, 'type'> {
    const nowSeconds = BigInt(Math.floor(now.getTime() / 1000));
    return {
        version: '2',
        network,
        channel,
        requestId,
        wallet: walletId,
        nonce: nonce as Quantity<'count'>,
        expiresAt: (nowSeconds + INTENT_LIFETIME_SECONDS) as Quantity<'second'>,
    };
}

/** The intent with the holder's signature, as the ledger asks for it. */
function signIntent<I extends Intent>(
    codec: Codec<I>,
    intent: I,
    { publicKey, sign }: WalletHolder,
): { readonly intent: I; readonly authorisation: Authorisation } {
    const signature = sign(intentBytes(codec, intent));
    return { intent, authorisation: { signatures: [{ publicKey, signature }], postQuantum: null } };
}

export interface Payment {
    readonly requestId: RequestId;
    readonly asset: AssetCode;
    readonly to: WalletId;
    readonly amount: Money;
    /** The payer's last nonce, as its balance says. */
    readonly lastNonce: bigint;
    readonly memo: string;
    /** Pending credits of the payer to take in first. */
    readonly foldIds: readonly CreditId[];
}

/** Writes and signs what the ledger asks for to move money out of a wallet. */
export function signedTransfer(
    holder: WalletHolder,
    { requestId, asset, to, amount, lastNonce, memo, foldIds }: Payment,
    place: SigningPlace,
): {
    readonly intent: TransferIntent;
    readonly authorisation: Authorisation;
    readonly foldIds: readonly CreditId[];
} {
    const intent: TransferIntent = {
        ...intentFields(holder, requestId, lastNonce + 1n, place),
        ...{ type: 'power/transfer', asset, to, amount, memo, travelRule: null },
    };
    return { ...signIntent(transferIntent, intent, holder), foldIds };
}
