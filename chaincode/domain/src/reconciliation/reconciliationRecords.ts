// SPDX-License-Identifier: Apache-2.0
import { type Codec, type Decoded, integer, invalid, list, nullable, object, oneOf } from '../encoding/codec.js';
import { sourceId } from '../encoding/identifier.js';
import { energyWh, ratio } from '../encoding/quantityCodec.js';
import { intervalStart } from '../time/meteringInterval.js';

/** Why energy is flagged, by the rule that says so. */
const findingRule = oneOf([
    'discrepancy',
    'outlier',
    'persistent-bias',
    'nameplate',
    'capacity-factor',
    'night',
    'rise',
]);
export type FindingRule = Decoded<typeof findingRule>;

/**
 * One rule that was broken. `score` is what was found and `limit` what the rule allows: for `discrepancy` the
 * coefficient of variation, for `outlier` and `persistent-bias` standard deviations from the other sources, else shares of nameplate capacity.
 */
const finding = object({
    rule: findingRule,
    /** The source concerned; null where it is their disagreement. */
    sourceId: nullable(sourceId),
    /** The worst metering interval, for rules on intervals. */
    interval: nullable(intervalStart),
    /** Whether the source says more or less than it should. */
    direction: oneOf(['above', 'below']),
    score: ratio,
    limit: ratio,
});
export type Finding = Decoded<typeof finding>;

/** Most reports one facility's period has. */
export const sourceCountMax = 16;

const variancePattern = /^(0|[1-9][0-9]{0,39})$/;

/** A square of energies: too large for 63 bits, so it has digits of its own. */
const energySquare: Codec<bigint> = {
    schema: { type: 'string', pattern: variancePattern.source, description: 'a variance in Wh² as a decimal string' },
    decode: (value, field) =>
        typeof value === 'string' && variancePattern.test(value)
            ? BigInt(value)
            : invalid(field, 'not a variance in Wh²'),
    encode: (value) => value.toString(),
};

/** VERIFIED, FLAGGED with the suspects, or too few sources to say (KD-041, KD-042, Q12). */
export const reconciliationStatus = oneOf(['verified', 'flagged', 'insufficient']);

/** What the sources of one period say together. */
export const reconciliation = object({
    status: reconciliationStatus,
    /** Weighted mean, rounded down (KD-040). */
    estimateWh: energyWh,
    /** Weighted variance in Wh², rounded down (Q08). */
    varianceWh2: energySquare,
    /** Weighted coefficient of variation, rounded up (Q08). */
    cv: ratio,
    /** Share of all weight that the kinds present have (Q12). */
    weightPresent: ratio,
    /** One less the coefficient of variation, not below zero, times `weightPresent` (Q13). */
    confidence: ratio,
    /** Version of the plausibility rules that were applied. */
    rulesVersion: integer(1, 2 ** 31),
    /** Suspected sources first, the worst of them at the head. */
    findings: list(finding, 7 * sourceCountMax + 1),
});
export type Reconciliation = Decoded<typeof reconciliation>;
