// SPDX-License-Identifier: Apache-2.0
import { formatCoverage } from '../credit/coverageText.js';
import { planCoverage } from '../credit/coverage.js';
import { parametersAsOf } from '../governance/parameterTimeline.js';
import type { Ppm } from '../money/ratio.js';
import type { Sha256 } from '../signature/primitives.js';
import type { Day } from '../time/day.js';
import type { AttestationFile, FileSignature, FileSigner, ZoneEnergy } from './attestationFile.js';
import type { AttestationBasis } from './attestationRecord.js';
import { correctedEnergy, type Correction } from './correction.js';
import { attestationDigest, digestText } from './digest.js';

/** What was measured: each zone's energy of the day. */
export interface MeasuredDay {
    readonly day: Day;
    readonly zones: readonly ZoneEnergy[];
    /** What late data changed of days attested before. */
    readonly corrections?: readonly Correction[];
}

/** The part of the basis the figures and the link come from. */
export type AttestationLink = Pick<
    AttestationBasis,
    'network' | 'channel' | 'sequence' | 'previousDigest' | 'supply' | 'contractedWh' | 'earlierWh' | 'versions'
>;

/** Writes the unsigned attestation of a day: every figure computed here, and the digest that is to be signed. */
export function prepareAttestation(measured: MeasuredDay, basis: AttestationLink, sha256: Sha256): AttestationFile {
    const unsigned: AttestationFile = {
        ...attestationFigures(measured, basis),
        meta: {
            type: 'power/attestation',
            version: 2,
            network: basis.network,
            channel: basis.channel,
            sequence: basis.sequence,
            previous_digest: basis.previousDigest,
            algorithms: { digest: 'SHA-256', canonical: 'py-sorted/1', signature: 'Ed25519' },
            digest_signed: digestText(new Uint8Array(32)),
            signers: [],
            signatures: [],
        },
    };
    return withMeta(unsigned, { digest_signed: digestText(attestationDigest(unsigned, sha256)) });
}

/** Every figure of a day's attestation. Throws ATTESTATION_CORRECTION_EXCEEDS. */
export function attestationFigures(measured: MeasuredDay, basis: AttestationLink): Omit<AttestationFile, 'meta'> {
    const { day, zones, corrections = [] } = measured;
    const { supply } = basis;
    const parameters = parametersAsOf(basis, day);
    const energyWh = correctedEnergy({ zones, corrections });
    const zonesOk = zones.length;
    const plan = planCoverage({ ...basis, energyWh, zonesOk: BigInt(zonesOk), parameters });
    return {
        ...{ day, zones, zones_ok: zonesOk, corrections },
        wh_dc_raw: energyWh,
        wh_dc_commit: plan.committedWh,
        wh_dc_window: plan.windowWh,
        reserve_window_days: plan.windowDays,
        wh_contracted: basis.contractedWh,
        alpha_base: parameters.alphaBase,
        alpha: plan.alpha,
        eur_per_mwh: parameters.energyPrice,
        stock_value_eur: plan.reserveValue,
        contracted_value_eur: plan.contractedValue,
        gate: plan.gate,
        // Supply is counted on the ledger, not estimated from a base and a usage factor: the factor is one.
        S_base: supply,
        U_hat: 1_000_000n as Ppm,
        S: supply,
        S_target_for_CR_min: plan.supplyTargetForMin,
        S_target: plan.supplyTarget,
        mint_daily_cap: plan.dailyCap,
        mint_suggested: plan.mintSuggested,
        target_eur_per_aicp: parameters.targetPrice,
        CR: formatCoverage(plan.notional),
        CR_contracted: formatCoverage(plan.contracted),
        CR_min: parameters.coverageRatioMin,
        CR_target: parameters.coverageRatioTarget,
        mint_daily_cap_frac: parameters.dailyCapFraction,
    };
}

/** The file with one more signer and its signature. Replaces an earlier signature of the same signer. */
export function withSignature(file: AttestationFile, signer: FileSigner, signature: FileSignature): AttestationFile {
    const others = <T extends { readonly signer_id: string }>(entries: readonly T[]): T[] =>
        entries.filter((entry) => entry.signer_id !== signer.signer_id);
    return withMeta(file, {
        signers: [...others(file.meta.signers), signer],
        signatures: [...others(file.meta.signatures), signature],
    });
}

function withMeta(file: AttestationFile, meta: Partial<AttestationFile['meta']>): AttestationFile {
    return { ...file, meta: { ...file.meta, ...meta } };
}
