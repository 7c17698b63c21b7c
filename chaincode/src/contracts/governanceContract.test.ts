// SPDX-License-Identifier: Apache-2.0
import type { ProposalId, VoteChoice } from '@power-currency/domain';
import { Scenario, simulatedIdentity } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';

const proposalId = 'raise-target' as ProposalId;
const members = ['AuthorityMSP', 'CentralBankMSP', 'CooperativeMSP'] as const;
const threeDays = 259_200n;
let scenario: Scenario;

beforeEach(async () => {
    scenario = await Scenario.founded();
});
afterEach(() => {
    scenario.close();
});

const delegate = (mspId: string = members[0]) => scenario.person(mspId, 'admin');
const propose = async (change: object = {}) =>
    scenario.submit(delegate(), 'Governance:Propose', {
        ...{ proposalId, parameter: 'coverageRatioTarget', value: '1.150000', rationale: 'a weekend dip' },
        ...change,
    });
const vote = async (mspId: string, choice: VoteChoice) =>
    scenario.submit(delegate(mspId), 'Governance:CastVote', { proposalId, choice });
const close = async () => scenario.submit(delegate(), 'Governance:Close', { proposalId });
const execute = async () => scenario.submit(delegate(), 'Governance:Execute', { proposalId });
const voteAll = async (choices: readonly VoteChoice[]) => {
    for (const [index, choice] of choices.entries()) await vote(members[index] ?? '', choice);
};

describe('a proposal', () => {
    it('changes a parameter once it is approved and executed', async () => {
        await propose();
        await voteAll(['for', 'for', 'against']);
        await expect(close()).resolves.toMatchObject({
            ...{ state: 'approved', tally: { for: 2n, against: 1n, abstain: 0n }, totalWeight: 3n, quorumWeight: 2n },
        });
        await expect(execute()).resolves.toMatchObject({ state: 'executed' });
        const reader = scenario.person('RegulatorMSP');
        await expect(scenario.ledger.evaluate(reader, 'Governance:DescribeParameters', {})).resolves.toMatchObject({
            coverageRatioTarget: 1_150_000n,
            coverageRatioMin: 1_100_000n,
        });
    });

    it('shows its tally while it is open', async () => {
        await propose();
        await vote('CooperativeMSP', 'abstain');
        const reader = scenario.person('RegulatorMSP');
        await expect(scenario.ledger.evaluate(reader, 'Governance:Describe', { proposalId })).resolves.toMatchObject({
            state: 'open',
            tally: { for: 0n, against: 0n, abstain: 1n },
        });
        const ballots = await scenario.ledger.evaluate(reader, 'Governance:ListBallots', { proposalId });
        expect(ballots).toMatchObject([{ participantId: 'cooperative', choice: 'abstain', weight: 1n }]);
        const page = await scenario.ledger.evaluate(reader, 'Governance:List', { pageSize: 5, bookmark: '' });
        expect(page.rows.map((row) => row.proposalId)).toEqual([proposalId]);
    });

    it.each([
        ['two of three for', ['for', 'for', 'against'], 'approved'],
        ['one for, one against', ['for', 'against', 'abstain'], 'rejected'],
        ['one for and two abstentions', ['for', 'abstain', 'abstain'], 'approved'],
        ['abstentions alone', ['abstain', 'abstain', 'abstain'], 'rejected'],
    ] as const)('with %s is decided', async (_name, choices, state) => {
        await propose();
        await voteAll(choices);
        await expect(close()).resolves.toMatchObject({ state });
    });

    it('is rejected when the deadline passes without a quorum', async () => {
        await propose();
        await vote('AuthorityMSP', 'for');
        scenario.ledger.time += threeDays;
        await expect(close()).resolves.toMatchObject({ state: 'rejected' });
    });

    it('of constitutional class needs more than two thirds', async () => {
        await propose({ parameter: 'coverageRatioMin', value: '1.050000' });
        await voteAll(['for', 'for', 'against']);
        await expect(close()).resolves.toMatchObject({ state: 'rejected' });
    });
});

describe('Propose refuses', () => {
    it('an unknown parameter', async () => {
        await expectRefusal(propose({ parameter: 'constructor' }), 'PROPOSAL_PARAMETER_UNKNOWN');
    });

    it.each([
        ['1.15', 'not a ratio with six decimals'],
        ['1.099999', 'coverageRatioTarget is at least coverageRatioMin'],
    ])('the value %s', async (value, reason) => {
        await expectRefusal(propose({ value }), 'PROPOSAL_VALUE_OUT_OF_RANGE', { reason });
    });

    it('an id that is taken', async () => {
        await propose();
        await expectRefusal(propose(), 'PROPOSAL_EXISTS');
    });

    it('a client who speaks for nobody', async () => {
        const draft = { proposalId, parameter: 'alphaBase', value: '0.200000', rationale: '' };
        const refused = scenario.submit(scenario.person('AuthorityMSP'), 'Governance:Propose', draft);
        await expectRefusal(refused, 'CALLER_NOT_AUTHORISED', { rolesRequired: ['delegate'] });
    });
});

