// SPDX-License-Identifier: Apache-2.0
import {
    addMoney,
    canonicalJson,
    type CreditId,
    type DomainEvent,
    foldCredits,
    founding,
    money,
    type NamedCredit,
    openWallet,
    type PendingCredit,
    type Pocket,
    refuse,
    transfer,
    type TransferCase,
    transferIntent,
    type Wallet,
    type WalletId,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { participantOf } from '../ledger/caller.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import type { LedgerSession } from '../ledger/ledgerSession.js';
import { allRows } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import { refTo, type StateRef } from '../ledger/stateTable.js';
import { asset, tables } from '../ledger/tables.js';

const walletRef = (walletId: WalletId): StateRef<Wallet> => refTo(tables.wallet, walletId);
const pocketRef = (walletId: WalletId): StateRef<Pocket> => refTo(tables.pocket, asset, walletId);
const pendingRef = (walletId: WalletId, creditId: CreditId): StateRef<PendingCredit> =>
    refTo(tables.pending, asset, walletId, creditId);

/** Most pending credits a balance query adds up. */
const pendingCountMax = 100_000;

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
            load: ({ walletId }) => [walletRef(walletId), pocketRef(walletId)],
            decide: ({ walletId, publicKey }, caller) => {
                const { participantId: custodian } = participantOf(caller);
                const existing = session.get(walletRef(walletId));
                const { wallet, pocket } = openWallet({ walletId, publicKey, custodian, existing, now: context.now });
                session.put(walletRef(walletId), wallet);
                session.put(pocketRef(walletId), pocket);
                return { result: wallet, events: [{ type: 'WalletOpened', walletId, custodian }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Transfer(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Wallet:Transfer', request, {
            // The holder signed the request id, so the request is the wallet's, whoever submits it. Which credits are
            // folded on the way is the submitter's choice and may differ from try to try.
            requestOf: ({ intent }) => ({
                owner: { scope: 'wallet', id: intent.from },
                requestId: intent.requestId,
                commandText: canonicalJson(transferIntent.encode(intent)),
            }),
            load: ({ intent: { from, to }, foldIds }) => [
                ...[walletRef(from), walletRef(to), pocketRef(from)],
                ...foldIds.map((creditId) => pendingRef(from, creditId)),
            ],
            decide: ({ intent, signature, foldIds }) => {
                const { from, to, amount, nonce } = intent;
                const creditId = context.stub.getTxID() as CreditId;
                const { pocket, credit, folded, receipt } = transfer({
                    intent,
                    signature,
                    network: founding.network,
                    channel: context.stub.getChannelID(),
                    payer: payerOf(session, from),
                    payee: session.get(walletRef(to)),
                    folds: namedCredits(session, from, foldIds),
                    creditId,
                    now: context.now,
                    verify: context.platform.primitives.verifyEd25519,
                });
                session.put(pocketRef(from), pocket);
                for (const id of foldIds) session.delete(pendingRef(from, id));
                session.insertBlind(pendingRef(to, creditId), credit);
                return {
                    result: receipt,
                    events: [
                        ...foldEvents(from, folded, foldIds.length),
                        { type: 'CreditsTransferred', asset, from, to, amount, nonce, creditId },
                    ],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Fold(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Wallet:Fold', request, {
            load: ({ walletId, creditIds }) => [
                ...[walletRef(walletId), pocketRef(walletId)],
                ...creditIds.map((creditId) => pendingRef(walletId, creditId)),
            ],
            decide: ({ walletId, creditIds }, caller) => {
                const { wallet, pocket } = payerOf(session, walletId) ?? refuse('WALLET_NOT_FOUND', { walletId });
                const { custodian } = wallet;
                // Only the owner's side writes a pocket: anyone else could keep it in conflict.
                if (custodian !== caller.participant?.participantId) {
                    refuse('WALLET_NOT_CUSTODIAN', { walletId, custodian });
                }
                const folded = foldCredits(walletId, namedCredits(session, walletId, creditIds));
                const balance = addMoney(pocket.balance, folded);
                session.put(pocketRef(walletId), { ...pocket, balance });
                for (const id of creditIds) session.delete(pendingRef(walletId, id));
                return {
                    result: { walletId, folded, balance },
                    events: foldEvents(walletId, folded, creditIds.length),
                };
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
        return evaluate('Wallet:BalanceOf', request, async ({ walletId }) => {
            const pocket = await session.read(pocketRef(walletId));
            if (pocket === undefined) return refuse('WALLET_NOT_FOUND', { walletId });
            const rows = await allRows(session, tables.pending, [asset, walletId], pendingCountMax);
            const pending = addMoney(...rows.map(({ value }) => value.amount));
            return { walletId, asset, ...pocket, pending, pendingCount: rows.length };
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListPending(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Wallet:ListPending', request, async ({ walletId, ...paging }) => {
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
        return evaluate('Wallet:List', request, async (paging) => {
            const { rows, bookmark } = await context.session.page(tables.pocket, [asset], paging);
            return {
                rows: rows.map(({ parts, value }) => ({ walletId: parts[1] as WalletId, pocket: value })),
                bookmark,
            };
        });
    }
}

function payerOf(session: LedgerSession, walletId: WalletId): TransferCase['payer'] {
    const [wallet, pocket] = [session.get(walletRef(walletId)), session.get(pocketRef(walletId))];
    return wallet && pocket && { wallet, pocket };
}

function namedCredits(session: LedgerSession, walletId: WalletId, ids: readonly CreditId[]): readonly NamedCredit[] {
    return ids.map((creditId) => ({ creditId, credit: session.get(pendingRef(walletId, creditId)) }));
}

function foldEvents(walletId: WalletId, folded: bigint, creditCount: number): readonly DomainEvent[] {
    if (creditCount === 0) return [];
    return [{ type: 'CreditsFolded', asset, walletId, amount: money(folded), creditCount }];
}

async function existingWallet(session: LedgerSession, walletId: WalletId): Promise<Wallet> {
    return (await session.read(walletRef(walletId))) ?? refuse('WALLET_NOT_FOUND', { walletId });
}
