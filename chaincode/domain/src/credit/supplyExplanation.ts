// SPDX-License-Identifier: Apache-2.0
import { type AttestationRecord, attestationRecord, zoneState } from '../attestation/attestationRecord.js';
import { type Decoded, list, object } from '../encoding/codec.js';
import { amount } from '../encoding/quantityCodec.js';
import { type ParameterChange, parameterChange } from '../governance/parameterChange.js';
import { type ParameterName, parameterNames } from '../governance/parameters.js';
import { supplyChange } from '../money/supply.js';
import { day, nextDay, startOfDay } from '../time/day.js';

/** Most changes of supply one answer explains. */
export const explainedChangesMax = 1_000;
/** Most zones one attested day can have come to. */
const explainedZonesMax = 1_200;

/** An attested day behind an issuance: its figures, its zones as they are by now, and the votes that set its parameters. */
const explainedAttestation = object({
    attestation: attestationRecord,
    zones: list(zoneState, explainedZonesMax),
    votes: list(parameterChange, parameterNames.length),
});
export type ExplainedAttestation = Decoded<typeof explainedAttestation>;

/**
 * Why supply changed on one of the ledger's own days: every change with its transaction, and what stands behind the
 * issuances among them (F33).
 */
export const supplyExplanation = object({
    day,
    issued: amount,
    redeemed: amount,
    changes: list(supplyChange, explainedChangesMax),
    attestations: list(explainedAttestation, explainedChangesMax),
});

/**
 * The votes an attested day's parameters come from: of each parameter the last change before the day's end, in their
 * order. A day can be attested before it ends in UTC, and then knows no later change.
 */
export function votesInForce(
    changes: readonly ParameterChange[],
    { day: of, acceptedAt }: AttestationRecord,
): readonly ParameterChange[] {
    const end = startOfDay(nextDay(of));
    const last = new Map<ParameterName, ParameterChange>();
    for (const change of changes) if (change.at < end && change.at <= acceptedAt) last.set(change.name, change);
    return changes.filter((change) => last.get(change.name) === change);
}
