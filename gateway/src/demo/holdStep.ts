// SPDX-License-Identifier: Apache-2.0
import { holdId, money, powerCredit } from '@power-currency/domain';
import { credits } from './quantities.js';
import { type HoldReport } from './report.js';
import { signedStep, spent } from './signedStep.js';
import { type Stage } from './stage.js';
import { type DemoWallet } from './walletStep.js';

/** Sets money aside for what is not delivered yet; its payee takes half of it. */
export async function holdForDelivery(
    stage: Stage,
    payer: DemoWallet,
    payee: DemoWallet,
    amount: bigint,
): Promise<HoldReport> {
    const id = holdId.decode(`panels-${payer.walletId}`, 'holdId');
    const holdUntil = BigInt(Math.floor(new Date().getTime() / 1000) + 86_400) as never;
    const facts = { asset: powerCredit, holdId: id, to: payee.walletId, amount: money(amount), holdUntil };
    const reserve = signedStep(
        stage,
        'Hold:Reserve',
        { ...facts, purpose: 'solar panels' },
        {
            ...{ by: payer, id, nonce: payer.lastNonce + 1n },
        },
    );
    const reserved = await stage.settle(await payer.custodian.hold.reserve(reserve));
    spent(payer);
    const part = { asset: powerCredit, payer: payer.walletId, holdId: id, amount: money(amount / 2n), isFinal: false };
    const post = signedStep(stage, 'Hold:Post', part, { by: payee, id });
    const posted = await stage.settle(await payee.custodian.hold.post(post));
    stage.tell(
        `${payer.walletId} set ${credits(amount)} aside for ${payee.walletId} in block ${reserved.blockNumber.toString()}, ` +
            `who took ${credits(amount / 2n)} of it in block ${posted.blockNumber.toString()}`,
    );
    const remaining = amount - amount / 2n;
    return {
        ...{ id, from: payer.walletId, to: payee.walletId, amount: amount.toString(), remaining: remaining.toString() },
        txIds: [reserved.txId, posted.txId],
    };
}
