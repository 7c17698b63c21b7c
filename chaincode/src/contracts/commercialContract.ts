// SPDX-License-Identifier: Apache-2.0
import {
    addMoney,
    checkCommercial,
    checkCommercialAsset,
    checkNoNonce,
    checkPayee,
    checkPayeeFree,
    checkPayerFree,
    commercialDepositIntent,
    commercialTransferIntent,
    commercialWithdrawIntent,
    type AssetCode,
    drawFromPool,
    holderOf,
    intentText,
    type Parcel,
    type ParcelId,
    parcelIdOf,
    type PoolShareId,
    refuse,
    spendParcels,
    type WalletId,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { parcelRef, poolName, poolShareRef, privateTables } from '../ledger/commercialTables.js';
import { restrictedRef } from '../ledger/compliance.js';
import { checkCollection, submitConfidentially } from '../ledger/confidential.js';
import { creditWallet } from '../ledger/crediting.js';
import { authorised, authorisedFor, requestOfIntent } from '../ledger/intents.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import { evaluate, LedgerContract } from '../ledger/ledgerContract.js';
import { allRows } from '../ledger/pages.js';
import { peek } from '../ledger/peek.js';
import type { Platform } from '../ledger/platform.js';
import { spendFromPocket, spendingRefs } from '../ledger/spending.js';
import { walletChangesRef } from '../ledger/walletChanges.js';
import type { StateRef } from '../ledger/stateTable.js';
import { tables } from '../ledger/tables.js';
import { walletRef } from '../ledger/walletRefs.js';

/** Most records a query of balances adds up. */
const recordCountMax = 100_000;

/** Private balances of commercial wallets, the payments between them, and the public pool that backs them. */
export class CommercialContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Commercial', platform);
    }

    @Transaction()
    @Returns('string')
    async Deposit(context: LedgerContext, request: string): Promise<string> {
        const { session, stub } = context;
        return submitConfidentially(context, 'Commercial:Deposit', request, {
            requestOf: requestOfIntent(commercialDepositIntent),
            load: ({ intent: { wallet, asset }, foldIds }) => spendingRefs(asset, wallet, foldIds),
            loadPrivately: () => [],
            decide: (command) => {
                const { intent, foldIds } = command;
                const { wallet: walletId, asset, amount, nonce, salt } = intent;
                checkCommercialAsset(asset);
                const wallet = checkCommercial(walletId, authorised(context, commercialDepositIntent, command));
                checkPayee(walletId, wallet);
                const { available, events } = spendFromPocket(context, { intent, asset, amount, foldIds });
                const shareId = stub.getTxID() as PoolShareId;
                session.insertBlind(poolShareRef(asset, shareId), { amount });
                insertParcel(context, asset, walletId, { amount, from: null, memo: '', salt });
                const facts = { asset, walletId, amount, nonce, shareId };
                return {
                    result: { ...facts, available },
                    events: [...events, { type: 'CommercialDeposited', ...facts }],
                };
            },
        });
    }

    /** Reads no public record by the name of a wallet, and writes none: whoever is paid, the block looks the same. */
    @Transaction()
    @Returns('string')
    async Transfer(context: LedgerContext, request: string): Promise<string> {
        return submitConfidentially(context, 'Commercial:Transfer', request, {
            // The wallet's own requests would name it, so the request is told apart by the submitting organisation.
            requestOf: ({ intent }) => ({
                owner: { scope: 'commercial', id: context.clientIdentity.getMSPID() },
                requestId: intent.requestId,
                commandText: intentText(commercialTransferIntent, intent),
            }),
            load: () => [walletChangesRef],
            loadPrivately: ({ intent: { wallet, asset, parcelIds } }) => parcelRefs(asset, wallet, parcelIds),
            decide: async (command) => {
                const { intent } = command;
                const { wallet: from, to, asset, amount, salt, changeSalt, memo } = intent;
                checkCommercialAsset(asset);
                const payer = await peek(context, walletRef(from));
                checkCommercial(from, authorisedFor(context, commercialTransferIntent, command, payer));
                checkNoNonce(intent);
                checkPayerFree(from, (await peek(context, restrictedRef(holderOf(from)))) ?? [], context.now);
                checkPayeeFree(to, (await peek(context, restrictedRef(holderOf(to)))) ?? [], context.now);
                checkPayee(to, checkCommercial(to, await peek(context, walletRef(to))));
                if (salt.every((byte, index) => byte === changeSalt[index])) refuse('SALT_REPEATED', { walletId: to });
                spendPrivately(context, intent);
                insertParcel(context, asset, to, { amount, from, memo, salt });
                return { result: {}, events: [] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Withdraw(context: LedgerContext, request: string): Promise<string> {
        const { session, stub } = context;
        return submitConfidentially(context, 'Commercial:Withdraw', request, {
            requestOf: requestOfIntent(commercialWithdrawIntent),
            load: ({ intent: { wallet, asset }, shareIds }) => [
                walletRef(wallet),
                ...shareIds.map((shareId) => poolShareRef(asset, shareId)),
            ],
            loadPrivately: ({ intent: { wallet, asset, parcelIds } }) => parcelRefs(asset, wallet, parcelIds),
            decide: (command) => {
                const { intent, shareIds } = command;
                const { wallet: walletId, asset, amount } = intent;
                checkCommercialAsset(asset);
                checkCommercial(walletId, authorised(context, commercialWithdrawIntent, command));
                checkNoNonce(intent);
                spendPrivately(context, intent);
                const rest = drawFromPool({
                    amount,
                    shares: shareIds.map((id) => ({ id, record: session.get(poolShareRef(asset, id)) })),
                });
                for (const shareId of shareIds) session.delete(poolShareRef(asset, shareId));
                const shareId = stub.getTxID() as PoolShareId;
                if (rest > 0n) session.insertBlind(poolShareRef(asset, shareId), { amount: rest });
                const credit = { amount, origin: 'commercial', from: walletId } as const;
                const facts = { asset, walletId, amount, creditId: creditWallet(context, asset, walletId, credit) };
                return { result: facts, events: [{ type: 'CommercialWithdrawn', ...facts }] };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async BalanceOf(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Commercial:BalanceOf', request, async ({ walletId, asset }) => {
            checkCollection(context);
            const rows = await allRows(context.privateSession, privateTables.parcel, [asset, walletId], recordCountMax);
            const balance = addMoney(...rows.map(({ value }) => value.amount));
            return { walletId, asset, balance, parcelCount: rows.length };
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListParcels(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Commercial:ListParcels', request, async ({ walletId, asset, ...paging }) => {
            checkCollection(context);
            const page = await context.privateSession.page(privateTables.parcel, [asset, walletId], paging);
            const rows = page.rows.map(({ parts, value }) => ({ parcelId: parts[2] as ParcelId, parcel: value }));
            return { rows, bookmark: page.bookmark };
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribePool(context: LedgerContext, request: string): Promise<string> {
        const { session, privateSession } = context;
        return evaluate('Commercial:DescribePool', request, async ({ asset }) => {
            checkCollection(context);
            const shares = await allRows(session, tables.poolShare, [asset, poolName], recordCountMax);
            const parcels = await allRows(privateSession, privateTables.parcel, [asset], recordCountMax);
            return {
                asset,
                pool: addMoney(...shares.map(({ value }) => value.amount)),
                parcels: addMoney(...parcels.map(({ value }) => value.amount)),
                shareCount: shares.length,
                parcelCount: parcels.length,
            };
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListPool(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Commercial:ListPool', request, async ({ asset, ...paging }) => {
            const page = await context.session.page(tables.poolShare, [asset, poolName], paging);
            const rows = page.rows.map(({ parts, value }) => ({ shareId: parts[2] as PoolShareId, share: value }));
            return { rows, bookmark: page.bookmark };
        });
    }
}

interface Spending {
    readonly wallet: WalletId;
    readonly asset: AssetCode;
    readonly amount: Parcel['amount'];
    readonly parcelIds: readonly ParcelId[];
    readonly changeSalt: Uint8Array;
}

/** Spends the parcels named, each whole, and makes one of what is left. */
function spendPrivately(context: LedgerContext, spending: Spending): void {
    const { wallet: walletId, asset, amount, parcelIds, changeSalt } = spending;
    const { privateSession } = context;
    const change = spendParcels({
        ...{ walletId, asset, amount },
        parcels: parcelIds.map((id) => ({ id, record: privateSession.get(parcelRef(asset, walletId, id)) })),
    });
    for (const id of parcelIds) privateSession.delete(parcelRef(asset, walletId, id));
    if (change > 0n) {
        insertParcel(context, asset, walletId, { amount: change, from: null, memo: '', salt: changeSalt });
    }
}

function insertParcel({ privateSession, stub }: LedgerContext, asset: AssetCode, to: WalletId, parcel: Parcel): void {
    privateSession.insertBlind(parcelRef(asset, to, parcelIdOf(stub.getTxID(), parcel.salt)), parcel);
}

function parcelRefs(asset: AssetCode, walletId: WalletId, ids: readonly ParcelId[]): readonly StateRef[] {
    return ids.map((id) => parcelRef(asset, walletId, id));
}
