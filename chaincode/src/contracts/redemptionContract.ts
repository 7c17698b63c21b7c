// SPDX-License-Identifier: Apache-2.0
import {
    acceptDelivery,
    acceptDeliveryIntent,
    cancelRedemption,
    cancelRedemptionIntent,
    checkNoNonce,
    checkNotSelf,
    checkPayee,
    claimDelivery,
    claimDeliveryIntent,
    disputeDelivery,
    disputeDeliveryIntent,
    expireRedemption,
    holderOf,
    issueVoucher,
    issueVoucherIntent,
    powerCredit,
    quoteRedemption,
    refuse,
    requestRedemption,
    requestRedemptionIntent,
    resolveDispute,
    settleUndisputed,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { parametersOf } from '../ledger/basis.js';
import { participantOf } from '../ledger/caller.js';
import { bundleRefs } from '../ledger/certificates.js';
import { restrictedRef } from '../ledger/compliance.js';
import { checkCredentialOf, credentialRef } from '../ledger/credentials.js';
import { authorised, requestOfIntent } from '../ledger/intents.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import { pageOfValues } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import {
    burnRef,
    deliverEnergy,
    enqueue,
    giveBack,
    holderDayRef,
    redemptionOf,
    redemptionRef,
    replace,
    settle,
    systemDayRef,
    voucherRef,
} from '../ledger/redemptions.js';
import { spendFromPocket, spendingRefs } from '../ledger/spending.js';
import { parametersRef, tables } from '../ledger/tables.js';
import { walletRef } from '../ledger/walletRefs.js';

const asset = powerCredit;

/**
 * Power Credits against energy and services. None of its transactions moves the ledger's clock on, although they write
 * deadlines: everybody's payments read the clock, and redemptions are as frequent as people make them.
 */
