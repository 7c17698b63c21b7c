// SPDX-License-Identifier: Apache-2.0
import { coverageRatioText } from '../credit/creditRecords.js';
import { type Decoded, integer, nullable, object, oneOf, text } from '../encoding/codec.js';
import { creditId, participantId, proposalId, signerId, walletId } from '../encoding/identifier.js';
import { amount, count, energyWh, positiveAmount } from '../encoding/quantityCodec.js';
import { parameterName, parameterValue, proposalClasses, tally, voteChoices } from '../governance/governanceRecords.js';
import { attesterRole } from '../registry/role.js';
import { day } from '../time/day.js';

const asset = oneOf(['PC']);

/** Everything that can have happened, in the past tense. Read models are built from these alone. */
export const eventCatalogue = {
    ParticipantRegistered: object({ participantId, mspId: text(/^[A-Za-z0-9._-]{1,64}$/, 'MSP id') }),
    SignerRegistered: object({ signerId, participantId, role: attesterRole }),
    SignerRevoked: object({ signerId, participantId }),
    WalletOpened: object({ walletId, custodian: participantId }),
    CreditsTransferred: object({ asset, from: walletId, to: walletId, amount: positiveAmount, nonce: count, creditId }),
    CreditsFolded: object({ asset, walletId, amount: positiveAmount, creditCount: integer(1, 1000) }),
    CreditsIssued: object({ asset, day, to: walletId, amount: positiveAmount, creditId, issued: amount }),
    DayAttested: object({
        day,
        sequence: count,
        whDcRaw: energyWh,
        whDcCommit: energyWh,
        coverageRatio: coverageRatioText,
        mintSuggested: amount,
        digestSigned: text(/^0x[0-9a-f]{64}$/, 'digest'),
    }),
    CoverageFrozen: object({ day, coverageRatio: coverageRatioText }),
    CoverageRecovered: object({ day, coverageRatio: coverageRatioText }),
    CoverageAboveBand: object({ day, coverageRatio: coverageRatioText }),
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

export type EventType = keyof typeof eventCatalogue;

/** One thing that happened, with its facts. */
export type DomainEvent = {
    [T in EventType]: { readonly type: T } & Decoded<(typeof eventCatalogue)[T]>;
}[EventType];
