// SPDX-License-Identifier: Apache-2.0
import {
    encodeArguments,
    initialParameters,
    initialWalletPolicies,
    type MilestoneId,
    money,
    type ParameterName,
    parseEventEnvelope,
    type ProgrammeId,
    type ProposalAction,
    type ProposalId,
    type RestrictionId,
    type VoteChoice,
    type WalletId,
    type WalletPower,
    type WalletType,
} from '@power-currency/domain';
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
const parameter = (name: ParameterName, value: string): ProposalAction => ({ kind: 'parameter', name, value });
const policy = (walletType: WalletType, power: WalletPower, value: string): ProposalAction => ({
    ...{ kind: 'wallet-policy', walletType, power, value },
});
const propose = async (action: ProposalAction = parameter('coverageRatioTarget', '1.150000')) =>
    scenario.submit(delegate(), 'Governance:Propose', { proposalId, action, rationale: 'a weekend dip' });
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
        await propose(parameter('coverageRatioMin', '1.050000'));
        await voteAll(['for', 'for', 'against']);
        await expect(close()).resolves.toMatchObject({ state: 'rejected' });
    });
});

const programme: ProposalAction = {
    ...{ kind: 'treasury-programme', programmeId: 'bridge' as ProgrammeId, amount: money(5_000_000n) },
    ...{ payee: 'anna' as WalletId, purpose: 'a bridge' },
};
const release: ProposalAction = {
    ...{ kind: 'release-milestone', programmeId: 'bridge' as ProgrammeId, milestoneId: 'pier' as MilestoneId },
};
const lift: ProposalAction = { kind: 'lift-restriction', restrictionId: 'freeze-1' as RestrictionId };

describe('an action', () => {
    it.each<[string, ProposalAction, string]>([
        ['a parameter', parameter('votingPeriodSeconds', '86400'), 'constitutional'],
        ['a limit', parameter('tier0DailyMax', '2000000000000'), 'ordinary'],
        ['a treasury programme', programme, 'monetary'],
        ['the release of a milestone', release, 'ordinary'],
        ['the end of a freeze', lift, 'ordinary'],
        ['a power of wallets', policy('personal', 'tierMin', '1'), 'constitutional'],
    ])('on %s is of its class', async (_name, action, expected) => {
        await expect(propose(action)).resolves.toMatchObject({ class: expected, action });
    });

    it('on a power changes the policy table, for its type of wallet alone', async () => {
        const reader = scenario.person('RegulatorMSP');
        const read = async () => scenario.ledger.evaluate(reader, 'Governance:DescribeWalletPolicies', {});
        await expect(read()).resolves.toEqual(initialWalletPolicies);
        await scenario.mandate('flag', policy('cooperative', 'grossSettlement', 'true'));
        await scenario.mandate('number', policy('personal', 'tierMin', '1'));
        await scenario.mandate('amount', policy('personal', 'transactionMax', '9223372036854775807'));
        const { cooperative, personal } = initialWalletPolicies;
        await expect(read()).resolves.toEqual({
            ...initialWalletPolicies,
            cooperative: { ...cooperative, grossSettlement: true },
            personal: { ...personal, tierMin: 1, transactionMax: 9_223_372_036_854_775_807n },
        });
        expect(await scenario.ledger.evaluate(reader, 'Governance:DescribeParameters', {})).toEqual(initialParameters);
    });

    it('tells what it changed, from what', async () => {
        await propose(policy('commercial', 'transactionMax', '7'));
        await voteAll(['for', 'for', 'for']);
        await close();
        const endorsed = await endorseExecution();
        expect(parseEventEnvelope(endorsed.eventPayload?.toString() ?? '').events).toEqual([
            {
                ...{ type: 'WalletPolicyChanged', proposalId, walletType: 'commercial', power: 'transactionMax' },
                ...{ from: '0', to: '7' },
            },
            { type: 'ProposalExecuted', proposalId, action: policy('commercial', 'transactionMax', '7') },
        ]);
    });

    it.each([
        ['treasury programme', programme],
        ['release', release],
        ['appeal', lift],
    ] as const)('that allows a %s changes no rules when it is executed', async (_name, action) => {
        await propose(action);
        await voteAll(['for', 'for', 'for']);
        await close();
        const endorsed = await endorseExecution();
        expect(parseEventEnvelope(endorsed.eventPayload?.toString() ?? '').events).toEqual([
            { type: 'ProposalExecuted', proposalId, action },
        ]);
        await scenario.ledger.commit([endorsed]);
        const keys = [...(await scenario.ledger.state()).keys()];
        expect(keys.filter((key) => /^(parameters|wallet-policy)~/.test(key))).toEqual([]);
    });

    const endorseExecution = async () =>
        scenario.ledger.endorse({
            ...{ identity: delegate(), transaction: 'Governance:Execute' },
            argument: encodeArguments('Governance:Execute', { requestId: scenario.requestId(), proposalId }),
        });
});

