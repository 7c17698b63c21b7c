// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import type {
    MilestoneId,
    ParticipantId,
    ProgrammeId,
    ProposalId,
    RequestId,
    WalletId,
} from '../encoding/identifier.js';
import { DomainError } from '../error/domainError.js';
import type { Proposal } from '../governance/governanceRecords.js';
import { initialParameters } from '../governance/parameters.js';
import { powerCredit } from '../money/asset.js';
import type { Money } from '../money/money.js';
import type { Quantity } from '../money/quantity.js';
import type { Instant } from '../time/ledgerClock.js';
import { attestMilestone } from './attestMilestone.js';
import { clawBackMilestone, releaseMilestone } from './endMilestone.js';
import { milestoneBook, milestoneState, progressOf } from './progress.js';
import type { Milestone, MilestoneAttestation, Programme } from './programmeRecords.js';

const [programmeId, milestoneId] = ['bridge' as ProgrammeId, 'pier' as MilestoneId];
const attesters = ['engineer', 'auditor', 'notary'] as WalletId[];
const [city, builder] = ['city' as WalletId, 'builder' as WalletId];
const start = 1_000n;
const deadline = 1_010n;
const limit = 50n;
const parameters = { ...initialParameters, milestoneVoteLimit: limit as Money };

const step = fc.oneof(
    fc.record({
        kind: fc.constant('attest' as const),
        wallet: fc.constantFrom(...attesters, city, builder),
        evidence: fc.integer({ min: 1, max: 2 }),
    }),
    fc.record({ kind: fc.constant('release' as const), vote: fc.constantFrom('none', 'right', 'wrong', 'open') }),
    fc.record({ kind: fc.constant('clawBack' as const), wallet: fc.constantFrom(city, builder) }),
    fc.record({ kind: fc.constant('wait' as const), seconds: fc.bigInt({ min: 0n, max: 8n }) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** The ledger's records of one milestone, beside what happened to it in plain words. */
class Site {
    milestone: Milestone;
    readonly words = new Map<WalletId, MilestoneAttestation>();
    now = start as Instant;
    readonly programme: Programme;

    constructor(amount: bigint) {
        const plan = { milestoneId, payee: builder, amount: amount as Money };
        const facts = { evidence: 'survey', deadline: deadline as Instant, released: null, clawedBackAt: null };
        this.milestone = { programmeId, ...plan, ...facts };
        this.programme = {
            ...{
                programmeId,
                opener: city,
                asset: powerCredit,
                budget: amount as Money,
                purpose: 'a bridge',
                attesters,
            },
            ...{ milestones: [{ milestoneId, payee: builder }], openedAt: start as Instant },
        };
    }

    /** What the rules say happens; nothing changes where they refuse. */
    take(taken: Step): boolean {
        try {
            this.#try(taken);
            return true;
        } catch (thrown) {
            if (!(thrown instanceof DomainError)) throw thrown;
            return false;
        }
    }

    /** What the requirement says happens, worked out anew. */
    mayTake(taken: Step): boolean {
        const isOpen = milestoneState(this.milestone) === 'escrowed';
        switch (taken.kind) {
            case 'wait':
                return true;
            case 'attest':
                return isOpen && attesters.includes(taken.wallet) && !this.words.has(taken.wallet);
            case 'release': {
                const isVotedFor = taken.vote === 'right' || (taken.vote === 'none' && this.milestone.amount <= limit);
                return isOpen && this.agreeing() >= 2 && isVotedFor;
            }
            case 'clawBack':
                return isOpen && taken.wallet === city && this.now >= deadline;
        }
    }

    agreeing(): number {
        const [first, second] = [1, 2].map(
            (evidence) => [...this.words.values()].filter(({ evidenceHash }) => evidenceHash[0] === evidence).length,
        );
        return Math.max(first ?? 0, second ?? 0);
    }

    #try(taken: Step): void {
        const { programme, milestone, now } = this;
        if (taken.kind === 'wait') {
            this.now = (now + taken.seconds) as Instant;
        } else if (taken.kind === 'attest') {
            const evidenceHash = new Uint8Array(32).fill(taken.evidence);
            const intent = { ...intentOf(taken.wallet), type: 'power/attest-milestone', evidenceHash } as const;
            const existing = this.words.get(taken.wallet);
            this.words.set(taken.wallet, attestMilestone({ intent, programme, milestone, existing, now }));
        } else if (taken.kind === 'clawBack') {
            const intent = { ...intentOf(taken.wallet), type: 'power/claw-back-milestone' } as const;
            this.milestone = clawBackMilestone({ intent, programme, milestone, now });
        } else {
            const proposalId = taken.vote === 'none' ? null : (taken.vote as ProposalId);
            const facts = {
                programme,
                milestoneId,
                milestone,
                attestations: [...this.words.values()],
                parameters,
                now,
            };
            this.milestone = releaseMilestone({ ...facts, proposalId, proposal: voteOf(taken.vote) });
        }
    }
}

function intentOf(wallet: WalletId) {
    const place = { version: '2', network: 'n', channel: 'power', requestId: 'r' as RequestId } as const;
    const turn = { nonce: 0n as Quantity<'count'>, expiresAt: start as Instant };
    return { ...place, ...turn, wallet, programmeId, milestoneId };
}

function voteOf(vote: string): Proposal | undefined {
    if (vote === 'none') return undefined;
    const released = (vote === 'wrong' ? 'deck' : milestoneId) as MilestoneId;
    const zero = 0n as Quantity<'count'>;
    const executedAt = vote === 'open' ? null : (start as Instant);
    return {
        ...{ proposalId: vote as ProposalId, proposer: 'authority' as ParticipantId, class: 'ordinary' },
        ...{ action: { kind: 'release-milestone', programmeId, milestoneId: released }, rationale: '', executedAt },
        ...{ openedAt: start as Instant, deadline: start as Instant, weights: {} },
        closed: { at: start as Instant, tally: { for: 3n as Quantity<'count'>, against: zero, abstain: zero } },
    };
}

it('a milestone of any history ends once, by the evidence or after its deadline, and loses no money', () => {
    fc.assert(
        fc.property(fc.bigInt({ min: 1n, max: 100n }), fc.array(step, { maxLength: 24 }), (amount, steps) => {
            const site = new Site(amount);
            for (const taken of steps) {
                const before = site.milestone;
                expect([taken, site.mayTake(taken)]).toEqual([taken, site.take(taken)]);
                // What has ended stays as it is.
                if (milestoneState(before) !== 'escrowed') expect(site.milestone).toBe(before);
                const { released, remaining, clawedBack } = progressOf(site.programme, [site.milestone]);
                expect(released + remaining + clawedBack).toBe(amount);
                expect(milestoneBook(site.milestone)).toEqual({ escrow: remaining });
            }
        }),
        { numRuns: 2_000, seed: 20261121 },
    );
});
