// SPDX-License-Identifier: Apache-2.0
import {
    approveOperation,
    checkMandate,
    checkNoNonce,
    confirmRestriction,
    type DomainEvent,
    holderOf,
    holderOfMeasure,
    liftOnAppeal,
    liftRestriction,
    type Proposal,
    type ProposalId,
    proposeOperation,
    proposeRestriction,
    refuse,
    type Restriction,
    stateOfApproval,
    stateOfRestriction,
    tierOf,
    verifyHolder,
    verifyHolderIntent,
    withdrawOperation,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { approvalRef } from '../ledger/approvals.js';
import { parametersOf } from '../ledger/basis.js';
import { participantOf, personOf } from '../ledger/caller.js';
import { holderRef } from '../ledger/compliance.js';
import { checkCredentialOf, credentialRef } from '../ledger/credentials.js';
import { authorised, requestOfIntent } from '../ledger/intents.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { clockRef, LedgerContext } from '../ledger/ledgerContext.js';
import { pageOfValues } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import {
    type NamedRestriction,
    restrictionCase,
    restrictionRef,
    restrictionRefs,
    writeRestriction,
} from '../ledger/restrictions.js';
import { refTo } from '../ledger/stateTable.js';
import { parametersRef, tables } from '../ledger/tables.js';
import { walletRef } from '../ledger/walletRefs.js';

/** Who holders are, as far as the ledger may know; what they may not do for a while; and who must agree. */
export class ComplianceContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Compliance', platform);
    }

    @Transaction()
    @Returns('string')
    async VerifyHolder(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Compliance:VerifyHolder', request, {
            requestOf: requestOfIntent(verifyHolderIntent),
            load: ({ intent: { wallet, subject } }) => [
                ...[walletRef(wallet), credentialRef('verifier', wallet), holderRef(subject)],
            ],
            decide: (command) => {
                const { intent } = command;
                const { wallet, subject: holderId, tier, validUntil: expiresAt } = intent;
                authorised(context, verifyHolderIntent, command);
                checkNoNonce(intent);
                checkCredentialOf(context, 'verifier', wallet);
                const holder = verifyHolder(intent, session.get(holderRef(holderId)), context.now);
                session.put(holderRef(holderId), holder);
                // The verification ends on the ledger's own time, which this moment must not fall behind.
                context.advanceClock();
                const verified = {
                    type: 'HolderVerified',
                    holderId,
                    verifier: holderOf(wallet),
                    tier,
                    expiresAt,
                } as const;
                return { result: holder, events: [verified] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async ProposeRestriction(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Compliance:ProposeRestriction', request, {
            load: ({ restrictionId, measure }) => [
                ...[restrictionRef(restrictionId), holderRef(holderOfMeasure(measure)), parametersRef],
            ],
            decide: ({ restrictionId, measure, expiresAt }, caller) => {
                const holderId = holderOfMeasure(measure);
                if (session.get(holderRef(holderId)) === undefined) refuse('HOLDER_NOT_FOUND', { holderId });
                const proposedBy = personOf(caller);
                const ref = restrictionRef(restrictionId);
                const restriction = proposeRestriction({
                    ...{ restrictionId, measure, expiresAt, proposedBy, existing: session.get(ref), now: context.now },
                    freezeSecondsMax: parametersOf(session).freezeSecondsMax,
                });
                session.put(ref, restriction);
                context.advanceClock();
                const by = proposedBy.participantId;
                const event = { type: 'RestrictionProposed', restrictionId, measure, expiresAt, by } as const;
                return { result: restriction, events: [event] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async ConfirmRestriction(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Compliance:ConfirmRestriction', request, {
            load: restrictionRefs,
            decide: (command, caller) => {
                const by = personOf(caller);
                const change = confirmRestriction(restrictionCase(context, command), by);
                const { restrictionId, measure, expiresAt } = change.restriction;
                const facts = { restrictionId, measure, expiresAt, by: by.participantId };
                writeRestriction(context, command, change);
                return { result: change.restriction, events: [{ type: 'RestrictionConfirmed', ...facts }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async LiftRestriction(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Compliance:LiftRestriction', request, {
            load: restrictionRefs,
            decide: (command, caller) => {
                const { participantId } = participantOf(caller);
                const change = liftRestriction(restrictionCase(context, command), participantId);
                writeRestriction(context, command, change);
                return { result: change.restriction, events: liftedEvents(command, change.restriction, null) };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async LiftByMandate(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Compliance:LiftByMandate', request, {
            load: (command) => [...restrictionRefs(command), refTo(tables.proposal, command.proposalId)],
            decide: (command, caller) => {
                const { restrictionId, proposalId } = command;
                const proposal = session.get<Proposal>(refTo(tables.proposal, proposalId));
                checkMandate(
                    proposal,
                    proposalId,
                    'lift-restriction',
                    (action) => action.restrictionId === restrictionId,
                );
                const { participantId } = participantOf(caller);
                const change = liftOnAppeal(restrictionCase(context, command), participantId);
                writeRestriction(context, command, change);
                return { result: change.restriction, events: liftedEvents(command, change.restriction, proposalId) };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async ProposeOperation(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Compliance:ProposeOperation', request, {
            load: ({ commandDigest }) => [approvalRef(commandDigest)],
            decide: ({ transaction, commandDigest, expiresAt }, caller) => {
                const ref = approvalRef(commandDigest);
                const proposedBy = personOf(caller);
                const existing = context.session.get(ref);
                const facts = { transaction, commandDigest, expiresAt };
                const approval = proposeOperation({ ...facts, proposedBy, existing, now: context.now });
                context.session.put(ref, approval);
                context.advanceClock();
                const by = proposedBy.participantId;
                return { result: approval, events: [{ type: 'OperationProposed', ...facts, by }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async ApproveOperation(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Compliance:ApproveOperation', request, {
            load: ({ commandDigest }) => [approvalRef(commandDigest)],
            decide: ({ commandDigest }, caller) => {
                const ref = approvalRef(commandDigest);
                const named = { commandDigest, existing: context.session.get(ref), now: context.now };
                const approval = approveOperation(named, personOf(caller));
                context.session.put(ref, approval);
                const facts = {
                    transaction: approval.transaction,
                    commandDigest,
                    by: participantOf(caller).participantId,
                };
                return { result: approval, events: [{ type: 'OperationApproved', ...facts }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async WithdrawOperation(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Compliance:WithdrawOperation', request, {
            load: ({ commandDigest }) => [approvalRef(commandDigest)],
            decide: ({ commandDigest }, caller) => {
                const ref = approvalRef(commandDigest);
                const by = participantOf(caller).participantId;
                const named = { commandDigest, existing: context.session.get(ref), now: context.now };
                const approval = withdrawOperation(named, by);
                context.session.put(ref, approval);
                const facts = { transaction: approval.transaction, commandDigest, by };
                return { result: approval, events: [{ type: 'OperationWithdrawn', ...facts }] };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListRestrictions(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Compliance:ListRestrictions', request, async (paging) => {
            await session.load([clockRef]);
            const { rows, bookmark } = await session.page(tables.restriction, [], paging);
            const states = rows.map(({ value: restriction }) => ({
                restriction,
                state: stateOfRestriction(restriction, context.now),
            }));
            return { rows: states, bookmark };
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListOperations(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Compliance:ListOperations', request, async (paging) => {
            await session.load([clockRef]);
            const { rows, bookmark } = await session.page(tables.approval, [], paging);
            const states = rows.map(({ value: approval }) => ({
                approval,
                state: stateOfApproval(approval, context.now),
            }));
            return { rows: states, bookmark };
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeHolder(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Compliance:DescribeHolder', request, async ({ holderId }) => {
            await session.load([holderRef(holderId), clockRef]);
            const holder = session.get(holderRef(holderId)) ?? refuse('HOLDER_NOT_FOUND', { holderId });
            return { holder, tier: tierOf(holder, context.now) };
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListHolders(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Compliance:ListHolders', request, (paging) =>
            pageOfValues(context.session, tables.holder, [], paging),
        );
    }
}

function liftedEvents(
    { restrictionId, holderId }: NamedRestriction,
    { ended }: Restriction,
    proposalId: ProposalId | null,
): readonly DomainEvent[] {
    if (ended === null) return [];
    const { cause, by } = ended;
    return [{ type: 'RestrictionLifted', restrictionId, holderId, cause, by, proposalId }];
}
