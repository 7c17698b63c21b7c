// SPDX-License-Identifier: Apache-2.0
import { boolean, type Decoded, object, text } from '../encoding/codec.js';
import { count } from '../encoding/quantityCodec.js';
import { day } from '../time/day.js';

/** The end of the chain of attestations, and whether issuance is frozen there. */
export const attestationHead = object({
    day,
    sequence: count,
    digestSigned: text(/^0x[0-9a-f]{64}$/, 'digest'),
    isFrozen: boolean,
});
export type AttestationHead = Decoded<typeof attestationHead>;
