// SPDX-License-Identifier: Apache-2.0
import { type Decoded, freeText, object, oneOf, text } from '../encoding/codec.js';
import { milestoneId, programmeId, restrictionId, walletId } from '../encoding/identifier.js';
import { positiveAmount } from '../encoding/quantityCodec.js';
import { union } from '../encoding/union.js';
import { year } from '../time/period.js';
import { carrier } from '../energy/carrier.js';
import { plausibilityRuleName } from '../energy/plausibilityRules.js';
import { walletPower, walletType } from '../wallet/walletPolicy.js';
import { type ParameterName, parameterNames } from './parameters.js';

export const parameterName = oneOf<ParameterName>(parameterNames);
export const parameterValue = text(/^[0-9.]{1,20}$/, 'parameter value');
export const powerValue = text(/^(true|false|[0-9]{1,19})$/, 'true, false or whole number');

/**
 * What members vote on.
 * - `parameter`, `wallet-policy`: changes one figure of the rules; execution does it.
 * - `plausibility-rule`: changes one figure of what plants of one carrier can physically do, likewise.
 * - `treasury-programme`: Treasury Notes of this amount may be issued to this payee for this purpose.
 * - `release-milestone`: a milestone above the limit may be paid out of its programme's escrow.
 * - `lift-restriction`: a freeze ends early, on appeal.
 * - `genesis-supply`: this many K-Dollars are issued once, for growth to start from.
 * - `growth-adjustment`: this many more or fewer are issued in a year than its growth says.
 *
 * All but the first three change no rule: executed, they are mandates, which the contract concerned cites.
 */
export const proposalAction = union({
    parameter: object({ name: parameterName, value: parameterValue }),
    'treasury-programme': object({ programmeId, amount: positiveAmount, payee: walletId, purpose: freeText(200, 1) }),
    'release-milestone': object({ programmeId, milestoneId }),
    'lift-restriction': object({ restrictionId }),
    'wallet-policy': object({ walletType, power: walletPower, value: powerValue }),
    'plausibility-rule': object({ carrier, rule: plausibilityRuleName, value: parameterValue }),
    'genesis-supply': object({ asset: oneOf(['KD']), amount: positiveAmount }),
    'growth-adjustment': object({ year, direction: oneOf(['increase', 'decrease']), amount: positiveAmount }),
});
export type ProposalAction = Decoded<typeof proposalAction>;
export type ActionKind = ProposalAction['kind'];
export type ActionOf<K extends ActionKind> = Extract<ProposalAction, { readonly kind: K }>;
