// SPDX-License-Identifier: Apache-2.0
import { manyTransferIntent, money, powerCredit } from '@power-currency/domain';
import fc from 'fast-check';
import { lawStep, walletIndex } from './lawStage.js';

/** Payments to one and to many, with and without folding, and folding alone. */
export const paymentSteps = [
    lawStep(
        'pay',
        5,
        fc.record({ from: walletIndex, to: walletIndex, amount: fc.bigInt(1n, 400n), folds: fc.boolean() }),
        async (stage, { from, to, amount, folds }) => {
            const [payer, payee] = [stage.wallet(from), stage.wallet(to)];
            const nonce = await stage.nextNonce(payer);
            const intent = stage.scenario.intent({ from: payer, to: payee, amount, nonce });
            const foldIds = folds ? await stage.pending(payer) : [];
            return stage.endorse('AuthorityMSP', 'Wallet:Transfer', stage.scenario.signedIntent(intent, foldIds));
        },
    ),
    lawStep(
        'pay many',
        2,
        fc.record({
            from: walletIndex,
            payees: fc.array(fc.record({ to: walletIndex, amount: fc.bigInt(1n, 150n) }), {
                minLength: 1,
                maxLength: 5,
            }),
        }),
        async (stage, { from, payees }) => {
            const payer = stage.wallet(from);
            const named = payees.map(({ to, amount }) => ({
                ...{ to: stage.wallet(to), amount: money(amount), reference: '' },
            }));
            const signed = stage.scenario.signed(manyTransferIntent, {
                ...stage.scenario.intentFields(payer, await stage.nextNonce(payer)),
                ...{ type: 'power/transfer-many', asset: powerCredit, payees: named, memo: '', travelRule: null },
            });
            return stage.endorse('AuthorityMSP', 'Wallet:TransferMany', { ...signed, foldIds: [] });
        },
    ),
    lawStep('fold', 3, walletIndex, async (stage, index) => {
        const walletId = stage.wallet(index);
        const creditIds = await stage.pending(walletId);
        const requestId = stage.scenario.requestId();
        return stage.endorse('CooperativeMSP', 'Wallet:Fold', { requestId, walletId, asset: powerCredit, creditIds });
    }),
];
