// SPDX-License-Identifier: Apache-2.0
import {
    checkNoNonce,
    claimHold,
    expireHold,
    holderOf,
    holdViewOf,
    postHold,
    postHoldIntent,
    refuse,
    reserveHoldIntent,
    voidHold,
    voidHoldIntent,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { restrictedRef } from '../ledger/compliance.js';
import { checkCreditable, payeeRefs } from '../ledger/crediting.js';
import { holdRefs, namedHold, reserveFromPocket, reservingRefs, settleHold } from '../ledger/holds.js';
import { authorised, requestOfIntent } from '../ledger/intents.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import type { Platform } from '../ledger/platform.js';
import { tables } from '../ledger/tables.js';
import { walletRef } from '../ledger/walletRefs.js';

/** Two-phase payments: money is set aside for a counterparty, who takes it in parts or gives it up. */
export class HoldContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Hold', platform);
    }

    @Transaction()
    @Returns('string')
    async Reserve(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Hold:Reserve', request, {
            requestOf: requestOfIntent(reserveHoldIntent),
            load: reservingRefs,
            decide: (command) => {
                authorised(context, reserveHoldIntent, command);
                return reserveFromPocket(context, command, { kind: 'payment', text: command.intent.purpose });
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Post(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Hold:Post', request, {
            requestOf: requestOfIntent(postHoldIntent),
            load: ({ intent: { wallet, asset, payer, holdId } }) => [
                ...payeeRefs(asset, wallet),
                restrictedRef(holderOf(payer)),
                ...holdRefs(asset, payer, holdId),
            ],
            decide: (command) => {
                const { wallet: by, asset, payer, holdId, amount, isFinal } = command.intent;
                authorised(context, postHoldIntent, command);
                checkNoNonce(command.intent);
                const open = claimHold(namedHold(session, asset, payer, holdId), 'payment', by);
                const change = postHold(open, amount, isFinal, context.now);
                checkCreditable(context, { asset, from: payer, to: by });
                return settleHold(context, change);
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Void(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Hold:Void', request, {
            requestOf: requestOfIntent(voidHoldIntent),
            load: ({ intent: { wallet, asset, payer, holdId } }) => [
                walletRef(wallet),
                ...holdRefs(asset, payer, holdId),
            ],
            decide: (command) => {
                const { wallet: by, asset, payer, holdId, reason } = command.intent;
                authorised(context, voidHoldIntent, command);
                checkNoNonce(command.intent);
                const open = claimHold(namedHold(context.session, asset, payer, holdId), 'payment', by);
                return settleHold(context, voidHold(open, reason));
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Expire(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Hold:Expire', request, {
            load: ({ asset, walletId, holdId }) => holdRefs(asset, walletId, holdId),
            decide: ({ asset, walletId, holdId }) => {
                const named = namedHold(context.session, asset, walletId, holdId);
                return settleHold(context, expireHold(named, context.now));
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async Describe(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Hold:Describe', request, async ({ asset, walletId, holdId }) => {
            await session.load(holdRefs(asset, walletId, holdId));
            const { existing } = namedHold(session, asset, walletId, holdId);
            return holdViewOf(existing ?? refuse('HOLD_NOT_FOUND', { walletId, holdId }));
        });
    }

    @Transaction(false)
    @Returns('string')
    async List(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Hold:List', request, async ({ asset, walletId, show, ...paging }) => {
            const table = show === 'open' ? tables.hold : tables.endedHold;
            const { rows, bookmark } = await context.session.page(table, [asset, walletId], paging);
            return { rows: rows.map(({ value }) => holdViewOf(value)), bookmark };
        });
    }
}
