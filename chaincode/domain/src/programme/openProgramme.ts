// SPDX-License-Identifier: Apache-2.0
import { hex } from '../encoding/bytes.js';
import { holderOf, type WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import type { Instant } from '../time/ledgerClock.js';
import { checkNotSelf } from '../wallet/payees.js';
import type { WalletPolicies } from '../wallet/walletPolicy.js';
import type { Wallet } from '../wallet/walletRecords.js';
import type { OpenProgrammeIntent } from './programmeIntents.js';
import type { Milestone, MilestonePlan, Programme } from './programmeRecords.js';

/** A signed programme, with what the ledger holds of its opener and attesters. */
export interface ProgrammeOpening {
    readonly intent: OpenProgrammeIntent;
    readonly opener: Wallet;
    readonly policies: WalletPolicies;
    readonly existing: Programme | undefined;
    readonly attesterOf: (walletId: WalletId) => Wallet | undefined;
    readonly now: Instant;
}

export interface OpenedProgramme {
    readonly programme: Programme;
    readonly milestones: readonly Milestone[];
}

/** A programme whose milestones take up its whole budget; guards in the documented order. */
export function openProgramme(opening: ProgrammeOpening): OpenedProgramme {
    const { intent, opener, policies, existing, attesterOf, now } = opening;
    const { programmeId, asset, budget, purpose, attesters, milestones } = intent;
    if (!policies[opener.type].opensProgrammes) {
        refuse('PROGRAMME_OPENER_NOT_ALLOWED', { walletId: opener.walletId, type: opener.type });
    }
    if (existing !== undefined) refuse('PROGRAMME_EXISTS', { programmeId });
    checkMilestones(intent, now);
    const payees = [...new Set(milestones.map(({ payee }) => payee))];
    checkNotSelf(opener.walletId, payees);
    checkAttesters(
        attesters.map((walletId) => attesterOf(walletId) ?? refuse('WALLET_NOT_FOUND', { walletId })),
        payees,
    );
    return {
        programme: {
            ...{ programmeId, opener: opener.walletId, asset, budget, purpose, attesters },
            milestones: milestones.map(({ milestoneId, payee }) => ({ milestoneId, payee })),
            openedAt: now,
        },
        milestones: milestones.map((plan) => ({ programmeId, ...plan, released: null, clawedBackAt: null })),
    };
}

function checkMilestones({ budget, milestones }: OpenProgrammeIntent, now: Instant): void {
    const seen = new Set<string>();
    for (const { milestoneId, deadline } of milestones) {
        if (seen.has(milestoneId)) refuse('MILESTONE_REPEATED', { milestoneId });
        seen.add(milestoneId);
        if (deadline <= now) {
            refuse('MILESTONE_DEADLINE_PAST', {
                ...{ milestoneId, deadline: deadline.toString(), now: now.toString() },
            });
        }
    }
    const total = milestones.reduce((sum: bigint, { amount }: MilestonePlan) => sum + amount, 0n);
    if (total !== budget) {
        refuse('PROGRAMME_BUDGET_MISMATCH', { budget: budget.toString(), milestones: total.toString() });
    }
}

/** Who attests answers for itself alone, and is not paid for what it attests. */
function checkAttesters(attesters: readonly Wallet[], payees: readonly WalletId[]): void {
    const holders = new Set(attesters.map(({ walletId }) => holderOf(walletId)));
    const keys = attesters.flatMap(({ keys: { publicKeys } }) => publicKeys.map(hex));
    const reason =
        holders.size < attesters.length
            ? 'two attesters of one holder'
            : new Set(keys).size < keys.length
              ? 'two attesters with one key'
              : payees.some((payee) => holders.has(holderOf(payee)))
                ? 'an attester of a payee'
                : undefined;
    if (reason !== undefined) refuse('ATTESTERS_NOT_INDEPENDENT', { reason });
}
