// SPDX-License-Identifier: Apache-2.0
import { encode } from '@power-currency/engine/wire/decode.js';
import type { Signer } from '@power-currency/engine/wire/envelope.js';
import { common } from '@power-currency/engine/wire/protobuf.js';
import type { SeededRandom } from '../scenarios/hostile/seededRandom';
import { lengthDelimited, writeField } from '../scenarios/hostile/wireFields';
import type { Change } from './service';

/** The layers of a signed envelope, from the inside out. */
export const envelopeLayers = [
    'data',
    'channelHeader',
    'creator',
    'signatureHeader',
    'header',
    'payload',
    'signature',
    'envelope',
] as const;

interface EnvelopeDraft {
    readonly signer: Signer;
    readonly type: number;
    readonly channelId: string;
    readonly data: Buffer;
}

/** A signed envelope; the signature is that of what `change` made of the layers below it. */
export function forgeEnvelope(draft: EnvelopeDraft, change: Change, random: SeededRandom): Buffer {
    const creator = change('creator', draft.signer.serialized);
    const header = encode(common.Header, {
        channelHeader: change(
            'channelHeader',
            encode(common.ChannelHeader, {
                type: draft.type,
                channelId: draft.channelId,
                timestamp: { seconds: Math.floor(Date.now() / 1000) },
            }),
        ),
        signatureHeader: change(
            'signatureHeader',
            encode(common.SignatureHeader, { creator, nonce: random.bytes(24) }),
        ),
    });
    // By hand: the header's own bytes are a layer.
    const head = change('header', header);
    const data = change('data', draft.data);
    const payload = change('payload', Buffer.concat([field(1, head), field(2, data)]));
    const signature = change('signature', draft.signer.sign(payload));
    return change('envelope', encode(common.Envelope, { payload, signature }));
}

const field = (number: number, value: Buffer): Buffer => writeField({ number, wireType: lengthDelimited, value });
