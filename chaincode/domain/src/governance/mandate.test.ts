// SPDX-License-Identifier: Apache-2.0
import type { MilestoneId, ParticipantId, ProgrammeId, ProposalId } from '../encoding/identifier.js';
import { isDomainError } from '../error/domainError.js';
import type { Quantity } from '../money/quantity.js';
import type { Instant } from '../time/ledgerClock.js';
import type { ProposalAction } from './action.js';
import type { Proposal, Tally } from './governanceRecords.js';
import { checkMandate } from './mandate.js';

const proposalId = 'pay-the-pier' as ProposalId;
const [programmeId, milestoneId] = ['bridge' as ProgrammeId, 'pier' as MilestoneId];
const action: ProposalAction = { kind: 'release-milestone', programmeId, milestoneId };
const now = 1_800_000_000n as Instant;
const weight = (value: bigint): Quantity<'count'> => value as Quantity<'count'>;
const unanimous: Tally = { for: weight(3n), against: weight(0n), abstain: weight(0n) };
const executed: Proposal = {
    ...{ proposalId, proposer: 'authority' as ParticipantId, class: 'ordinary', action, rationale: '' },
    ...{ openedAt: now, deadline: now, weights: { authority: weight(3n) } },
    ...{ closed: { at: now, tally: unanimous }, executedAt: now },
};

function refusalOf(proposal: Proposal | undefined, programme = programmeId): unknown {
    try {
        return checkMandate(
            proposal,
            proposalId,
            'release-milestone',
            (cited) => cited.programmeId === programme && cited.milestoneId === milestoneId,
        );
    } catch (thrown) {
        return isDomainError(thrown) ? { code: thrown.code, details: thrown.details } : thrown;
    }
}

describe('a mandate', () => {
    it('in force gives the action it allows', () => {
        expect(refusalOf(executed)).toEqual(action);
    });

    it('of a proposal nobody made is refused', () => {
        expect(refusalOf(undefined)).toEqual({ code: 'PROPOSAL_NOT_FOUND', details: { proposalId } });
    });

    it.each<[string, Proposal]>([
        ['open', { ...executed, closed: null, executedAt: null }],
        ['approved', { ...executed, executedAt: null }],
        [
            'rejected',
            {
                ...executed,
                closed: { at: now, tally: { ...unanimous, for: weight(0n), against: weight(3n) } },
                executedAt: null,
            },
        ],
    ])('of a proposal that is %s is refused', (state, proposal) => {
        expect(refusalOf(proposal)).toEqual({ code: 'MANDATE_NOT_IN_FORCE', details: { proposalId, state } });
    });

    it('for something else of its kind is refused', () => {
        const expected = { code: 'MANDATE_FOR_ANOTHER_ACTION', details: { proposalId, kind: 'release-milestone' } };
        expect(refusalOf(executed, 'tunnel' as ProgrammeId)).toEqual(expected);
    });

    it('for another kind of action is refused, whatever else matches', () => {
        const other: ProposalAction = { kind: 'parameter', name: 'alphaBase', value: '0.200000' };
        const expected = { code: 'MANDATE_FOR_ANOTHER_ACTION', details: { proposalId, kind: 'parameter' } };
        expect(refusalOf({ ...executed, action: other })).toEqual(expected);
        expect(() => checkMandate({ ...executed, action: other }, proposalId, 'release-milestone')).toThrow();
    });
});
