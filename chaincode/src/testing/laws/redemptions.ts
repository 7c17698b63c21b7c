// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { Redeeming } from '../redeeming.js';
import { type LawStage, lawStep, type LawStep } from './lawStage.js';

/** Which of the redemptions: each is of the wallet its number falls to. */
const which = fc.nat({ max: 2 });
const nameOf = (index: number): string => `r${String(index)}`;

function redeemingOf(stage: LawStage, index: number): Redeeming {
    return new Redeeming(stage.scenario, stage.wallet(index), stage.provider);
}

/** A step of a redemption that needs nothing but its name. */
function namedStep(
    kind: string,
    weight: number,
    act: (redeeming: Redeeming, name: string) => Promise<unknown>,
): LawStep {
    return lawStep(kind, weight, which, (stage, index) =>
        stage.captured(() => act(redeemingOf(stage, index), nameOf(index))),
    );
}

/** Credits are redeemed for vouchers that are delivered, disputed, given up or left to expire. */
export const redemptionSteps: readonly LawStep[] = [
    lawStep(
        'request redemption',
        4,
        fc.record({ index: which, amount: fc.bigInt(50n, 250n) }),
        async (stage, { index, amount }) => {
            const redeeming = redeemingOf(stage, index);
            const nonce = (await stage.nextNonce(redeeming.holder)) as never;
            return stage.captured(() => redeeming.request(nameOf(index), amount, { nonce, service: 'service' }));
        },
    ),
    namedStep('issue voucher', 4, (redeeming, name) => redeeming.issue(name)),
    namedStep('claim delivery', 3, (redeeming, name) => redeeming.deliver(name)),
    namedStep('accept delivery', 1, (redeeming, name) => redeeming.accept(name)),
    namedStep('dispute delivery', 3, (redeeming, name) => redeeming.dispute(name)),
    namedStep('cancel redemption', 1, (redeeming, name) => redeeming.cancel(name)),
    namedStep('settle redemption', 3, (redeeming, name) => redeeming.settle(name)),
    namedStep('expire redemption', 3, (redeeming, name) => redeeming.expire(name)),
    lawStep('resolve dispute', 2, fc.record({ index: which, isFor: fc.boolean() }), (stage, { index, isFor }) => {
        const outcome = isFor ? 'holder' : 'provider';
        return stage.captured(() => redeemingOf(stage, index).resolve(nameOf(index), outcome));
    }),
];
