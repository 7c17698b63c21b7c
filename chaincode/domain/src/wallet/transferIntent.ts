// SPDX-License-Identifier: Apache-2.0
import { utf8 } from '../encoding/bytes.js';
import { canonicalJson } from '../encoding/canonicalJson.js';
import { type Decoded, freeText, object, oneOf, text } from '../encoding/codec.js';
import { requestId, walletId } from '../encoding/identifier.js';
import { count, instant, positiveAmount } from '../encoding/quantityCodec.js';

/**
 * What the holder of a wallet signs to pay. It names everything that could make it mean something else: the document
 * type and version, the network and channel, payer, payee, amount, the payer's next nonce and the time it expires.
 */
export const transferIntent = object({
    type: oneOf(['power/transfer-intent']),
    version: oneOf(['1']),
    network: text(/^[a-z0-9._-]{1,64}$/, 'network id'),
    channel: text(/^[a-z][a-z0-9.-]{0,248}$/, 'channel name'),
    requestId,
    asset: oneOf(['PC']),
    from: walletId,
    to: walletId,
    amount: positiveAmount,
    nonce: count,
    expiresAt: instant,
    memo: freeText(140),
});

export type TransferIntent = Decoded<typeof transferIntent>;

/** The bytes an intent's signature is made over: its canonical JSON in UTF-8. */
export function transferIntentBytes(intent: TransferIntent): Uint8Array {
    return utf8(canonicalJson(transferIntent.encode(intent)));
}
