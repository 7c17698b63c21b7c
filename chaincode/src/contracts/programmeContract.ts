// SPDX-License-Identifier: Apache-2.0
import {
    holderOf,
    attestMilestone,
    attestMilestoneIntent,
    clawBackIntent,
    clawBackMilestone,
    openProgramme,
    openProgrammeIntent,
    progressOf,
    releaseMilestone,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { parametersOf, walletPoliciesOf } from '../ledger/basis.js';
import { restrictedRef } from '../ledger/compliance.js';
import { checkCreditable, creditWallet, payeeRefs } from '../ledger/crediting.js';
import { authorised, requestOfIntent } from '../ledger/intents.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import type { Platform } from '../ledger/platform.js';
import {
    attestationsOf,
    attestationsRefs,
    existingProgramme,
    milestoneAttestationRef,
    milestoneRef,
    milestoneRefs,
    milestonesOf,
    programmeRef,
    statusesOf,
} from '../ledger/programmes.js';
import { spendFromPocket, spendingRefs } from '../ledger/spending.js';
import { refTo } from '../ledger/stateTable.js';
import { parametersRef, tables, walletPoliciesRef } from '../ledger/tables.js';
import { walletRef } from '../ledger/walletRefs.js';

/** Infrastructure programmes: money in escrow that milestones release. */
export class ProgrammeContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Programme', platform);
    }

    @Transaction()
    @Returns('string')
    async Open(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Programme:Open', request, {
            requestOf: requestOfIntent(openProgrammeIntent),
            load: ({ intent: { wallet, programmeId, asset, attesters, milestones }, foldIds }) => [
                ...spendingRefs(asset, wallet, foldIds),
                ...[programmeRef(programmeId), walletPoliciesRef],
                ...attesters.map(walletRef),
                ...milestones.flatMap(({ milestoneId, payee }) => [
                    milestoneRef({ asset, programmeId }, milestoneId),
                    ...payeeRefs(asset, payee),
                ]),
            ],
            decide: (command) => {
                const { intent, foldIds } = command;
                const { programmeId, asset, budget, attesters, nonce } = intent;
                const opener = authorised(context, openProgrammeIntent, command);
                const { programme, milestones } = openProgramme({
                    ...{ intent, opener, policies: walletPoliciesOf(session), now: context.now },
                    existing: session.get(programmeRef(programmeId)),
                    attesterOf: (walletId) => session.get(walletRef(walletId)),
                });
                for (const { payee: to } of milestones) checkCreditable(context, { asset, from: intent.wallet, to });
                const { events } = spendFromPocket(context, { intent, asset, amount: budget, foldIds });
                session.put(programmeRef(programmeId), programme);
                for (const milestone of milestones) {
                    session.put(milestoneRef(programme, milestone.milestoneId), milestone);
                }
                const milestoneIds = milestones.map(({ milestoneId }) => milestoneId);
                const facts = { programmeId, opener: opener.walletId, asset, budget, attesters, milestoneIds, nonce };
                return { result: programme, events: [...events, { type: 'ProgrammeOpened', ...facts }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Attest(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Programme:Attest', request, {
            requestOf: requestOfIntent(attestMilestoneIntent),
            load: ({ intent: { wallet, programmeId, milestoneId } }) => [
                ...[walletRef(wallet), programmeRef(programmeId)],
                milestoneAttestationRef(programmeId, milestoneId, wallet),
            ],
            decide: async (command) => {
                const { intent } = command;
                const { wallet: attester, programmeId, milestoneId, evidenceHash } = intent;
                authorised(context, attestMilestoneIntent, command);
                const programme = existingProgramme(session, programmeId);
                const milestone = await session.read(milestoneRef(programme, milestoneId));
                const ref = milestoneAttestationRef(programmeId, milestoneId, attester);
                const existing = session.get(ref);
                const result = attestMilestone({ intent, programme, milestone, existing, now: context.now });
                session.put(ref, result);
                return {
                    result,
                    events: [{ type: 'MilestoneAttested', programmeId, milestoneId, attester, evidenceHash }],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Release(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Programme:Release', request, {
            load: ({ programmeId, proposalId }) => [
                ...[programmeRef(programmeId), parametersRef],
                ...(proposalId === null ? [] : [refTo(tables.proposal, proposalId)]),
            ],
            decide: async ({ programmeId, milestoneId, proposalId }) => {
                const programme = existingProgramme(session, programmeId);
                const ref = milestoneRef(programme, milestoneId);
                const payees = programme.milestones.filter((each) => each.milestoneId === milestoneId);
                const refs = payees.flatMap(({ payee }) => payeeRefs(programme.asset, payee));
                const payer = restrictedRef(holderOf(programme.opener));
                await session.load([ref, ...attestationsRefs(programme, milestoneId), payer, ...refs]);
                const attestations = attestationsOf(session, programme, milestoneId);
                const milestone = releaseMilestone({
                    ...{ programme, milestoneId, milestone: session.get(ref), attestations, proposalId },
                    proposal: proposalId === null ? undefined : session.get(refTo(tables.proposal, proposalId)),
                    ...{ parameters: parametersOf(session), now: context.now },
                });
                const { payee: to, amount } = milestone;
                const { asset, opener: from } = programme;
                checkCreditable(context, { asset, from, to });
                session.put(ref, milestone);
                const creditId = creditWallet(context, asset, to, { amount, origin: 'escrow', from });
                const { evidenceHash } = milestone.released;
                const facts = { programmeId, milestoneId, asset, to, amount, evidenceHash, proposalId, creditId };
                return {
                    result: { milestone, state: 'released', attestations },
                    events: [{ type: 'MilestoneReleased', ...facts }],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Clawback(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Programme:Clawback', request, {
            requestOf: requestOfIntent(clawBackIntent),
            load: ({ intent: { wallet, programmeId } }) => [walletRef(wallet), programmeRef(programmeId)],
            decide: async (command) => {
                const { intent } = command;
                const { programmeId, milestoneId } = intent;
                authorised(context, clawBackIntent, command);
                const programme = existingProgramme(session, programmeId);
                const ref = milestoneRef(programme, milestoneId);
                await session.load([ref, ...attestationsRefs(programme, milestoneId)]);
                const found = session.get(ref);
                const milestone = clawBackMilestone({ intent, programme, milestone: found, now: context.now });
                session.put(ref, milestone);
                const { asset, opener: to } = programme;
                const { amount } = milestone;
                const creditId = creditWallet(context, asset, to, { amount, origin: 'escrow', from: to });
                const attestations = attestationsOf(session, programme, milestoneId);
                return {
                    result: { milestone, state: 'clawed-back', attestations },
                    events: [{ type: 'MilestoneClawedBack', programmeId, milestoneId, asset, to, amount, creditId }],
                };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async Describe(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Programme:Describe', request, async ({ programmeId }) => {
            await session.load([programmeRef(programmeId)]);
            const programme = existingProgramme(session, programmeId);
            await session.load(milestoneRefs(programme));
            return progressOf(programme, milestonesOf(session, programme));
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListMilestones(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Programme:ListMilestones', request, async ({ programmeId, ...paging }) => {
            await session.load([programmeRef(programmeId)]);
            const programme = existingProgramme(session, programmeId);
            const { rows, bookmark } = await session.page(tables.milestone, [programme.asset, programmeId], paging);
            return {
                rows: await statusesOf(
                    session,
                    programme,
                    rows.map(({ value }) => value),
                ),
                bookmark,
            };
        });
    }

    @Transaction(false)
    @Returns('string')
    async List(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Programme:List', request, async (paging) => {
            const page = await session.page(tables.programme, [], paging);
            const programmes = page.rows.map(({ value }) => value);
            await session.load(programmes.flatMap(milestoneRefs));
            const rows = programmes.map((programme) => progressOf(programme, milestonesOf(session, programme)));
            return { rows, bookmark: page.bookmark };
        });
    }
}
