// SPDX-License-Identifier: Apache-2.0
import { reserveWindowDaysMax } from '../credit/reserve.js';
import { boolean, type Decoded, list, object, text } from '../encoding/codec.js';
import { count, energyWh } from '../encoding/quantityCodec.js';
import { day } from '../time/day.js';

/** The end of the chain of attestations, and whether issuance is frozen there. */
export const attestationHead = object({
    day,
    sequence: count,
    digestSigned: text(/^0x[0-9a-f]{64}$/, 'digest'),
    isFrozen: boolean,
    /** Committed energy of the last days, this one included, in order: what the next one's reserve is averaged with. */
    committedWh: list(energyWh, reserveWindowDaysMax - 1, 1),
});
export type AttestationHead = Decoded<typeof attestationHead>;
