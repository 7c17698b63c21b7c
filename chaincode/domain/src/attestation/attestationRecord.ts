// SPDX-License-Identifier: Apache-2.0
import { coverageRatioText } from '../credit/creditRecords.js';
import { reserveGate, reserveWindowDaysMax } from '../credit/reserve.js';
import { boolean, type Decoded, freeText, integer, list, nullable, object, text } from '../encoding/codec.js';
import { signerId } from '../encoding/identifier.js';
import { amount, count, energyWh, euro, instant, ratio } from '../encoding/quantityCodec.js';
import { parameterVersions } from '../governance/parameterTimeline.js';
import { parameters } from '../governance/parameters.js';
import { day } from '../time/day.js';
import { correctionCountMax, zoneCode } from './correction.js';

const prefixedDigest = text(/^0x[0-9a-f]{64}$/, 'SHA-256 digest of 0x and 64 hexadecimal digits');

/** What the ledger keeps of an attestation it recomputed and accepted. The file itself is kept beside it. */
export const attestationRecord = object({
    day,
    sequence: count,
    whDcRaw: energyWh,
    whDcCommit: energyWh,
    /** Mean committed energy of the last `reserveWindowDays` attested days. */
    whReserve: energyWh,
    reserveWindowDays: integer(1, reserveWindowDaysMax),
    whContracted: energyWh,
    zonesOk: integer(0, 100),
    alphaBase: ratio,
    alphaEffective: ratio,
    stockValueEur: euro,
    contractedValueEur: euro,
    gate: reserveGate,
    supply: amount,
    supplyTarget: amount,
    dailyCap: amount,
    mintSuggested: amount,
    /** That of the notional reserve. */
    coverageRatio: coverageRatioText,
    coverageRatioContracted: coverageRatioText,
    correctionCount: integer(0, correctionCountMax),
    digestSigned: prefixedDigest,
    previousDigest: prefixedDigest,
    signaturesOk: integer(0, 9),
    signaturesRequired: integer(2, 2),
    signedBy: list(signerId, 9),
    isFrozen: boolean,
    acceptedAt: instant,
    transactionId: text(/^[0-9a-f]{64}$/, 'transaction id'),
});
export type AttestationRecord = Decoded<typeof attestationRecord>;

/** A zone's energy of an attested day: as its file had it, and as corrected since. */
export const zoneState = object({
    name: freeText(60),
    eic: zoneCode,
    attestedWh: energyWh,
    wh: energyWh,
    correctedBy: nullable(day),
});
export type ZoneState = Decoded<typeof zoneState>;

/** What the next attestation has to be planned from and linked to. */
export const attestationBasis = object({
    network: text(/^[a-z0-9._-]{1,64}$/, 'network id'),
    channel: text(/^[a-z][a-z0-9.-]{0,248}$/, 'channel name'),
    sequence: count,
    previousDigest: prefixedDigest,
    lastDay: nullable(day),
    supply: amount,
    /** Energy locked behind Power Credits. */
    contractedWh: energyWh,
    /** Committed energy of the days attested last, in order. */
    earlierWh: list(energyWh, reserveWindowDaysMax - 1),
    /** Those in force now. */
    parameters,
    /** What was in force when: a day is planned with the parameters at its end. */
    versions: parameterVersions,
});
export type AttestationBasis = Decoded<typeof attestationBasis>;
