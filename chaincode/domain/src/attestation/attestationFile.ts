// SPDX-License-Identifier: Apache-2.0
import { coverageRatioText } from '../credit/creditRecords.js';
import { reserveGate, reserveWindowDaysMax } from '../credit/reserve.js';
import { type Decoded, freeText, integer, list, object, oneOf, text } from '../encoding/codec.js';
import { publicKey, signature } from '../encoding/byteCodec.js';
import { signerId } from '../encoding/identifier.js';
import { amount, count, energyWh, euro, ratio } from '../encoding/quantityCodec.js';
import { attesterRole } from '../registry/role.js';
import { day } from '../time/day.js';
import { correction, correctionCountMax, zoneCode } from './correction.js';

/** Most zones one file may attest. */
export const zoneCountMax = 100;
/** Most signers and signatures one file may carry. */
const signatureCountMax = 9;

const prefixedDigest = text(/^0x[0-9a-f]{64}$/, 'SHA-256 digest of 0x and 64 hexadecimal digits');

/** One bidding zone's energy of the day: `name` as people call it, `eic` its Energy Identification Code. */
const zoneEnergy = object({ name: freeText(60), eic: zoneCode, wh: energyWh });
export type ZoneEnergy = Decoded<typeof zoneEnergy>;

/** A signer as the file names it; whether it counts is decided by the ledger's registry, never by the file. */
const fileSigner = object({ signer_id: signerId, role: attesterRole, public_key: publicKey });
export type FileSigner = Decoded<typeof fileSigner>;
const fileSignature = object({ signer_id: signerId, signature });
export type FileSignature = Decoded<typeof fileSignature>;

/**
 * `attestation_YYYY-MM-DD.json`, version 2 (AI-14, A5). Field names are those of AIpowerCoin. Money is in minor units,
 * energy in Wh, ratios and euros have six decimals, all as strings: no JSON number in it can be spelled in two ways,
 * so Python and JavaScript compute the same digest (Q30).
 *
 * `CR` is the ratio of the notional reserve, `CR_contracted` that of the energy locked behind Power Credits; the targets
 * and the suggested issuance follow from the one `gate` names (Q33). `wh_dc_raw` includes what late data changed of days
 * attested before, which `corrections` lists (Q36).
 */
export const attestationFile = object({
    day,
    zones: list(zoneEnergy, zoneCountMax),
    zones_ok: integer(0, zoneCountMax),
    corrections: list(correction, correctionCountMax),
    wh_dc_raw: energyWh,
    wh_dc_commit: energyWh,
    /** Mean of `wh_dc_commit` over the last `reserve_window_days` attested days: what the notional reserve is. */
    wh_dc_window: energyWh,
    reserve_window_days: integer(1, reserveWindowDaysMax),
    wh_contracted: energyWh,
    alpha_base: ratio,
    alpha: ratio,
    eur_per_mwh: euro,
    stock_value_eur: euro,
    contracted_value_eur: euro,
    gate: reserveGate,
    S_base: amount,
    U_hat: ratio,
    S: amount,
    S_target_for_CR_min: amount,
    S_target: amount,
    mint_daily_cap: amount,
    mint_suggested: amount,
    target_eur_per_aicp: euro,
    CR: coverageRatioText,
    CR_contracted: coverageRatioText,
    CR_min: ratio,
    CR_target: ratio,
    mint_daily_cap_frac: ratio,
    meta: object({
        type: oneOf(['power/attestation']),
        version: integer(2, 2),
        network: text(/^[a-z0-9._-]{1,64}$/, 'network id'),
        channel: text(/^[a-z][a-z0-9.-]{0,248}$/, 'channel name'),
        /** 1 for a ledger's first attestation, then one more each time. */
        sequence: count,
        /** `digest_signed` of the attestation before this one; 0x and 64 zeros for the first. */
        previous_digest: prefixedDigest,
        algorithms: object({
            digest: oneOf(['SHA-256']),
            canonical: oneOf(['py-sorted/1']),
            signature: oneOf(['Ed25519']),
        }),
        digest_signed: prefixedDigest,
        signers: list(fileSigner, signatureCountMax),
        signatures: list(fileSignature, signatureCountMax),
    }),
});
export type AttestationFile = Decoded<typeof attestationFile>;

/** The `previous_digest` of a ledger's first attestation. */
export const noPreviousDigest = `0x${'0'.repeat(64)}`;
