// SPDX-License-Identifier: Apache-2.0
import { type CoveragePlan, planCoverage } from '../credit/coverage.js';
import { windowAfter } from '../credit/reserve.js';
import { refuse } from '../error/domainError.js';
import type { DomainEvent } from '../event/eventCatalogue.js';
import { parametersAsOf } from '../governance/parameterTimeline.js';
import type { Parameters } from '../governance/parameters.js';
import type { Signer } from '../registry/registryRecords.js';
import type { Primitives } from '../signature/primitives.js';
import { dayOf } from '../time/day.js';
import type { Instant } from '../time/ledgerClock.js';
import type { AttestationFile } from './attestationFile.js';
import type { AttestationHead } from './attestationHead.js';
import type { AttestationBasis, AttestationRecord } from './attestationRecord.js';
import { checkFigures } from './checkFigures.js';
import { checkCorrections, type HeldZone } from './correction.js';
import { countValidSignatures, type SignatureCount, signaturesRequired } from './countSignatures.js';
import { attestationDigest, digestText } from './digest.js';
import { coverageEvents, isFrozenAfter } from './freeze.js';
import { signedMessage } from './signedMessage.js';

/** A submitted file with everything the ledger holds that bears on it. */
export interface AttestationCase {
    readonly file: AttestationFile;
    readonly basis: AttestationBasis;
    readonly head: AttestationHead | undefined;
    readonly existing: AttestationRecord | undefined;
    /** What the ledger holds about each correction of the file, in their order. */
    readonly held: readonly HeldZone[];
    readonly signers: readonly Signer[];
    readonly now: Instant;
    /** Of the transaction that submits the file. */
    readonly transactionId: string;
    readonly primitives: Primitives;
}

export interface AttestationDecision {
    readonly record: AttestationRecord;
    readonly head: AttestationHead;
    readonly events: readonly DomainEvent[];
}

/** Accepts a day or refuses it; guards in the documented order, the costly ones last. */
export function acceptAttestation(facts: AttestationCase): AttestationDecision {
    checkZones(facts.file);
    checkBinding(facts);
    checkDay(facts);
    checkLink(facts);
    checkCorrections(facts.file, facts.held);
    checkFigures(facts.file, facts.basis);
    const signatures = checkSignatures(facts, checkDigest(facts));
    return decide(facts, signatures);
}

function checkZones({ zones }: AttestationFile): void {
    const repeated = zones.findIndex((zone, index) => zones.findIndex((other) => other.eic === zone.eic) < index);
    if (repeated >= 0) {
        refuse('ATTESTATION_FILE_INVALID', { field: `zones[${String(repeated)}].eic`, reason: 'a zone named twice' });
    }
}

function checkBinding({ file: { meta }, basis }: AttestationCase): void {
    if (meta.network !== basis.network) {
        refuse('ATTESTATION_NETWORK_MISMATCH', { network: meta.network, expected: basis.network });
    }
    if (meta.channel !== basis.channel) {
        refuse('ATTESTATION_CHANNEL_MISMATCH', { channel: meta.channel, expected: basis.channel });
    }
}

/** A day ends first at UTC+14: fourteen hours before midnight UTC it is over somewhere, earlier nowhere. */
const earliestZoneSeconds = 14n * 3600n;

function checkDay({ file: { day }, head, existing, now }: AttestationCase): void {
    if (existing !== undefined) refuse('ATTESTATION_DAY_EXISTS', { day });
    if (head !== undefined && day <= head.day) {
        refuse('ATTESTATION_DAY_NOT_AFTER_LAST', { day, lastDay: head.day });
    }
    const today = dayOf(now + earliestZoneSeconds);
    if (day >= today) refuse('ATTESTATION_DAY_NOT_OVER', { day, today });
}

function checkLink({ file: { meta }, basis }: AttestationCase): void {
    if (meta.sequence !== basis.sequence) {
        refuse('ATTESTATION_SEQUENCE_MISMATCH', {
            sequence: meta.sequence.toString(),
            expected: basis.sequence.toString(),
        });
    }
    if (meta.previous_digest !== basis.previousDigest) {
        refuse('ATTESTATION_PREVIOUS_MISMATCH', { previous: meta.previous_digest, expected: basis.previousDigest });
    }
}

