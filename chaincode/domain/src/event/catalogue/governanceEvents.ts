// SPDX-License-Identifier: Apache-2.0
import { nullable, object, oneOf } from '../../encoding/codec.js';
import { participantId, proposalId } from '../../encoding/identifier.js';
import { count } from '../../encoding/quantityCodec.js';
import {
    parameterName,
    parameterValue,
    proposalClasses,
    tally,
    voteChoices,
} from '../../governance/governanceRecords.js';

export const governanceEvents = {
    ProposalOpened: object({
        proposalId,
        proposer: participantId,
        class: oneOf(proposalClasses),
        parameter: parameterName,
        value: parameterValue,
    }),
    VoteCast: object({ proposalId, participantId, choice: oneOf(voteChoices), weight: count }),
    ProposalClosed: object({ proposalId, outcome: oneOf(['approved', 'rejected']), tally }),
    ParameterChanged: object({
        proposalId,
        parameter: parameterName,
        from: nullable(parameterValue),
        to: parameterValue,
    }),
} as const;