describe('CastVote refuses', () => {
    it('a proposal nobody made', async () => {
        await expectRefusal(vote('AuthorityMSP', 'for'), 'PROPOSAL_NOT_FOUND');
    });

    it('a second vote of the same member, also by another of its delegates', async () => {
        await propose();
        await vote('AuthorityMSP', 'for');
        await expectRefusal(vote('AuthorityMSP', 'against'), 'VOTE_ALREADY_CAST');
        const other = simulatedIdentity({
            ...{ mspId: 'AuthorityMSP', enrolmentId: 'other', attributes: { 'power.role': 'delegate' } },
        });
        const again = scenario.submit(other, 'Governance:CastVote', { proposalId, choice: 'against' });
        await expectRefusal(again, 'VOTE_ALREADY_CAST', { participantId: 'authority' });
    });

    it('a vote after the deadline', async () => {
        await propose();
        scenario.ledger.time += threeDays - 1n;
        await vote('AuthorityMSP', 'for');
        scenario.ledger.time += 1n;
        await expectRefusal(vote('CooperativeMSP', 'for'), 'PROPOSAL_NOT_OPEN', { state: 'past its deadline' });
    });

    it('a vote that is back-dated behind what the ledger knows', async () => {
        await propose();
        scenario.ledger.time += threeDays;
        await scenario.submit(delegate(), 'Governance:Propose', {
            ...{ proposalId: 'other' as ProposalId, parameter: 'alphaBase', value: '0.200000', rationale: '' },
        });
        scenario.ledger.time -= 200n;
        await expectRefusal(vote('CooperativeMSP', 'for'), 'PROPOSAL_NOT_OPEN');
    });

    it('a vote on a closed proposal', async () => {
        await propose();
        await voteAll(['for', 'for', 'for']);
        await close();
        await expectRefusal(vote('AuthorityMSP', 'for'), 'PROPOSAL_NOT_OPEN', { state: 'approved' });
    });

    it('a member that had no weight when the proposal was opened', async () => {
        scenario.close();
        scenario = await Scenario.empty();
        const [first, second] = [
            { mspId: 'AuthorityMSP', participantId: 'authority' },
            { mspId: 'CooperativeMSP', participantId: 'cooperative' },
        ];
        const blank = { attesterRole: null, isIssuer: false, votingWeight: 1n };
        await scenario.found({ ...first, ...blank });
        await propose();
        await scenario.found({ ...second, ...blank });
        await expectRefusal(vote('CooperativeMSP', 'for'), 'VOTE_WITHOUT_WEIGHT', { participantId: 'cooperative' });
    });
});

describe('Close refuses', () => {
    it('a proposal nobody made', async () => {
        await expectRefusal(close(), 'PROPOSAL_NOT_FOUND');
    });

    it('while votes are still to come', async () => {
        await propose();
        await voteAll(['for', 'for']);
        await expectRefusal(close(), 'PROPOSAL_STILL_OPEN');
    });

    it('a proposal that is closed', async () => {
        await propose();
        await voteAll(['for', 'for', 'for']);
        await close();
        await expectRefusal(close(), 'PROPOSAL_NOT_OPEN');
    });
});

describe('Execute refuses', () => {
    it('a proposal nobody made', async () => {
        await expectRefusal(execute(), 'PROPOSAL_NOT_FOUND');
    });

    it('a proposal that is open or rejected', async () => {
        await propose();
        await expectRefusal(execute(), 'PROPOSAL_NOT_APPROVED', { state: 'open' });
        await voteAll(['against', 'against', 'against']);
        await close();
        await expectRefusal(execute(), 'PROPOSAL_NOT_APPROVED', { state: 'rejected' });
    });

    it('a second execution', async () => {
        await propose();
        await voteAll(['for', 'for', 'for']);
        await close();
        await execute();
        await expectRefusal(execute(), 'PROPOSAL_NOT_APPROVED', { state: 'executed' });
    });

    it('a value that other changes have made impossible', async () => {
        await propose({ value: '1.120000' });
        await voteAll(['for', 'for', 'for']);
        await close();
        const minimum = { proposalId: 'minimum' as ProposalId, parameter: 'coverageRatioTarget', value: '1.300000' };
        await pass({ ...minimum, rationale: '' });
        const raised = { proposalId: 'raised' as ProposalId, parameter: 'coverageRatioBandHigh', value: '1.500000' };
        await pass({ ...raised, rationale: '' });
        await pass({
            ...{ proposalId: 'min' as ProposalId, parameter: 'coverageRatioMin', value: '1.200000' },
            rationale: '',
        });
        await expectRefusal(execute(), 'PROPOSAL_VALUE_OUT_OF_RANGE');
    });

    async function pass(draft: { proposalId: ProposalId; parameter: string; value: string; rationale: string }) {
        await scenario.submit(delegate(), 'Governance:Propose', draft);
        const named = { proposalId: draft.proposalId };
        for (const mspId of members) {
            await scenario.submit(delegate(mspId), 'Governance:CastVote', { ...named, choice: 'for' });
        }
        await scenario.submit(delegate(), 'Governance:Close', named);
        await scenario.submit(delegate(), 'Governance:Execute', named);
    }
});