/** The digest of the file, which it has to state. */
function checkDigest({ file, primitives }: AttestationCase): Uint8Array {
    const digest = attestationDigest(file, primitives.sha256);
    const expected = digestText(digest);
    if (file.meta.digest_signed !== expected) {
        refuse('ATTESTATION_DIGEST_MISMATCH', { digest: file.meta.digest_signed, expected });
    }
    return digest;
}

function checkSignatures({ file, basis, signers, primitives }: AttestationCase, digest: Uint8Array): SignatureCount {
    const message = signedMessage({
        day: file.day,
        digest,
        version: 2,
        chain: `FABRIC:${basis.channel}`,
    });
    const counted = countValidSignatures(file.meta.signatures, message, signers, primitives.verifyEd25519);
    if (counted.signaturesOk < signaturesRequired) {
        refuse('ATTESTATION_SIGNATURES_INSUFFICIENT', {
            signaturesOk: counted.signaturesOk,
            required: signaturesRequired,
        });
    }
    return counted;
}

function decide(facts: AttestationCase, signatures: SignatureCount): AttestationDecision {
    const { file, basis, head } = facts;
    const parameters = parametersAsOf(basis, file.day);
    const zonesOk = BigInt(file.zones_ok);
    const plan = planCoverage({ ...basis, energyWh: file.wh_dc_raw, zonesOk, parameters });
    const wasFrozen = head?.isFrozen ?? false;
    const isFrozen = isFrozenAfter(wasFrozen, plan.coverage, parameters);
    const record: AttestationRecord = {
        ...figuresOf(file, plan, parameters),
        ...{ signaturesOk: signatures.signaturesOk, signaturesRequired, signedBy: signatures.signedBy },
        ...{ isFrozen, acceptedAt: facts.now, transactionId: facts.transactionId },
    };
    const { day, sequence, digestSigned } = record;
    return {
        record,
        head: { day, sequence, digestSigned, isFrozen, committedWh: windowAfter(basis.earlierWh, plan.committedWh) },
        events: [attested(record), ...corrected(file), ...coverageEvents(record, wasFrozen, plan.coverage, parameters)],
    };
}

type Figures = Omit<
    AttestationRecord,
    'signaturesOk' | 'signaturesRequired' | 'signedBy' | 'isFrozen' | 'acceptedAt' | 'transactionId'
>;

/** The figures of a file that was found to be right. */
function figuresOf(file: AttestationFile, plan: CoveragePlan, { alphaBase }: Parameters): Figures {
    return {
        ...{ day: file.day, sequence: file.meta.sequence },
        ...{ digestSigned: file.meta.digest_signed, previousDigest: file.meta.previous_digest },
        ...{ zonesOk: file.zones_ok, correctionCount: file.corrections.length, whDcRaw: file.wh_dc_raw },
        ...{ alphaBase, alphaEffective: plan.alpha, whDcCommit: plan.committedWh },
        ...{ whReserve: plan.windowWh, reserveWindowDays: plan.windowDays, stockValueEur: plan.reserveValue },
        ...{ whContracted: file.wh_contracted, contractedValueEur: plan.contractedValue, gate: plan.gate },
        ...{ coverageRatio: file.CR, coverageRatioContracted: file.CR_contracted, supply: file.S },
        ...{ supplyTarget: plan.supplyTarget, dailyCap: plan.dailyCap, mintSuggested: plan.mintSuggested },
    };
}

function attested(record: AttestationRecord): DomainEvent {
    const { day, sequence, whDcRaw, whDcCommit, whReserve, whContracted, gate } = record;
    const { coverageRatio, coverageRatioContracted, mintSuggested, digestSigned } = record;
    return {
        ...{ type: 'DayAttested', day, sequence, whDcRaw, whDcCommit, whReserve, whContracted, gate },
        ...{ coverageRatio, coverageRatioContracted, mintSuggested, digestSigned },
    };
}

function corrected({ day, corrections }: AttestationFile): readonly DomainEvent[] {
    return corrections.map(({ day: correctedDay, eic, wh_before: whBefore, wh_after: whAfter }) => ({
        ...{ type: 'EnergyCorrected', day, correctedDay, eic, whBefore, whAfter },
    }));
}
