// SPDX-License-Identifier: Apache-2.0
import { type ProposalAction, proposalId, type ProposalId, requestId, type VoteChoice } from '@power-currency/domain';
import { type Actor, memberWithRole, type Stage } from './stage.js';

/** Q31 advises a target above the freeze line; the paper's formula would mint right up to it. */
export const PROPOSED = {
    kind: 'parameter',
    name: 'coverageRatioTarget',
    value: '1.150000',
} as const satisfies ProposalAction;

/** Who votes how: two of three carry it. */
const VOTES: Readonly<Record<string, VoteChoice>> = { ops: 'for', data: 'for', risk: 'against' };

/** Runs a proposal to its execution. Returns its id and the executing transaction. */
export async function runProposal(stage: Stage, day: string): Promise<{ id: ProposalId; txId: string }> {
    const id = proposalId.decode(`target-115-${day}`, 'proposalId');
    const proposer = memberWithRole(stage, 'ops').admin;
    const rationale = 'Mint to a target above the freeze line, so that a quiet weekend does not freeze issuance.';
    await stage.settle(
        await proposer.governance.propose({
            requestId: request('propose', id),
            proposalId: id,
            action: PROPOSED,
            rationale,
        }),
    );
    stage.tell(`proposal ${id}: ${PROPOSED.name} = ${PROPOSED.value}`);
    for (const member of stage.members) {
        await vote(stage, member, id);
    }
    await stage.settle(await proposer.governance.close({ requestId: request('close', id), proposalId: id }));
    const executed = await stage.settle(
        await proposer.governance.execute({ requestId: request('execute', id), proposalId: id }),
    );
    stage.tell(`executed in block ${executed.blockNumber.toString()} (${executed.txId.slice(0, 12)}…)`);
    return { id, txId: executed.txId };
}

async function vote(stage: Stage, { organisation, admin }: Actor, id: ProposalId): Promise<void> {
    const choice = VOTES[organisation.role] ?? 'abstain';
    const requested = request(`vote-${organisation.name}`, id);
    await stage.settle(await admin.governance.castVote({ requestId: requested, proposalId: id, choice }));
    stage.tell(`  ${organisation.name} votes ${choice}`);
}

function request(step: string, id: ProposalId): ReturnType<typeof requestId.decode> {
    return requestId.decode(`${step}-${id}`, 'requestId');
}
