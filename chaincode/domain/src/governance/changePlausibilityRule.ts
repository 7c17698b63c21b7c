// SPDX-License-Identifier: Apache-2.0
import type { Carrier } from '../energy/carrier.js';
import {
    type PlausibilityLimits,
    type PlausibilityRuleName,
    type PlausibilityRules,
    plausibilityRules,
} from '../energy/plausibilityRules.js';
import type { Json } from '../encoding/json.js';
import { formatMillionths } from '../encoding/decimal.js';
import { ppmPerOne } from '../money/ratio.js';
import type { ActionOf } from './action.js';
import { checkedRules, type Constraint } from './checkedRules.js';

/** A rule of a carrier as it is written in a proposal. */
export function plausibilityText(current: PlausibilityRules, carrier: Carrier, rule: PlausibilityRuleName): string {
    return formatMillionths(current.limits[carrier][rule]);
}

/** The next version of the rules, with one figure of one carrier changed. Throws PROPOSAL_VALUE_OUT_OF_RANGE. */
export function changePlausibilityRule(
    current: PlausibilityRules,
    { carrier, rule, value }: ActionOf<'plausibility-rule'>,
): PlausibilityRules {
    const { version, limits } = plausibilityRules.encode(current) as unknown as {
        readonly version: number;
        readonly limits: Readonly<Record<string, Readonly<Record<string, Json>>>>;
    };
    const changed = { version: version + 1, limits: { ...limits, [carrier]: { ...limits[carrier], [rule]: value } } };
    const constraints = limitConstraints.map(([sentence, holds]): Constraint<PlausibilityRules> => [
        sentence,
        (rules) => holds(rules.limits[carrier]),
    ]);
    const proposed = { parameter: `${carrier}.${rule}`, value };
    return checkedRules(proposed, () => plausibilityRules.decode(changed, ''), constraints);
}

const limitConstraints: readonly Constraint<PlausibilityLimits>[] = [
    ['nameplateMax is at least one', ({ nameplateMax }) => nameplateMax >= ppmPerOne],
    ['nameplateMax is at most 1.2', ({ nameplateMax }) => nameplateMax <= (ppmPerOne * 12n) / 10n],
    ['dayMax is at most nameplateMax', ({ dayMax, nameplateMax }) => dayMax <= nameplateMax],
    ['monthMax is at most dayMax', ({ monthMax, dayMax }) => monthMax <= dayMax],
    ['yearMax is at most monthMax', ({ yearMax, monthMax }) => yearMax <= monthMax],
    ['yearMax is positive', ({ yearMax }) => yearMax > 0n],
    ['riseMax is positive', ({ riseMax }) => riseMax > 0n],
    ['nightMax is at most nameplateMax', ({ nightMax, nameplateMax }) => nightMax <= nameplateMax],
    // Above this a liar could add a hundredth of all a plant can give and be called noise.
    ['negligible is at most a hundredth', ({ negligible }) => negligible <= ppmPerOne / 100n],
];
