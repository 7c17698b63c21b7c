// SPDX-License-Identifier: Apache-2.0
import {
    holderOf,
    cancelDepositIntent,
    checkNoNonce,
    claimHold,
    confirmDepositIntent,
    confirmWithdrawalIntent,
    depositIntent,
    postHold,
    refuse,
    rejectWithdrawalIntent,
    voidHold,
    withdrawIntent,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { restrictedRef } from '../ledger/compliance.js';
import { checkCredentialOf, credentialRef } from '../ledger/credentials.js';
import { checkCreditable, payeeRefs } from '../ledger/crediting.js';
import { burnReference, referenceRef } from '../ledger/externalReferences.js';
import { holdRefs, namedHold, reserveFromPocket, reservingRefs, settleHold } from '../ledger/holds.js';
import { authorised, requestOfIntent } from '../ledger/intents.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import type { Platform } from '../ledger/platform.js';
import { refTo } from '../ledger/stateTable.js';
import { tables } from '../ledger/tables.js';
import { walletRef } from '../ledger/walletRefs.js';

/**
 * Deposits from and withdrawals to accounts outside (PS-40). No money is made or ended: a dealer parts with its own, or
 * takes the customer's, against a movement outside that only the dealer sees.
 */
export class DealingContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Dealing', platform);
    }

    @Transaction()
    @Returns('string')
    async Deposit(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Dealing:Deposit', request, {
            requestOf: requestOfIntent(depositIntent),
            load: (command) => [
                credentialRef('dealer', command.intent.wallet),
                referenceRef(command.intent.wallet, command.intent.reference),
                ...reservingRefs(command),
            ],
            decide: (command) => {
                const { wallet, asset, holdId, reference } = command.intent;
                authorised(context, depositIntent, command);
                checkCredentialOf(context, 'dealer', wallet);
                burnReference(context, wallet, reference, { kind: 'deposit', asset, wallet, holdId });
                return reserveFromPocket(context, command, { kind: 'deposit', reference });
            },
        });
    }

    @Transaction()
    @Returns('string')
    async ConfirmDeposit(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Dealing:ConfirmDeposit', request, {
            requestOf: requestOfIntent(confirmDepositIntent),
            load: ({ intent: { wallet, asset, holdId, to } }) => [
                ...[walletRef(wallet), credentialRef('dealer', wallet), restrictedRef(holderOf(wallet))],
                ...[...holdRefs(asset, wallet, holdId), ...payeeRefs(asset, to)],
            ],
            decide: (command) => {
                const { wallet: dealer, asset, holdId, to } = command.intent;
                authorised(context, confirmDepositIntent, command);
                checkNoNonce(command.intent);
                checkCredentialOf(context, 'dealer', dealer);
                const open = claimHold(namedHold(context.session, asset, dealer, holdId), 'deposit', to);
                const change = postHold(open, open.remaining, true, context.now);
                checkCreditable(context, { asset, from: dealer, to });
                return settleHold(context, change);
            },
        });
    }

    @Transaction()
    @Returns('string')
    async CancelDeposit(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Dealing:CancelDeposit', request, {
            requestOf: requestOfIntent(cancelDepositIntent),
            load: ({ intent: { wallet, asset, holdId } }) => [walletRef(wallet), ...holdRefs(asset, wallet, holdId)],
            decide: (command) => {
                const { wallet: dealer, asset, holdId, to, reason } = command.intent;
                authorised(context, cancelDepositIntent, command);
                checkNoNonce(command.intent);
                const open = claimHold(namedHold(context.session, asset, dealer, holdId), 'deposit', to);
                return settleHold(context, voidHold(open, reason));
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Withdraw(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Dealing:Withdraw', request, {
            requestOf: requestOfIntent(withdrawIntent),
            load: (command) => [credentialRef('dealer', command.intent.to), ...reservingRefs(command)],
            decide: (command) => {
                const { to: dealer, accountDigest } = command.intent;
                authorised(context, withdrawIntent, command);
                checkCredentialOf(context, 'dealer', dealer);
                return reserveFromPocket(context, command, { kind: 'withdrawal', accountDigest, reference: null });
            },
        });
    }

    @Transaction()
    @Returns('string')
    async ConfirmWithdrawal(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Dealing:ConfirmWithdrawal', request, {
            requestOf: requestOfIntent(confirmWithdrawalIntent),
            load: ({ intent: { wallet, asset, payer, holdId, reference } }) => [
                ...[credentialRef('dealer', wallet), referenceRef(wallet, reference), restrictedRef(holderOf(payer))],
                ...[...holdRefs(asset, payer, holdId), ...payeeRefs(asset, wallet)],
            ],
            decide: (command) => {
                const { wallet: dealer, asset, payer, holdId, reference } = command.intent;
                authorised(context, confirmWithdrawalIntent, command);
                checkNoNonce(command.intent);
                checkCredentialOf(context, 'dealer', dealer);
                const open = claimHold(namedHold(context.session, asset, payer, holdId), 'withdrawal', dealer);
                burnReference(context, dealer, reference, { kind: 'withdrawal', asset, wallet: payer, holdId });
                const paidOut = { ...open, purpose: { ...open.purpose, reference } };
                const change = postHold(paidOut, open.remaining, true, context.now);
                checkCreditable(context, { asset, from: payer, to: dealer });
                return settleHold(context, change);
            },
        });
    }

    @Transaction()
    @Returns('string')
    async RejectWithdrawal(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Dealing:RejectWithdrawal', request, {
            requestOf: requestOfIntent(rejectWithdrawalIntent),
            load: ({ intent: { wallet, asset, payer, holdId } }) => [
                walletRef(wallet),
                ...holdRefs(asset, payer, holdId),
            ],
            decide: (command) => {
                const { wallet: dealer, asset, payer, holdId, reason } = command.intent;
                authorised(context, rejectWithdrawalIntent, command);
                checkNoNonce(command.intent);
                const open = claimHold(namedHold(context.session, asset, payer, holdId), 'withdrawal', dealer);
                return settleHold(context, voidHold(open, reason));
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeReference(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Dealing:DescribeReference', request, async ({ dealer, reference }) => {
            const use = await context.session.read(refTo(tables.externalReference, dealer, reference));
            return use ?? refuse('EXTERNAL_REFERENCE_NOT_FOUND', { dealer, reference });
        });
    }
}
