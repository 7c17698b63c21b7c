// SPDX-License-Identifier: Apache-2.0
import { postQuantumSignature, publicKey, signature } from '../encoding/byteCodec.js';
import { utf8 } from '../encoding/bytes.js';
import { canonicalJson } from '../encoding/canonicalJson.js';
import { type Codec, type Decoded, list, nullable, object, oneOf, text } from '../encoding/codec.js';
import { requestId, walletId } from '../encoding/identifier.js';
import { count, instant } from '../encoding/quantityCodec.js';
import { walletKeyCountMax } from './walletKeys.js';

type Fields = Readonly<Record<string, Codec<unknown>>>;

/**
 * What every intent binds, so that a signature means one thing in one place once: the kind of document and its version,
 * the network and channel, the wallet, the request, its turn and its end. `nonce` is the next one of the pocket the
 * intent spends from, or of the wallet's own changes; an intent that does neither has "0" and is executed once because
 * its request id is the wallet's for ever.
 */
const commonFields = {
    version: oneOf(['2']),
    network: text(/^[a-z0-9._-]{1,64}$/, 'network id'),
    channel: text(/^[a-z][a-z0-9.-]{0,248}$/, 'channel name'),
    requestId,
    wallet: walletId,
    nonce: count,
    expiresAt: instant,
} as const;

/** What all intents have in common. */
export type Intent = Decoded<
    Codec<{ readonly [K in keyof typeof commonFields]: Decoded<(typeof commonFields)[K]> }>
> & {
    readonly type: string;
};

/** The codec of an intent of one type, `power/<name>`, with the facts that are its own. */
export function intentOf<const N extends string, F extends Fields>(
    name: N,
    facts: F,
): Codec<Omit<Intent, 'type'> & { readonly type: `power/${N}` } & { readonly [K in keyof F]: Decoded<F[K]> }> {
    return object({ type: oneOf([`power/${name}`]), ...commonFields, ...facts }) as never;
}

/** The bytes an intent's signatures are made over: its canonical JSON in UTF-8. */
export function intentBytes<I extends Intent>(codec: Codec<I>, intent: I): Uint8Array {
    return utf8(intentText(codec, intent));
}

/** The canonical text of an intent. */
export function intentText<I extends Intent>(codec: Codec<I>, intent: I): string {
    return canonicalJson(codec.encode(intent));
}

/** Signatures under an intent. `postQuantum` is there where the wallet has an ML-DSA-65 key. */
export const authorisation = object({
    signatures: list(object({ publicKey, signature }), walletKeyCountMax, 1),
    postQuantum: nullable(postQuantumSignature),
});
export type Authorisation = Decoded<typeof authorisation>;
