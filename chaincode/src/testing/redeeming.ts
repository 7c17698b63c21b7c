// SPDX-License-Identifier: Apache-2.0
import {
    acceptDeliveryIntent,
    type ArgumentsOf,
    cancelRedemptionIntent,
    claimDeliveryIntent,
    type CreditId,
    type Decoded,
    disputeDeliveryIntent,
    holderOf,
    type Intent,
    issueVoucherIntent,
    money,
    type RedemptionId,
    type RequestRedemptionIntent,
    requestRedemptionIntent,
    type ResultOf,
    type VoucherId,
    type WalletId,
} from '@power-currency/domain';
import './quiet.js';
import type { Scenario } from './scenario.js';

/** A holder who redeems credits with a provider: their wallets, and what they sign. */
export class Redeeming {
    readonly scenario: Scenario;
    readonly holder: WalletId;
    readonly provider: WalletId;
    #nonce = 0n;

    constructor(scenario: Scenario, holder: WalletId, provider: WalletId) {
        this.scenario = scenario;
        this.holder = holder;
        this.provider = provider;
    }

    /** The wallets of a holder, kept by the cooperative, and of an accredited provider, kept by the authority. */
    static async between(scenario: Scenario, holder: WalletId): Promise<Redeeming> {
        const provider = await scenario.openWallet('utility.vouchers', 'AuthorityMSP');
        await scenario.submit(scenario.person('AuthorityMSP', 'admin'), 'Registry:GrantCredential', {
            ...{ holderId: holderOf(provider), kind: 'provider', evidence: new Uint8Array(32).fill(9) },
            expiresAt: (scenario.ledger.time + 31_536_000n) as never,
        });
        return new Redeeming(scenario, holder, provider);
    }

    requesting(name: string, amount: bigint, change: Partial<RequestRedemptionIntent> = {}): RequestRedemptionIntent {
        return {
            ...this.scenario.intentFields(change.wallet ?? this.holder, change.nonce ?? this.#nonce + 1n),
            ...{ type: 'power/request-redemption', redemptionId: name as RedemptionId, amount: money(amount) },
            ...{ provider: this.provider, service: 'service', valueMin: 0n as never, energyWhMin: 0n as never },
            ...change,
        };
    }

    async request(
        name: string,
        amount: bigint,
        change: Partial<RequestRedemptionIntent> = {},
        foldIds: readonly CreditId[] = [],
    ): Promise<ResultOf<'Redemption:Request'>> {
        const intent = this.requesting(name, amount, change);
        const argument = { ...this.scenario.signed(requestRedemptionIntent, intent), foldIds };
        const result = await this.#submit('Redemption:Request', argument);
        if (intent.wallet === this.holder) this.#nonce = intent.nonce;
        return result;
    }

    async issue(
        name: string,
        change: Partial<Decoded<typeof issueVoucherIntent>> = {},
    ): Promise<ResultOf<'Redemption:IssueVoucher'>> {
        const intent = { ...this.#fields(this.provider, name, change), type: 'power/issue-voucher' } as const;
        const numbered = { ...intent, voucherId: change.voucherId ?? (`v-${name}` as VoucherId) };
        return this.#submit('Redemption:IssueVoucher', this.scenario.signed(issueVoucherIntent, numbered));
    }

    async deliver(
        name: string,
        change: Partial<Decoded<typeof claimDeliveryIntent>> = {},
    ): Promise<ResultOf<'Redemption:Deliver'>> {
        const intent = { ...this.#fields(this.provider, name, change), type: 'power/claim-delivery' } as const;
        const proved = {
            ...intent,
            evidence: new Uint8Array(32).fill(5),
            certificates: change.certificates ?? [],
        };
        return this.#submit('Redemption:Deliver', this.scenario.signed(claimDeliveryIntent, proved));
    }

    /** Request, voucher and the provider's word that it has delivered. */
    async claimed(name: string, amount: bigint): Promise<ResultOf<'Redemption:Deliver'>> {
        await this.request(name, amount);
        await this.issue(name);
        return this.deliver(name);
    }

    async accept(name: string, change: Partial<Intent> = {}): Promise<ResultOf<'Redemption:Accept'>> {
        const intent = { ...this.#fields(this.holder, name, change), type: 'power/accept-delivery' } as const;
        return this.#submit('Redemption:Accept', this.scenario.signed(acceptDeliveryIntent, intent));
    }

    async dispute(name: string, change: Partial<Intent> = {}): Promise<ResultOf<'Redemption:Dispute'>> {
        const intent = { ...this.#fields(this.holder, name, change), type: 'power/dispute-delivery' } as const;
        const reasoned = { ...intent, reason: 'not-delivered' } as const;
        return this.#submit('Redemption:Dispute', this.scenario.signed(disputeDeliveryIntent, reasoned));
    }

    async cancel(name: string, change: Partial<Intent> = {}): Promise<ResultOf<'Redemption:Cancel'>> {
        const intent = { ...this.#fields(this.holder, name, change), type: 'power/cancel-redemption' } as const;
        return this.#submit('Redemption:Cancel', this.scenario.signed(cancelRedemptionIntent, intent));
    }

    async settle(name: string): Promise<ResultOf<'Redemption:Settle'>> {
        const person = this.scenario.person('CooperativeMSP');
        return this.scenario.submit(person, 'Redemption:Settle', { redemptionId: name as RedemptionId });
    }

    async expire(name: string): Promise<ResultOf<'Redemption:Expire'>> {
        const person = this.scenario.person('CooperativeMSP');
        return this.scenario.submit(person, 'Redemption:Expire', { redemptionId: name as RedemptionId });
    }

    async resolve(
        name: string,
        outcome: 'holder' | 'provider',
        mspId = 'CentralBankMSP',
    ): Promise<ResultOf<'Redemption:Resolve'>> {
        const facts = { redemptionId: name as RedemptionId, outcome, note: 'meter read' };
        return this.scenario.submit(this.scenario.person(mspId, 'admin'), 'Redemption:Resolve', facts);
    }

    #fields<C extends object>(
        wallet: WalletId,
        name: string,
        change: C,
    ): Omit<Intent, 'type'> & { redemptionId: RedemptionId } & C {
        return { ...this.scenario.intentFields(wallet, 0n), redemptionId: name as RedemptionId, ...change };
    }

    /** By a member that keeps neither wallet: whoever submits an intent has no say in it. */
    async #submit<N extends `Redemption:${'Request' | 'IssueVoucher' | 'Deliver' | 'Accept' | 'Dispute' | 'Cancel'}`>(
        name: N,
        argument: ArgumentsOf<N>,
    ): Promise<ResultOf<N>> {
        return this.scenario.ledger.submit(this.scenario.person('CentralBankMSP'), name, argument);
    }
}
