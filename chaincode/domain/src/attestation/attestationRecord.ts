// SPDX-License-Identifier: Apache-2.0
import { coverageRatioText } from '../credit/creditRecords.js';
import { boolean, type Decoded, integer, list, nullable, object, text } from '../encoding/codec.js';
import { signerId } from '../encoding/identifier.js';
import { amount, count, energyWh, euro, instant, ratio } from '../encoding/quantityCodec.js';
import { parameters } from '../governance/parameters.js';
import { day } from '../time/day.js';

const prefixedDigest = text(/^0x[0-9a-f]{64}$/, 'SHA-256 digest of 0x and 64 hexadecimal digits');

/** What the ledger keeps of an attestation it recomputed and accepted. The file itself is kept beside it. */
export const attestationRecord = object({
    day,
    sequence: count,
    whDcRaw: energyWh,
    whDcCommit: energyWh,
    zonesOk: integer(0, 100),
    alphaBase: ratio,
    alphaEffective: ratio,
    stockValueEur: euro,
    supply: amount,
    supplyTarget: amount,
    dailyCap: amount,
    mintSuggested: amount,
    coverageRatio: coverageRatioText,
    digestSigned: prefixedDigest,
    previousDigest: prefixedDigest,
    signaturesOk: integer(0, 9),
    signaturesRequired: integer(2, 2),
    signedBy: list(signerId, 9),
    isFrozen: boolean,
    acceptedAt: instant,
});
export type AttestationRecord = Decoded<typeof attestationRecord>;

/** What the next attestation has to be planned from and linked to. */
export const attestationBasis = object({
    network: text(/^[a-z0-9._-]{1,64}$/, 'network id'),
    channel: text(/^[a-z][a-z0-9.-]{0,248}$/, 'channel name'),
    sequence: count,
    previousDigest: prefixedDigest,
    lastDay: nullable(day),
    supply: amount,
    parameters,
});
export type AttestationBasis = Decoded<typeof attestationBasis>;
