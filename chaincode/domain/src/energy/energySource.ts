// SPDX-License-Identifier: Apache-2.0
import { digest, publicKey } from '../encoding/byteCodec.js';
import { type Decoded, freeText, nullable, object, oneOf } from '../encoding/codec.js';
import { facilityId, participantId, sourceId } from '../encoding/identifier.js';
import { count, instant } from '../encoding/quantityCodec.js';

/** Four kinds of evidence about one production (KD-033, KD-043…KD-046). */
export const sourceKinds = ['satellite', 'sensor', 'financial', 'audit'] as const;
export type SourceKind = (typeof sourceKinds)[number];
export const sourceKind = oneOf(sourceKinds);
/** Kinds of high tamper resistance, because who gives them is no part of the production (KD-043, KD-046, Q12). */
export const independentKinds: readonly SourceKind[] = ['satellite', 'audit'];

/**
 * A registered signer of source data: a device bound to one facility (`sensor`), or a provider that reports on many
 * (the other kinds, `facilityId` null).
 */
export const energySource = object({
    sourceId,
    kind: sourceKind,
    publicKey,
    facilityId: nullable(facilityId),
    displayName: freeText(80, 1),
    registeredBy: participantId,
    registeredAt: instant,
    revoked: nullable(object({ at: instant, reason: freeText(200, 1) })),
});
export type EnergySource = Decoded<typeof energySource>;

/** The end of a source's chain of reports: how many there are, and the digest of the last. */
export const sourceHead = object({ sequence: count, digest });
export type SourceHead = Decoded<typeof sourceHead>;
