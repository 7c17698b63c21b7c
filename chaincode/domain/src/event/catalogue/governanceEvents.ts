// SPDX-License-Identifier: Apache-2.0
import { object, oneOf } from '../../encoding/codec.js';
import { participantId, proposalId } from '../../encoding/identifier.js';
import { count } from '../../encoding/quantityCodec.js';
import { parameterName, parameterValue, powerValue, proposalAction } from '../../governance/action.js';
import { proposalClasses, tally, voteChoices } from '../../governance/governanceRecords.js';
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
    ProposalExecuted: object({ proposalId, action: proposalAction }),
} as const;