export class RedemptionContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Redemption', platform);
    }

    @Transaction()
    @Returns('string')
    async Request(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Redemption:Request', request, {
            requestOf: requestOfIntent(requestRedemptionIntent),
            load: ({ intent: { wallet, redemptionId, provider }, foldIds }) => [
                ...spendingRefs(asset, wallet, foldIds),
                ...[walletRef(provider), credentialRef('provider', provider), redemptionRef(redemptionId)],
                ...[holderDayRef(wallet), parametersRef],
            ],
            decide: (command) => {
                const { intent, foldIds } = command;
                const { redemptionId, wallet: from, provider: to, amount, service, nonce } = intent;
                const wallet = authorised(context, requestRedemptionIntent, command);
                if (session.get(redemptionRef(redemptionId)) !== undefined) {
                    refuse('REDEMPTION_EXISTS', { redemptionId });
                }
                checkNotSelf(from, [to]);
                const provider = checkPayee(to, session.get(walletRef(to)));
                checkCredentialOf(context, 'provider', to);
                const { redemption, redemptionDay } = requestRedemption({
                    ...{ intent, wallet, provider, earlier: session.get(holderDayRef(from)) },
                    ...{ parameters: parametersOf(session), now: context.now },
                });
                const { events } = spendFromPocket(context, { intent, asset, amount, foldIds });
                session.put(holderDayRef(from), redemptionDay);
                enqueue(context, redemption);
                const { quote, expiresAt } = redemption;
                const facts = { redemptionId, walletId: from, provider: to, service, amount, quote, nonce, expiresAt };
                return { result: redemption, events: [...events, { type: 'RedemptionQueued', ...facts }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async IssueVoucher(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Redemption:IssueVoucher', request, {
            requestOf: requestOfIntent(issueVoucherIntent),
            load: ({ intent: { wallet, redemptionId, voucherId } }) => [
                ...[walletRef(wallet), credentialRef('provider', wallet), parametersRef],
                ...[redemptionRef(redemptionId), voucherRef(wallet, voucherId), systemDayRef],
            ],
            decide: (command) => {
                const { redemptionId, wallet: provider, voucherId } = command.intent;
                authorised(context, issueVoucherIntent, command);
                checkNoNonce(command.intent);
                const before = redemptionOf(session, redemptionId);
                checkCredentialOf(context, 'provider', provider);
                const { redemption, redemptionDay } = issueVoucher({
                    ...{ redemption: before, by: provider, voucherId },
                    isUsed: session.get(voucherRef(provider, voucherId)) !== undefined,
                    ...{ earlier: session.get(systemDayRef), parameters: parametersOf(session), now: context.now },
                });
                session.put(systemDayRef, redemptionDay);
                session.put(voucherRef(provider, voucherId), { redemptionId });
                replace(context, redemption);
                const { amount, queuedAt, expiresAt } = redemption;
                const facts = { redemptionId, provider, voucherId, amount, queuedAt, expiresAt };
                return { result: redemption, events: [{ type: 'VoucherIssued', ...facts }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Deliver(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Redemption:Deliver', request, {
            requestOf: requestOfIntent(claimDeliveryIntent),
            load: ({ intent: { wallet, redemptionId, certificates } }) => [
                ...[walletRef(wallet), credentialRef('provider', wallet), redemptionRef(redemptionId), parametersRef],
                ...[restrictedRef(holderOf(wallet)), ...bundleRefs(certificates)],
            ],
            decide: (command) => {
                const { redemptionId, wallet: by, evidence, certificates } = command.intent;
                authorised(context, claimDeliveryIntent, command);
                checkNoNonce(command.intent);
                const before = redemptionOf(session, redemptionId);
                checkCredentialOf(context, 'provider', by);
                const facts = { by, evidence, certificates, parameters: parametersOf(session), now: context.now };
                const { redemption, disputableUntil } = claimDelivery({ redemption: before, ...facts });
                deliverEnergy(context, redemption, certificates);
                replace(context, redemption);
                const claim = { redemptionId, provider: by, evidence, certificates, disputableUntil };
                return { result: redemption, events: [{ type: 'DeliveryClaimed', ...claim }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Accept(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Redemption:Accept', request, {
            requestOf: requestOfIntent(acceptDeliveryIntent),
            load: ({ intent: { wallet, redemptionId } }) => [walletRef(wallet), redemptionRef(redemptionId), burnRef],
            decide: (command) => {
                const { redemptionId, wallet } = command.intent;
                authorised(context, acceptDeliveryIntent, command);
                checkNoNonce(command.intent);
                const before = redemptionOf(context.session, redemptionId);
                return settle(context, acceptDelivery(before, wallet, context.now), 'accepted');
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Dispute(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Redemption:Dispute', request, {
            requestOf: requestOfIntent(disputeDeliveryIntent),
            load: ({ intent: { wallet, redemptionId } }) => [walletRef(wallet), redemptionRef(redemptionId)],
            decide: (command) => {
                const { redemptionId, wallet: walletId, reason } = command.intent;
                authorised(context, disputeDeliveryIntent, command);
                checkNoNonce(command.intent);
                const before = redemptionOf(context.session, redemptionId);
                const redemption = disputeDelivery(before, walletId, reason, context.now);
                replace(context, redemption);
                return { result: redemption, events: [{ type: 'DeliveryDisputed', redemptionId, walletId, reason }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Settle(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Redemption:Settle', request, {
            load: ({ redemptionId }) => [redemptionRef(redemptionId), burnRef],
            decide: ({ redemptionId }) => {
                const before = redemptionOf(context.session, redemptionId);
                return settle(context, settleUndisputed(before, context.now), 'undisputed');
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Resolve(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Redemption:Resolve', request, {
            load: ({ redemptionId }) => [redemptionRef(redemptionId), burnRef],
            decide: ({ redemptionId, outcome, note }, caller) => {
                const by = participantOf(caller).participantId;
                const before = redemptionOf(context.session, redemptionId);
                const redemption = resolveDispute({ redemption: before, by, outcome, note, now: context.now });
                const end = outcome === 'provider' ? settle : giveBack;
                return end(context, redemption, 'resolved');
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Cancel(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Redemption:Cancel', request, {
            requestOf: requestOfIntent(cancelRedemptionIntent),
            load: ({ intent: { wallet, redemptionId } }) => [walletRef(wallet), redemptionRef(redemptionId)],
            decide: (command) => {
                const { redemptionId, wallet } = command.intent;
                authorised(context, cancelRedemptionIntent, command);
                checkNoNonce(command.intent);
                const before = redemptionOf(context.session, redemptionId);
                return giveBack(context, cancelRedemption(before, wallet, context.now), 'cancelled');
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Expire(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Redemption:Expire', request, {
            load: ({ redemptionId }) => [redemptionRef(redemptionId)],
            decide: ({ redemptionId }) => {
                const before = redemptionOf(context.session, redemptionId);
                return giveBack(context, expireRedemption(before, context.now), 'expired');
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async Quote(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Redemption:Quote', request, async ({ amount, service }) => {
            await session.load([parametersRef]);
            return quoteRedemption(amount, service, parametersOf(session));
        });
    }

    @Transaction(false)
    @Returns('string')
    async Describe(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Redemption:Describe', request, async ({ redemptionId }) => {
            await session.load([redemptionRef(redemptionId)]);
            return redemptionOf(session, redemptionId);
        });
    }

    @Transaction(false)
    @Returns('string')
    async List(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Redemption:List', request, (paging) =>
            pageOfValues(context.session, tables.redemption, [asset], paging),
        );
    }

    @Transaction(false)
    @Returns('string')
    async ListQueue(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Redemption:ListQueue', request, (paging) =>
            pageOfValues(context.session, tables.redemptionQueue, [], paging),
        );
    }
}
