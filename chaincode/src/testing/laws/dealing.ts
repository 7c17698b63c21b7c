// SPDX-License-Identifier: Apache-2.0
import { type HoldKind, powerCredit } from '@power-currency/domain';
import fc from 'fast-check';
import { DealingSteps } from '../dealingSteps.js';
import { type LawStage, lawStep, walletIndex } from './lawStage.js';

const terms = fc.record({ customer: walletIndex, amount: fc.bigInt(1n, 200n), seconds: fc.bigInt(1n, 900n) });
const settling = fc.record({ customer: walletIndex, isGivenUp: fc.boolean() });

/** The first wallet is the dealer; the others are its customers. */
function dealingWith(stage: LawStage, customer: number): DealingSteps {
    return new DealingSteps(stage.scenario, stage.wallet(0), stage.wallet(customer));
}

/** An open hold of this kind between dealer and customer. */
async function openHold(stage: LawStage, kind: HoldKind, { dealer, customer }: DealingSteps): Promise<string> {
    const [walletId, to] = kind === 'deposit' ? [dealer, customer] : [customer, dealer];
    const query = { walletId, asset: powerCredit, show: 'open' as const, pageSize: 100, bookmark: '' };
    const { rows } = await stage.scenario.ledger.evaluate(stage.reader, 'Hold:List', query);
    return rows.find((hold) => hold.purpose.kind === kind && hold.to === to)?.holdId ?? 'none';
}

/** Customers deposit and withdraw; a dealer confirms or gives up. */
export const dealingSteps = [
    lawStep('authorise-dealer', 1, fc.constant({}), async (stage) => {
        const { scenario } = stage;
        const { credential } = dealingWith(stage, 1);
        const known = scenario.ledger.evaluate(stage.reader, 'Registry:DescribeCredential', credential);
        if (
            await known.then(
                () => true,
                () => false,
            )
        )
            return undefined;
        return stage.captured(() => dealingWith(stage, 1).authorise());
    }),
    lawStep('deposit', 2, terms, async (stage, { customer, ...facts }) => {
        const nonce = await stage.nextNonce(stage.wallet(0));
        const dealing = dealingWith(stage, customer);
        return stage.captured(() =>
            dealing.deposit(stage.newName('deposit'), stage.newName('NL01/'), { ...facts, nonce }),
        );
    }),
    lawStep('settle-deposit', 2, settling, async (stage, { customer, isGivenUp }) => {
        const dealing = dealingWith(stage, customer);
        const holdId = await openHold(stage, 'deposit', dealing);
        return stage.captured(() => (isGivenUp ? dealing.cancelDeposit(holdId) : dealing.confirmDeposit(holdId)));
    }),
    lawStep('withdraw', 2, terms, async (stage, { customer, ...facts }) => {
        const nonce = await stage.nextNonce(stage.wallet(customer));
        const dealing = dealingWith(stage, customer);
        return stage.captured(() => dealing.withdraw(stage.newName('withdrawal'), { ...facts, nonce }));
    }),
    lawStep('settle-withdrawal', 2, settling, async (stage, { customer, isGivenUp }) => {
        const dealing = dealingWith(stage, customer);
        const holdId = await openHold(stage, 'withdrawal', dealing);
        return stage.captured(() =>
            isGivenUp ? dealing.rejectWithdrawal(holdId) : dealing.confirmWithdrawal(holdId, stage.newName('NL01/')),
        );
    }),
];
