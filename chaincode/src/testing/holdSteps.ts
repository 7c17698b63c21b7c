// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    type AssetCode,
    type HoldId,
    money,
    postHoldIntent,
    powerCredit,
    type Quantity,
    reserveHoldIntent,
    type ResultOf,
    voidHoldIntent,
    type WalletId,
} from '@power-currency/domain';
import type { Scenario } from './scenario.js';
import type { SimulatedIdentity } from './simulatedIdentity.js';

/** How long the holds of tests last, in seconds. */
export const holdSeconds = 3_600n;

interface HoldTerms {
    readonly from: WalletId;
    readonly to: WalletId;
    readonly amount: bigint;
    readonly nonce: bigint;
    readonly seconds?: bigint;
    readonly asset?: AssetCode;
}

/** A hold and the wallet that signs for it. */
interface HoldUse {
    readonly by: WalletId;
    readonly payer: WalletId;
    readonly holdId: string;
    readonly asset?: AssetCode;
}

/** What the parties to holds do, each with its own signature. */
export class HoldSteps {
    readonly #scenario: Scenario;

    constructor(scenario: Scenario) {
        this.#scenario = scenario;
    }

    /** The arguments of a reservation, signed by the payer. */
    reservation(
        holdId: string,
        { from, to, amount, nonce, seconds = holdSeconds, asset = powerCredit }: HoldTerms,
    ): ArgumentsOf<'Hold:Reserve'> {
        const scenario = this.#scenario;
        const terms = {
            ...{ asset, holdId: holdId as HoldId, to, amount: money(amount), purpose: 'a room' },
            holdUntil: (scenario.ledger.time + seconds) as Quantity<'second'>,
        };
        const intent = { ...scenario.intentFields(from, nonce), type: 'power/reserve-hold', ...terms } as const;
        return { ...scenario.signed(reserveHoldIntent, intent), foldIds: [] };
    }

    async reserve(holdId: string, terms: HoldTerms): Promise<ResultOf<'Hold:Reserve'>> {
        return this.#scenario.ledger.submit(this.#client, 'Hold:Reserve', this.reservation(holdId, terms));
    }

    /** The arguments of a posting, signed by the wallet that asks for it. */
    posting(
        { by, payer, holdId, asset = powerCredit }: HoldUse,
        amount: bigint,
        isFinal = false,
    ): ArgumentsOf<'Hold:Post'> {
        const facts = { asset, payer, holdId: holdId as HoldId, amount: money(amount), isFinal };
        const intent = { ...this.#scenario.intentFields(by, 0n), type: 'power/post-hold', ...facts } as const;
        return this.#scenario.signed(postHoldIntent, intent);
    }

    async post(use: HoldUse, amount: bigint, isFinal = false): Promise<ResultOf<'Hold:Post'>> {
        return this.#scenario.ledger.submit(this.#client, 'Hold:Post', this.posting(use, amount, isFinal));
    }

    async void(
        { by, payer, holdId, asset = powerCredit }: HoldUse,
        reason = '',
        nonce = 0n,
    ): Promise<ResultOf<'Hold:Void'>> {
        const scenario = this.#scenario;
        const facts = { asset, payer, holdId: holdId as HoldId, reason };
        const intent = { ...scenario.intentFields(by, nonce), type: 'power/void-hold', ...facts } as const;
        return scenario.ledger.submit(this.#client, 'Hold:Void', scenario.signed(voidHoldIntent, intent));
    }

    async expire(walletId: WalletId, holdId: string): Promise<ResultOf<'Hold:Expire'>> {
        const value = { walletId, asset: powerCredit, holdId: holdId as HoldId };
        return this.#scenario.submit(this.#client, 'Hold:Expire', value);
    }

    async describe(walletId: WalletId, holdId: string): Promise<ResultOf<'Hold:Describe'>> {
        const query = { walletId, asset: powerCredit, holdId: holdId as HoldId };
        return this.#scenario.ledger.evaluate(this.#client, 'Hold:Describe', query);
    }

    get #client(): SimulatedIdentity {
        return this.#scenario.person('CooperativeMSP');
    }
}
