// SPDX-License-Identifier: Apache-2.0
import type { ProposalId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { ActionKind, ActionOf } from './action.js';
import type { Proposal } from './governanceRecords.js';
import { proposalState } from './tally.js';

/**
 * The action of an executed proposal that a contract cites for what it is about to do. That a mandate is used once is
 * the citing contract's to see to. Throws PROPOSAL_NOT_FOUND, MANDATE_NOT_IN_FORCE or MANDATE_FOR_ANOTHER_ACTION.
 */
export function checkMandate<K extends ActionKind>(
    proposal: Proposal | undefined,
    proposalId: ProposalId,
    kind: K,
    matches: (action: ActionOf<K>) => boolean = () => true,
): ActionOf<K> {
    if (proposal === undefined) refuse('PROPOSAL_NOT_FOUND', { proposalId });
    const state = proposalState(proposal);
    if (state !== 'executed') refuse('MANDATE_NOT_IN_FORCE', { proposalId, state });
    const { action } = proposal;
    const isOfKind = (action: Proposal['action']): action is ActionOf<K> => action.kind === kind;
    if (!isOfKind(action) || !matches(action)) {
        refuse('MANDATE_FOR_ANOTHER_ACTION', { proposalId, kind: action.kind });
    }
    return action;
}