describe('Propose refuses', () => {
    it.each<[string, object, string]>([
        ['an unknown kind of action', { kind: 'seizure', walletId: 'anna' }, 'action.kind'],
        ['an unknown parameter', { kind: 'parameter', name: 'constructor', value: '1' }, 'action.name'],
        ['an unknown power', { ...policy('reserve', 'tierMin', '1'), power: 'constructor' }, 'action.power'],
        ['an unknown type of wallet', { ...policy('reserve', 'tierMin', '1'), walletType: 'all' }, 'action.walletType'],
        ['a power that is no word or number', policy('reserve', 'tierMin', '-1'), 'action.value'],
        ['a programme of nothing', { ...programme, amount: 0n }, 'action.amount'],
        ['a programme without a purpose', { ...programme, purpose: '' }, 'action.purpose'],
        ['a purpose of 201 characters', { ...programme, purpose: 'x'.repeat(201) }, 'action.purpose'],
        ['an id of another form', { kind: 'lift-restriction', restrictionId: 'A' }, 'action.restrictionId'],
    ])('%s, naming the field', async (_name, action, field) => {
        await expectRefusal(propose(action as ProposalAction), 'INVALID_ARGUMENT', { field });
    });

    it.each<[ParameterName, string, string]>([
        ['redemptionHolderDailyMax', '100000000001', 'redemptionHolderDailyMax is at most redemptionSystemDailyMax'],
        ['guardianDelaySeconds', '3599', 'guardianDelaySeconds is at least an hour'],
        ['guardianDelaySeconds', '2592001', 'guardianDelaySeconds is at most 30 days'],
        ['freezeSecondsMax', '3599', 'freezeSecondsMax is at least an hour'],
        ['freezeSecondsMax', '7776001', 'freezeSecondsMax is at most 90 days'],
        ['tier0TransactionMax', '1000000000001', 'tier0TransactionMax is within tier0DailyMax'],
        ['tier0TransactionMax', '0', 'tier0TransactionMax is within tier0DailyMax'],
        ['tier1TransactionMax', '5000000000001', 'tier1TransactionMax is within tier1DailyMax'],
        ['tier2TransactionMax', '50000000000001', 'tier2TransactionMax is within tier2DailyMax'],
        ['tier1TransactionMax', '499999999999', 'tier0TransactionMax is within that of tier 1'],
        ['tier2TransactionMax', '999999999999', 'tier1TransactionMax is within that of tier 2'],
        ['tier0DailyMax', '5000000000001', 'tier0DailyMax is within that of tier 1'],
        ['tier0DailyMax', '0', 'tier0DailyMax is within that of tier 1'],
        ['tier1DailyMax', '50000000000001', 'tier1DailyMax is within that of tier 2'],
    ])('%s = %s', async (name, value, reason) => {
        const details = { parameter: name, value, reason } as const;
        await expectRefusal(propose(parameter(name, value)), 'PROPOSAL_VALUE_OUT_OF_RANGE', details);
    });

    it.each<[WalletType, WalletPower, string, string]>([
        ['personal', 'creditLine', 'true', 'only commercial wallets have a creditLine'],
        ['reserve', 'transactionMax', '1', 'reserve wallets have no transactionMax'],
        ['personal', 'tierMin', '4', 'not an integer from 0 to 3'],
        ['personal', 'tierMin', '01', 'not an integer from 0 to 3'],
        ['personal', 'settlementRank', '0', 'not an integer from 1 to 9'],
        ['personal', 'settlementRank', 'true', 'not an integer from 1 to 9'],
        ['personal', 'grossSettlement', '1', 'not true or false'],
        ['personal', 'transactionMax', 'true', 'not an amount in minor units as a decimal string'],
        ['personal', 'transactionMax', '9223372036854775808', 'not an amount in minor units as a decimal string'],
    ])('for %s wallets %s = %s', async (walletType, power, value, reason) => {
        const details = { parameter: `${walletType}.${power}`, value, reason } as const;
        await expectRefusal(propose(policy(walletType, power, value)), 'PROPOSAL_VALUE_OUT_OF_RANGE', details);
    });

    it.each([
        ['1.15', 'not a ratio with six decimals'],
        ['1.099999', 'coverageRatioTarget is at least coverageRatioMin'],
    ])('the value %s', async (value, reason) => {
        const action = parameter('coverageRatioTarget', value);
        await expectRefusal(propose(action), 'PROPOSAL_VALUE_OUT_OF_RANGE', { reason });
    });

    it('an id that is taken', async () => {
        await propose();
        await expectRefusal(propose(), 'PROPOSAL_EXISTS');
    });

    it('a client who speaks for nobody', async () => {
        const draft = { proposalId, action: parameter('alphaBase', '0.200000'), rationale: '' };
        const refused = scenario.submit(scenario.person('AuthorityMSP'), 'Governance:Propose', draft);
        await expectRefusal(refused, 'CALLER_NOT_AUTHORISED', { rolesRequired: ['delegate'] });
    });
});

describe('CastVote refuses', () => {
    it('a proposal nobody made', async () => {
        await expectRefusal(vote('AuthorityMSP', 'for'), 'PROPOSAL_NOT_FOUND');
    });

    it('a second vote of the same member, also by another of its delegates [V46 V84]', async () => {
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

    it('a vote that is back-dated behind what the ledger knows [V80]', async () => {
        await propose();
        scenario.ledger.time += threeDays;
        await scenario.submit(delegate(), 'Governance:Propose', {
            ...{ proposalId: 'other' as ProposalId, action: parameter('alphaBase', '0.200000'), rationale: '' },
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
        const blank = { attesterRole: null, isIssuer: false, isTreasury: false, votingWeight: 1n };
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
        await propose(parameter('coverageRatioTarget', '1.120000'));
        await voteAll(['for', 'for', 'for']);
        await close();
        await scenario.mandate('target', parameter('coverageRatioTarget', '1.300000'));
        await scenario.mandate('band', parameter('coverageRatioBandHigh', '1.500000'));
        await scenario.mandate('minimum', parameter('coverageRatioMin', '1.200000'));
        await expectRefusal(execute(), 'PROPOSAL_VALUE_OUT_OF_RANGE');
    });
});
