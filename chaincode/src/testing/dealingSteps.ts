// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    cancelDepositIntent,
    confirmDepositIntent,
    confirmWithdrawalIntent,
    depositIntent,
    type ExternalReference,
    type HolderId,
    type HoldId,
    holderOf,
    money,
    powerCredit,
    type Quantity,
    rejectWithdrawalIntent,
    type ResultOf,
    withdrawIntent,
    type WalletId,
} from '@power-currency/domain';
import { holdSeconds } from './holdSteps.js';
import type { Scenario } from './scenario.js';
import type { SimulatedIdentity } from './simulatedIdentity.js';

interface Terms {
    readonly amount: bigint;
    readonly nonce: bigint;
    readonly seconds?: bigint;
}

/** A dealer and its customer, each with its own signature. */
export class DealingSteps {
    readonly #scenario: Scenario;
    readonly dealer: WalletId;
    readonly customer: WalletId;

    constructor(scenario: Scenario, dealer: WalletId, customer: WalletId) {
        this.#scenario = scenario;
        this.dealer = dealer;
        this.customer = customer;
    }

    /** The cooperative authorises the dealer's holder. */
    async authorise(): Promise<void> {
        const scenario = this.#scenario;
        await scenario.submit(scenario.person('CooperativeMSP', 'admin'), 'Registry:GrantCredential', {
            ...this.credential,
            evidence: new Uint8Array(32).fill(7),
            expiresAt: (scenario.ledger.time + 1_000_000n) as Quantity<'second'>,
        });
    }

    /** The cooperative thinks better of it. */
    async dismiss(): Promise<void> {
        const scenario = this.#scenario;
        const value = { ...this.credential, reason: 'licence withdrawn' };
        await scenario.submit(scenario.person('CooperativeMSP', 'admin'), 'Registry:RevokeCredential', value);
    }

    async deposit(
        holdId: string,
        reference: string,
        terms: Terms,
        from: WalletId = this.dealer,
    ): Promise<ResultOf<'Dealing:Deposit'>> {
        const facts = { ...this.#terms(holdId, terms), to: this.customer, reference: reference as ExternalReference };
        const intent = { ...this.#scenario.intentFields(from, terms.nonce), type: 'power/deposit', ...facts } as const;
        const value: ArgumentsOf<'Dealing:Deposit'> = { ...this.#scenario.signed(depositIntent, intent), foldIds: [] };
        return this.#scenario.ledger.submit(this.#client, 'Dealing:Deposit', value);
    }

    async confirmDeposit(
        holdId: string,
        { by = this.dealer, to = this.customer, nonce = 0n } = {},
    ): Promise<ResultOf<'Dealing:ConfirmDeposit'>> {
        const facts = { asset: powerCredit, holdId: holdId as HoldId, to };
        const intent = { ...this.#scenario.intentFields(by, nonce), type: 'power/confirm-deposit', ...facts } as const;
        const value = this.#scenario.signed(confirmDepositIntent, intent);
        return this.#scenario.ledger.submit(this.#client, 'Dealing:ConfirmDeposit', value);
    }

    async cancelDeposit(
        holdId: string,
        { by = this.dealer, nonce = 0n } = {},
    ): Promise<ResultOf<'Dealing:CancelDeposit'>> {
        const facts = { asset: powerCredit, holdId: holdId as HoldId, to: this.customer, reason: 'no money came' };
        const intent = { ...this.#scenario.intentFields(by, nonce), type: 'power/cancel-deposit', ...facts } as const;
        const value = this.#scenario.signed(cancelDepositIntent, intent);
        return this.#scenario.ledger.submit(this.#client, 'Dealing:CancelDeposit', value);
    }

    async withdraw(holdId: string, terms: Terms, to: WalletId = this.dealer): Promise<ResultOf<'Dealing:Withdraw'>> {
        const facts = { ...this.#terms(holdId, terms), to, accountDigest: new Uint8Array(32).fill(9) };
        const fields = this.#scenario.intentFields(this.customer, terms.nonce);
        const value = this.#scenario.signed(withdrawIntent, { ...fields, type: 'power/withdraw', ...facts });
        return this.#scenario.ledger.submit(this.#client, 'Dealing:Withdraw', { ...value, foldIds: [] });
    }

    async confirmWithdrawal(
        holdId: string,
        reference: string,
        { by = this.dealer, nonce = 0n } = {},
    ): Promise<ResultOf<'Dealing:ConfirmWithdrawal'>> {
        const facts = { ...this.#customersHold(holdId), reference: reference as ExternalReference };
        const fields = this.#scenario.intentFields(by, nonce);
        const intent = { ...fields, type: 'power/confirm-withdrawal', ...facts } as const;
        const value = this.#scenario.signed(confirmWithdrawalIntent, intent);
        return this.#scenario.ledger.submit(this.#client, 'Dealing:ConfirmWithdrawal', value);
    }

    async rejectWithdrawal(
        holdId: string,
        { by = this.dealer, nonce = 0n } = {},
    ): Promise<ResultOf<'Dealing:RejectWithdrawal'>> {
        const facts = { ...this.#customersHold(holdId), reason: 'account closed' };
        const fields = this.#scenario.intentFields(by, nonce);
        const intent = { ...fields, type: 'power/reject-withdrawal', ...facts } as const;
        const value = this.#scenario.signed(rejectWithdrawalIntent, intent);
        return this.#scenario.ledger.submit(this.#client, 'Dealing:RejectWithdrawal', value);
    }

    async describeReference(reference: string, dealer = holderOf(this.dealer)) {
        const query = { dealer, reference: reference as ExternalReference };
        return this.#scenario.ledger.evaluate(this.#client, 'Dealing:DescribeReference', query);
    }

    get credential(): { readonly holderId: HolderId; readonly kind: 'dealer' } {
        return { holderId: holderOf(this.dealer), kind: 'dealer' };
    }

    #terms(holdId: string, { amount, seconds = holdSeconds }: Terms) {
        const holdUntil = (this.#scenario.ledger.time + seconds) as Quantity<'second'>;
        return { asset: powerCredit, holdId: holdId as HoldId, amount: money(amount), holdUntil };
    }

    #customersHold(holdId: string) {
        return { asset: powerCredit, payer: this.customer, holdId: holdId as HoldId };
    }

    get #client(): SimulatedIdentity {
        return this.#scenario.person('CooperativeMSP');
    }
}
