// SPDX-License-Identifier: Apache-2.0
import { type Noun, row } from './noun.js';

const compliance: Noun = {
    noun: 'compliance',
    description: 'verify holders, freeze wallets, approve large operations as a second person',
    verbs: [
        row(
            ...(['verify-holder', 'Compliance:VerifyHolder', 'wallet subject tier'] as const),
            'notary alice 2 --digest identity.json --valid-until 2029-12-31 --key keys/notary.pem',
        ),
        row('holder', 'Compliance:DescribeHolder', 'holderId', 'alice'),
        row('holders', 'Compliance:ListHolders', '', '--all', 'holderId custodian verification.tier'),
        row(
            ...(['propose-restriction', 'Compliance:ProposeRestriction', 'restrictionId measure'] as const),
            `case-7 '{"kind":"freeze-wallet","walletId":"alice","reason":"court-order"}' --expires-at +14d`,
        ),
        row('confirm-restriction', 'Compliance:ConfirmRestriction', 'restrictionId holderId', 'case-7 alice'),
        row('lift-restriction', 'Compliance:LiftRestriction', 'restrictionId holderId', 'case-7 alice'),
        row(
            ...(['lift-by-mandate', 'Compliance:LiftByMandate', 'restrictionId holderId proposalId'] as const),
            'case-7 alice appeal-3',
        ),
        row(
            ...(['restrictions', 'Compliance:ListRestrictions', '', '--all'] as const),
            'restriction.restrictionId restriction.measure.kind restriction.measure.reason restriction.expiresAt state',
        ),
        row('withdraw-operation', 'Compliance:WithdrawOperation', 'commandDigest', `${'4f'.repeat(4)}…`),
        row(
            ...(['operations', 'Compliance:ListOperations', '', '--all'] as const),
            'approval.commandDigest approval.transaction approval.expiresAt state',
        ),
    ],
};

const governance: Noun = {
    noun: 'governance',
    description: 'propose changes of the rules, vote on them, put them into force',
    verbs: [
        row(
            ...(['propose', 'Governance:Propose', 'proposalId action'] as const),
            `cover-120 '{"kind":"parameter","name":"coverageRatioTarget","value":"1.200000"}' --rationale 'a dry year'`,
        ),
        row('vote', 'Governance:CastVote', 'proposalId choice', 'cover-120 for'),
        row('close', 'Governance:Close', 'proposalId', 'cover-120'),
        row('execute', 'Governance:Execute', 'proposalId', 'cover-120'),
        row('ballots', 'Governance:ListBallots', 'proposalId', 'cover-120'),
    ],
};

const registry: Noun = {
    noun: 'registry',
    description: "register the own organisation and its attesters' keys",
    verbs: [
        row(
            ...(['register', 'Registry:RegisterParticipant', 'participantId'] as const),
            "cooperative --display-name 'Energy Cooperative'",
        ),
        row(
            ...(['register-signer', 'Registry:RegisterSigner', 'signerId role'] as const),
            'meter-3 data --public-key keys/meter-3.pem',
        ),
        row('revoke-signer', 'Registry:RevokeSigner', 'signerId', 'meter-3'),
    ],
};

const credit: Noun = {
    noun: 'credit',
    description: 'issue Power Credits against an attested day',
    verbs: [row('mint', 'PowerCredit:Mint', 'day to amount', '2025-11-19 alice 1000')],
};

const supply: Noun = {
    noun: 'supply',
    description: 'why the supply of Power Credits changed',
    verbs: [row('explain', 'PowerCredit:ExplainSupply', 'day', '2025-11-19')],
};

const attestation: Noun = {
    noun: 'attestation',
    description: 'read attested energy days as they were signed',
    verbs: [
        row('latest', 'Attestation:DescribeLatest', '', ''),
        row('file', 'Attestation:ReadFile', 'day', '2025-11-19'),
        row('zones', 'Attestation:DescribeZones', 'day', '2025-11-19', 'name eic attestedWh wh correctedBy'),
    ],
};

/** What members' staff do as themselves, by their roles, and what may be asked about it. */
export const memberNouns: readonly Noun[] = [compliance, governance, registry, credit, supply, attestation];
