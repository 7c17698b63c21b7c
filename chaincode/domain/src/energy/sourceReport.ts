// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { utf8 } from '../encoding/bytes.js';
import { canonicalJson } from '../encoding/canonicalJson.js';
import { type Decoded, list, nullable, object, oneOf, text } from '../encoding/codec.js';
import { facilityId, sourceId } from '../encoding/identifier.js';
import { count, energyWh, instant } from '../encoding/quantityCodec.js';
import { intervalStart } from '../time/meteringInterval.js';
import { period } from '../time/period.js';
import { sourceKind } from './energySource.js';

/** Most readings of one report: a day in quarters of an hour. */
const readingCountMax = 96;

/**
 * What one source says one facility gave in one period, in whichever format it came (KD-034). Signed by the source's own
 * key over {@link sourceReportBytes}. The reports of a source form a chain: `sequence` counts from 1, and
 * `previousDigest` is the SHA-256 of the bytes of the one before (64 zeros for the first), so that a gap or a rewrite
 * shows (F16). A second report on a period revises the first.
 */
export const sourceReport = object({
    type: oneOf(['power/source-report']),
    version: oneOf(['1']),
    network: text(/^[a-z0-9._-]{1,64}$/, 'network id'),
    channel: text(/^[a-z][a-z0-9.-]{0,248}$/, 'channel name'),
    sourceId,
    kind: sourceKind,
    facilityId,
    period,
    sequence: count,
    previousDigest: digest,
    /** When the source made it. */
    producedAt: instant,
    /** Of the whole period. */
    energyWh,
    /** The period's metering intervals where the source has them, all of them and in order; they add up to `energyWh`. */
    readings: list(object({ start: intervalStart, energyWh }), readingCountMax),
    /** SHA-256 of the file it was made from, which stays off the ledger. */
    evidence: nullable(digest),
});
export type SourceReport = Decoded<typeof sourceReport>;

/** The bytes a source signs, and the next report names the digest of: canonical JSON in UTF-8. */
export function sourceReportBytes(report: SourceReport): Uint8Array {
    return utf8(canonicalJson(sourceReport.encode(report)));
}
