// SPDX-License-Identifier: Apache-2.0
import {
    type Ballot,
    castVote,
    closeProposal,
    dayOf,
    type DomainEvent,
    executeProposal,
    type GovernedRules,
    isCarried,
    outcomeOf,
    type Parameters,
    parameterText,
    type ParticipantId,
    powerText,
    plausibilityText,
    type Proposal,
    type ProposalId,
    propose,
    refuse,
    withVersion,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { parametersOf, plausibilityRulesOf, timelineIn, walletPoliciesOf } from '../ledger/basis.js';
import { founderOf, participantOf, participantRefs } from '../ledger/caller.js';
import { adjustYear } from '../ledger/growth.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import type { LedgerSession } from '../ledger/ledgerSession.js';
import { pageOfValues } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import { isPresent } from '../ledger/present.js';
import { refTo, type StateRef } from '../ledger/stateTable.js';
import {
    headRef,
    parametersRef,
    plausibilityRulesRef,
    tables,
    timelineRef,
    walletPoliciesRef,
} from '../ledger/tables.js';
import { numberKey } from '../ledger/timeKey.js';

const proposalRef = (proposalId: ProposalId): StateRef<Proposal> => refTo(tables.proposal, proposalId);
const ballotRef = (proposalId: ProposalId, voter: string): StateRef<Ballot> => refTo(tables.ballot, proposalId, voter);

const ruleRefs = [parametersRef, walletPoliciesRef, plausibilityRulesRef];

/** How the members decide together: propose, vote, close, execute. */
export class GovernanceContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Governance', platform);
    }

    @Transaction()
    @Returns('string')
    async Propose(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Governance:Propose', request, {
            load: ({ proposalId }) => [proposalRef(proposalId), ...ruleRefs, ...participantRefs],
            decide: ({ proposalId, action, rationale }, caller) => {
                const proposer = participantOf(caller).participantId;
                const proposal = propose({
                    ...{ proposalId, proposer, action, rationale, now: context.now },
                    rules: rulesOf(session),
                    participants: participantRefs.map((ref) => session.get(ref)).filter(isPresent),
                    existing: session.get(proposalRef(proposalId)),
                });
                session.put(proposalRef(proposalId), proposal);
                context.advanceClock();
                const { class: proposalClass } = proposal;
                return {
                    result: proposal,
                    events: [{ type: 'ProposalOpened', proposalId, proposer, class: proposalClass, action }],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async CastVote(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Governance:CastVote', request, {
            load: ({ proposalId }, submitter) => [
                proposalRef(proposalId),
                ballotRef(proposalId, founderOf(submitter)?.participantId ?? submitter.mspId),
            ],
            decide: ({ proposalId, choice }, caller) => {
                const { participantId } = participantOf(caller);
                const ref = ballotRef(proposalId, participantId);
                const proposal = session.get(proposalRef(proposalId));
                const facts = { proposalId, proposal, participantId, choice, existing: session.get(ref) };
                const ballot = castVote({ ...facts, now: context.now });
                session.put(ref, ballot);
                const { weight } = ballot;
                return { result: ballot, events: [{ type: 'VoteCast', proposalId, participantId, choice, weight }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Close(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Governance:Close', request, {
            load: ({ proposalId }) => [proposalRef(proposalId)],
            decide: async ({ proposalId }) => {
                const found = session.get(proposalRef(proposalId));
                const ballots = await ballotsOf(session, found);
                const proposal = closeProposal(proposalId, found, ballots, context.now);
                session.put(proposalRef(proposalId), proposal);
                context.advanceClock();
                const result = outcomeOf(proposal, ballots);
                const outcome = isCarried(proposal, result.tally) ? 'approved' : 'rejected';
                return { result, events: [{ type: 'ProposalClosed', proposalId, outcome, tally: result.tally }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Execute(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Governance:Execute', request, {
            load: ({ proposalId }) => [proposalRef(proposalId), ...ruleRefs, headRef, timelineRef],
            decide: async ({ proposalId }) => {
                const found = session.get(proposalRef(proposalId));
                const before = rulesOf(session);
                const { proposal, rules } = executeProposal(proposalId, found, before, context.now);
                session.put(proposalRef(proposalId), proposal);
                if (rules.parameters !== before.parameters) putParameters(context, proposal, rules.parameters);
                if (rules.walletPolicies !== before.walletPolicies) {
                    session.put(walletPoliciesRef, rules.walletPolicies);
                }
                if (rules.plausibility !== before.plausibility) session.put(plausibilityRulesRef, rules.plausibility);
                context.advanceClock();
                const executed = { type: 'ProposalExecuted', proposalId, action: proposal.action } as const;
                const changes = [...changeEvents(proposal, before), ...(await adjustYear(context, proposal))];
                return { result: outcomeOf(proposal, []), events: [...changes, executed] };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async Describe(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Governance:Describe', request, async ({ proposalId }) => {
            const proposal = await existingProposal(context.session, proposalId);
            return outcomeOf(proposal, await ballotsOf(context.session, proposal));
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListBallots(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Governance:ListBallots', request, async ({ proposalId }) =>
            ballotsOf(context.session, await existingProposal(context.session, proposalId)),
        );
    }

    @Transaction(false)
    @Returns('string')
    async List(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Governance:List', request, (paging) =>
            pageOfValues(context.session, tables.proposal, [], paging),
        );
    }

    @Transaction(false)
    @Returns('string')
    async DescribeParameters(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Governance:DescribeParameters', request, async () => {
            await context.session.load([parametersRef]);
            return parametersOf(context.session);
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeWalletPolicies(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Governance:DescribeWalletPolicies', request, async () => {
            await context.session.load([walletPoliciesRef]);
            return walletPoliciesOf(context.session);
        });
    }
}

/** Puts parameters in force, from today on, and writes down which vote changed what. */
function putParameters(context: LedgerContext, { proposalId, action }: Proposal, changed: Parameters): void {
    const { session, now } = context;
    const timeline = timelineIn(session);
    if (action.kind === 'parameter') {
        const { name, value } = action;
        const transactionId = context.stub.getTxID();
        const ref = refTo(tables.parameterChange, numberKey(timeline.changeCount));
        session.insertBlind(ref, { proposalId, name, value, at: now, transactionId });
    }
    session.put(timelineRef, withVersion(timeline, changed, dayOf(now), session.get(headRef)?.day));
    session.put(parametersRef, changed);
}

function rulesOf(session: LedgerSession): GovernedRules {
    return {
        parameters: parametersOf(session),
        walletPolicies: walletPoliciesOf(session),
        plausibility: plausibilityRulesOf(session),
    };
}

/** What an action changes in the rules by itself; nothing for a mandate. */
function changeEvents({ proposalId, action }: Proposal, before: GovernedRules): readonly DomainEvent[] {
    if (action.kind === 'parameter') {
        const { name: parameter, value: to } = action;
        const from = parameterText(before.parameters, parameter);
        return [{ type: 'ParameterChanged', proposalId, parameter, from, to }];
    }
    if (action.kind === 'wallet-policy') {
        const { walletType, power, value: to } = action;
        const from = powerText(before.walletPolicies, walletType, power);
        return [{ type: 'WalletPolicyChanged', proposalId, walletType, power, from, to }];
    }
    if (action.kind === 'plausibility-rule') {
        const { carrier, rule, value: to } = action;
        const from = plausibilityText(before.plausibility, carrier, rule);
        const version = before.plausibility.version + 1;
        return [{ type: 'PlausibilityRuleChanged', proposalId, carrier, rule, version, from, to }];
    }
    return [];
}

/** The ballots by the voters the proposal names: point reads, so that no new ballot disturbs a count. */
async function ballotsOf(session: LedgerSession, proposal: Proposal | undefined): Promise<readonly Ballot[]> {
    if (proposal === undefined) return [];
    const voters = Object.keys(proposal.weights) as ParticipantId[];
    const refs = voters.sort().map((voter) => ballotRef(proposal.proposalId, voter));
    await session.load(refs);
    return refs.map((ref) => session.get(ref)).filter(isPresent);
}

async function existingProposal(session: LedgerSession, proposalId: ProposalId): Promise<Proposal> {
    return (await session.read(proposalRef(proposalId))) ?? refuse('PROPOSAL_NOT_FOUND', { proposalId });
}
