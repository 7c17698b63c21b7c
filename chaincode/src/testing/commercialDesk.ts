// SPDX-License-Identifier: Apache-2.0
import './quiet.js';
import {
    type AssetCode,
    type CommercialDepositIntent,
    commercialDepositIntent,
    type CommercialTransferIntent,
    commercialTransferIntent,
    type CommercialWithdrawIntent,
    commercialWithdrawIntent,
    type CreditId,
    encodeArguments,
    money,
    type ParcelId,
    parcelIdOf,
    type PoolShareId,
    powerCredit,
    type WalletId,
} from '@power-currency/domain';
import { restrict } from './restricting.js';
import { type Scenario, sha256 } from './scenario.js';
import type { CommittedTransaction, TextCall } from './simulatedTransaction.js';

interface Spending {
    readonly from: WalletId;
    readonly amount: bigint;
    readonly parcelIds: readonly ParcelId[];
}

/** Everything of a scenario that concerns private balances: signs intents, draws salts, submits for the cooperative. */
export class CommercialDesk {
    readonly #scenario: Scenario;
    readonly asset: AssetCode = powerCredit;
    #saltCount = 0;

    constructor(scenario: Scenario) {
        this.#scenario = scenario;
    }

    /** Issues to a cooperative wallet, which pays the commercial one: issued money does not reach those. */
    async fund(day: string, amount: bigint, to: WalletId): Promise<void> {
        const scenario = this.#scenario;
        const source = await scenario.openWallet('cooperative.source', 'CooperativeMSP', 'cooperative');
        await scenario.fund(day, amount, source);
        const intent = scenario.intent({ from: source, to, amount, nonce: 1n });
        const payment = scenario.signedIntent({ ...intent, travelRule: 'TR-1' });
        const client = scenario.person('CooperativeMSP');
        const { creditId } = await scenario.ledger.submit(client, 'Wallet:Transfer', payment);
        await scenario.submit(client, 'Wallet:Fold', { walletId: to, asset: this.asset, creditIds: [creditId] });
    }

    /** Has two organisations freeze a wallet, or sanction a holder. */
    async restrict(kind: 'freeze-wallet' | 'sanction', subject: string): Promise<void> {
        await restrict(this.#scenario, kind, subject);
    }

    /** A salt that was not drawn before; the same in every telling. */
    salt(): Uint8Array {
        return sha256(Buffer.from(`salt ${String(++this.#saltCount)}`));
    }

    depositCall(
        wallet: WalletId,
        amount: bigint,
        nonce: bigint,
        salt: Uint8Array,
        foldIds: readonly CreditId[] = [],
    ): TextCall {
        const intent: CommercialDepositIntent = {
            ...this.#scenario.intentFields(wallet, nonce),
            ...{ type: 'power/commercial-deposit', asset: this.asset, amount: money(amount), salt },
        };
        const value = { ...this.#scenario.signed(commercialDepositIntent, intent), foldIds };
        return this.#call('Commercial:Deposit', encodeArguments('Commercial:Deposit', value));
    }

    async deposit(wallet: WalletId, amount: bigint, nonce: bigint): Promise<ParcelId> {
        const salt = this.salt();
        const { txId } = await this.#scenario.ledger.submitText(this.depositCall(wallet, amount, nonce, salt));
        return parcelIdOf(txId, salt);
    }

    transferIntent({ from, amount, parcelIds }: Spending, to: WalletId, memo = ''): CommercialTransferIntent {
        return {
            ...this.#scenario.intentFields(from, 0n),
            ...{ type: 'power/commercial-transfer', asset: this.asset, to, amount: money(amount), parcelIds, memo },
            ...{ salt: this.salt(), changeSalt: this.salt() },
        };
    }

    transferCall(intent: CommercialTransferIntent): TextCall {
        const value = this.#scenario.signed(commercialTransferIntent, intent);
        return this.#call('Commercial:Transfer', encodeArguments('Commercial:Transfer', value));
    }

    async transfer(intent: CommercialTransferIntent): Promise<{ readonly paid: ParcelId; readonly change: ParcelId }> {
        const { txId } = await this.#scenario.ledger.submitText(this.transferCall(intent));
        return { paid: parcelIdOf(txId, intent.salt), change: parcelIdOf(txId, intent.changeSalt) };
    }

    withdrawIntent({ from, amount, parcelIds }: Spending): CommercialWithdrawIntent {
        return {
            ...this.#scenario.intentFields(from, 0n),
            ...{ type: 'power/commercial-withdraw', asset: this.asset, amount: money(amount), parcelIds },
            changeSalt: this.salt(),
        };
    }

    withdrawCall(intent: CommercialWithdrawIntent, shareIds: readonly PoolShareId[]): TextCall {
        const value = { ...this.#scenario.signed(commercialWithdrawIntent, intent), shareIds };
        return this.#call('Commercial:Withdraw', encodeArguments('Commercial:Withdraw', value));
    }

    async withdraw(intent: CommercialWithdrawIntent, shareIds: readonly PoolShareId[]): Promise<CommittedTransaction> {
        return this.#scenario.ledger.submitText(this.withdrawCall(intent, shareIds));
    }

    async shareIds(): Promise<readonly PoolShareId[]> {
        const page = { asset: this.asset, pageSize: 1000, bookmark: '' };
        const reader = this.#scenario.person('RegulatorMSP');
        const { rows } = await this.#scenario.ledger.evaluate(reader, 'Commercial:ListPool', page);
        return rows.map(({ shareId }) => shareId);
    }

    #call(transaction: string, argument: string): TextCall {
        return { identity: this.#scenario.person('CooperativeMSP'), transaction, argument };
    }
}
