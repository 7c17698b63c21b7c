// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode } from '../decode.js';
import type { SignedData } from '../envelope.js';
import { common } from '../protobuf.js';

/** What an envelope's signature covers and who claims it. */
export function envelopeSignedData({ payload, signature }: common.Envelope.$Properties): SignedData {
    const data = asBuffer(payload);
    const { header } = decode(common.Payload, data, 'Payload');
    const { creator } = decode(common.SignatureHeader, asBuffer(header?.signatureHeader), 'SignatureHeader');
    return { data, identity: asBuffer(creator), signature: asBuffer(signature) };
}
