// SPDX-License-Identifier: Apache-2.0
import {
    addMoney,
    assetOf,
    checkNotSelf,
    checkTier,
    checkTravelRule,
    closeWallet,
    closeWalletIntent,
    type CreditId,
    emptyPocket,
    holderFor,
    holderOf,
    manyTransferIntent,
    openWallet,
    refuse,
    transferIntent,
    type Wallet,
    type WalletId,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { parametersOf, walletPoliciesOf } from '../ledger/basis.js';
import { participantOf } from '../ledger/caller.js';
import { holderRef } from '../ledger/compliance.js';
import { checkCreditable, creditWallet, payeeRefs } from '../ledger/crediting.js';
import { authorised, requestOfIntent } from '../ledger/intents.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import type { LedgerSession } from '../ledger/ledgerSession.js';
import { allRows, pageOfValues } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import { foldIntoPocket, foldRefs, spendFromPocket, spendingRefs } from '../ledger/spending.js';
import { tables, walletPoliciesRef } from '../ledger/tables.js';
import { assetRef, pocketRef, walletRef } from '../ledger/walletRefs.js';

/** Most pending credits, holds or notes that a balance query adds up. */
const addedCountMax = 100_000;

/** Wallets, the payments between them, and the credits on their way. */
export class WalletContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Wallet', platform);
    }

    @Transaction()
    @Returns('string')
    async Open(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Wallet:Open', request, {
            load: ({ walletId }) => [walletRef(walletId), holderRef(holderOf(walletId)), walletPoliciesRef],
            decide: ({ walletId, type, keys }, caller) => {
                const custodian = participantOf(caller);
                const ref = holderRef(holderOf(walletId));
                const known = session.get(ref);
                const holder = holderFor(holderOf(walletId), custodian.participantId, known);
                checkTier(holder, type, walletPoliciesOf(session), context.now);
                const existing = session.get(walletRef(walletId));
                const wallet = openWallet({ walletId, type, keys, custodian, existing, now: context.now });
                session.put(walletRef(walletId), wallet);
                if (known === undefined) session.put(ref, holder);
                return {
                    result: wallet,
                    events: [{ type: 'WalletOpened', walletId, walletType: type, custodian: custodian.participantId }],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Transfer(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Wallet:Transfer', request, {
            requestOf: requestOfIntent(transferIntent),
            load: ({ intent: { wallet, to, asset }, foldIds }) => [
                ...spendingRefs(asset, wallet, foldIds),
                ...payeeRefs(asset, to),
            ],
            decide: (command) => {
                const { intent, foldIds } = command;
                const { wallet: from, to, asset, amount, nonce } = intent;
                authorised(context, transferIntent, command);
                checkNotSelf(from, [to]);
                checkCreditable(context, { asset, from, to });
                checkTravelRule(parametersOf(context.session).travelRuleLimit, amount, intent.travelRule);
                const { available, events } = spendFromPocket(context, { intent, asset, amount, foldIds });
                const creditId = creditWallet(context, asset, to, { amount, origin: 'transfer', from });
                const facts = { from, to, asset, amount, nonce, creditId };
                return {
                    result: { ...facts, available },
                    events: [...events, { type: 'CreditsTransferred', ...facts }],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async TransferMany(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Wallet:TransferMany', request, {
            requestOf: requestOfIntent(manyTransferIntent),
            load: ({ intent: { wallet, payees, asset }, foldIds }) => [
                ...spendingRefs(asset, wallet, foldIds),
                ...payees.flatMap(({ to }) => payeeRefs(asset, to)),
            ],
            decide: (command) => {
                const { intent, foldIds } = command;
                const { wallet: from, payees, asset, nonce } = intent;
                authorised(context, manyTransferIntent, command);
                checkNotSelf(
                    from,
                    payees.map(({ to }) => to),
                );
                for (const { to } of payees) checkCreditable(context, { asset, from, to });
                const total = addMoney(...payees.map(({ amount }) => amount));
                const { travelRuleLimit } = parametersOf(context.session);
                for (const { amount } of payees) checkTravelRule(travelRuleLimit, amount, intent.travelRule);
                const { available, events } = spendFromPocket(context, { intent, asset, amount: total, foldIds });
                const payments = payees.map(({ to, amount }, number) => {
                    const creditId = creditWallet(context, asset, to, { amount, origin: 'transfer', from }, number);
                    return { to, amount, creditId };
                });
                const creditIds = payments.map(({ creditId }) => creditId);
                return {
                    result: { from, asset, total, nonce, creditIds, available },
                    events: [...events, { type: 'ManyPaid', asset, from, total, nonce, payments }],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Fold(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Wallet:Fold', request, {
            load: ({ walletId, asset, creditIds }) => [walletRef(walletId), ...foldRefs(asset, walletId, creditIds)],
            decide: ({ walletId, asset, creditIds }, caller) => {
                const { custodian } = session.get(walletRef(walletId)) ?? refuse('WALLET_NOT_FOUND', { walletId });
                // Only the owner's side writes a pocket: anyone else could keep it in conflict.
                if (custodian !== caller.participant?.participantId) {
                    refuse('WALLET_NOT_CUSTODIAN', { walletId, custodian });
                }
                const { folded, available, events } = foldIntoPocket(context, asset, walletId, creditIds);
                return { result: { walletId, asset, folded, available }, events };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Close(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Wallet:Close', request, {
            requestOf: requestOfIntent(closeWalletIntent),
            load: ({ intent }) => [walletRef(intent.wallet)],
            decide: (command) => {
                const { wallet: walletId } = command.intent;
                const wallet = closeWallet(authorised(context, closeWalletIntent, command), command.intent);
                context.session.put(walletRef(walletId), wallet);
                return { result: wallet, events: [{ type: 'WalletClosed', walletId }] };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async Describe(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Wallet:Describe', request, ({ walletId }) => existingWallet(context.session, walletId));
    }

    @Transaction(false)
    @Returns('string')
    async BalanceOf(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Wallet:BalanceOf', request, async ({ walletId, asset }) => {
            await existingWallet(session, walletId);
            assetOf(asset, await session.read(assetRef(asset)));
            const { balance: available, nonce } = (await session.read(pocketRef(asset, walletId))) ?? emptyPocket;
            const credits = await allRows(session, tables.pending, [asset, walletId], addedCountMax);
            const holds = await allRows(session, tables.hold, [asset, walletId], addedCountMax);
            const notes = await allRows(session, tables.note, [asset, walletId], addedCountMax);
            return {
                ...{ walletId, asset, available, nonce },
                pending: addMoney(...credits.map(({ value }) => value.amount)),
                pendingCount: credits.length,
                held: addMoney(...holds.map(({ value }) => value.remaining)),
                holdCount: holds.length,
                notes: addMoney(...notes.map(({ value }) => value.amount)),
                noteCount: notes.length,
            };
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListPending(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Wallet:ListPending', request, async ({ walletId, asset, ...paging }) => {
            await existingWallet(session, walletId);
            const { rows, bookmark } = await session.page(tables.pending, [asset, walletId], paging);
            return {
                rows: rows.map(({ parts, value }) => ({ creditId: parts[2] as CreditId, credit: value })),
                bookmark,
            };
        });
    }

    @Transaction(false)
    @Returns('string')
    async List(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Wallet:List', request, (paging) => pageOfValues(context.session, tables.wallet, [], paging));
    }

    @Transaction(false)
    @Returns('string')
    async ListPockets(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Wallet:ListPockets', request, async ({ asset, ...paging }) => {
            const { rows, bookmark } = await context.session.page(tables.pocket, [asset], paging);
            return {
                rows: rows.map(({ parts, value }) => ({ walletId: parts[1] as WalletId, pocket: value })),
                bookmark,
            };
        });
    }
}

async function existingWallet(session: LedgerSession, walletId: WalletId): Promise<Wallet> {
    return (await session.read(walletRef(walletId))) ?? refuse('WALLET_NOT_FOUND', { walletId });
}
