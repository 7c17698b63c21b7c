// SPDX-License-Identifier: Apache-2.0
import { integer, object, oneOf } from '../../encoding/codec.js';
import { participantId, proposalId } from '../../encoding/identifier.js';
import { count } from '../../encoding/quantityCodec.js';
import { parameterName, parameterValue, powerValue, proposalAction } from '../../governance/action.js';
import { proposalClasses, tally, voteChoices } from '../../governance/governanceRecords.js';
import { carrier } from '../../energy/carrier.js';
import { plausibilityRuleName } from '../../energy/plausibilityRules.js';
import { walletPower, walletType } from '../../wallet/walletPolicy.js';

export const governanceEvents = {
    ProposalOpened: object({
        proposalId,
        proposer: participantId,
        class: oneOf(proposalClasses),
        action: proposalAction,
    }),
    VoteCast: object({ proposalId, participantId, choice: oneOf(voteChoices), weight: count }),
    ProposalClosed: object({ proposalId, outcome: oneOf(['approved', 'rejected']), tally }),
    ParameterChanged: object({
        proposalId,
        parameter: parameterName,
        from: parameterValue,
        to: parameterValue,
    }),
    WalletPolicyChanged: object({
        proposalId,
        walletType,
        power: walletPower,
        from: powerValue,
        to: powerValue,
    }),
    /** `version` is that of the rules from now on. */
    PlausibilityRuleChanged: object({
        ...{ proposalId, carrier, rule: plausibilityRuleName, version: integer(1, 2 ** 31) },
        ...{ from: parameterValue, to: parameterValue },
    }),
    ProposalExecuted: object({ proposalId, action: proposalAction }),
} as const;
