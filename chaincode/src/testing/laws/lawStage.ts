// SPDX-License-Identifier: Apache-2.0
import {
    type AssetCode,
    type CreditId,
    encodeArguments,
    money,
    powerCredit,
    type ProposalId,
    type ResultOf,
    type TransactionName,
    type WalletId,
} from '@power-currency/domain';
import fc from 'fast-check';
import { Building } from '../building.js';
import { captured } from '../captured.js';
import { producerWithWallet } from '../growthSteps.js';
import { Redeeming } from '../redeeming.js';
import { Scenario } from '../scenario.js';
import type { SimulatedIdentity } from '../simulatedIdentity.js';
import type { EndorsedTransaction } from '../simulatedTransaction.js';

/** As many as a transaction needs: that all agree is the business of other tests. */
const endorsers = ['AuthorityMSP', 'CentralBankMSP'];

/** The day of the attestation with this sequence. */
export const dayOfSequence = (sequence: bigint): string =>
    new Date(Date.UTC(2026, 0, Number(sequence))).toISOString().slice(0, 10);

/** A ledger on which random things happen: a few wallets with money, and what random steps ask of it. */
export class LawStage {
    readonly scenario: Scenario;
    readonly wallets: readonly WalletId[];
    /** Where the one programme is built, by a city that has money. */
    readonly site: Building;
    /** Of the vouchers that credits are redeemed for. */
    readonly provider: WalletId;
    /** Entities whose energy is verified, and wallets of theirs that may receive newly issued K-Dollars. */
    readonly producers = ['sun', 'wind'];
    readonly incomes: readonly WalletId[];
    /** The vote on the founding supply. */
    readonly genesis: ProposalId;
    #nameCount = 0;

    private constructor(
        scenario: Scenario,
        wallets: readonly WalletId[],
        parts: Pick<LawStage, 'site' | 'provider' | 'incomes' | 'genesis'>,
    ) {
        this.scenario = scenario;
        this.wallets = wallets;
        this.site = parts.site;
        this.provider = parts.provider;
        this.incomes = parts.incomes;
        this.genesis = parts.genesis;
    }

    static async open(): Promise<LawStage> {
        const scenario = await Scenario.founded();
        const wallets: WalletId[] = [];
        for (const name of ['w0', 'w1', 'w2', 'w3']) wallets.push(await scenario.openWallet(name));
        const site = await Building.site(scenario);
        await scenario.attestDay(dayOfSequence(1n), 10n ** 7n);
        for (const walletId of wallets.slice(0, 2)) await scenario.fund(dayOfSequence(1n), 1_000n, walletId);
        await scenario.fund(dayOfSequence(1n), 500n, site.city, 'AuthorityMSP');
        const { provider } = await Redeeming.between(scenario, site.city);
        const incomes: WalletId[] = [];
        for (const name of ['sun', 'wind']) incomes.push(await producerWithWallet(scenario, name));
        const founding = { kind: 'genesis-supply', asset: 'KD', amount: money(10n ** 9n) } as const;
        const genesis = await scenario.mandate('genesis-supply', founding);
        return new LawStage(scenario, wallets, { site, provider, incomes, genesis });
    }

    /** Who asks, and may change nothing. */
    get reader(): SimulatedIdentity {
        return this.scenario.person('RegulatorMSP');
    }

    /** A name that was not used before. */
    newName(kind: string): string {
        return `${kind}-${String(++this.#nameCount)}`;
    }

    /** The transaction that the work would submit, endorsed and not yet ordered. */
    async captured(work: () => Promise<unknown>): Promise<EndorsedTransaction | undefined> {
        return captured(this.scenario.ledger, work);
    }

    wallet(index: number): WalletId {
        const walletId = this.wallets[index % this.wallets.length];
        if (walletId === undefined) throw new Error('there are no wallets');
        return walletId;
    }

    async endorse(mspId: string, transaction: TransactionName, value: unknown): Promise<EndorsedTransaction> {
        const argument = encodeArguments(transaction, value as never);
        const identity = this.scenario.person(mspId);
        return this.scenario.ledger.endorse({ identity, transaction, argument, endorsers });
    }

    async balance(walletId: WalletId, asset: AssetCode = powerCredit): Promise<ResultOf<'Wallet:BalanceOf'>> {
        return this.scenario.ledger.evaluate(this.reader, 'Wallet:BalanceOf', { walletId, asset });
    }

    async nextNonce(walletId: WalletId, asset: AssetCode = powerCredit): Promise<bigint> {
        return (await this.balance(walletId, asset)).nonce + 1n;
    }

    async pending(walletId: WalletId, asset: AssetCode = powerCredit): Promise<readonly CreditId[]> {
        const query = { walletId, asset, pageSize: 64, bookmark: '' };
        const { rows } = await this.scenario.ledger.evaluate(this.reader, 'Wallet:ListPending', query);
        return rows.map(({ creditId }) => creditId);
    }
}

/** A random step that was drawn: what it is about is printed when a law is broken. */
export interface DrawnStep {
    readonly kind: string;
    readonly facts: unknown;
    /** Undefined where nothing is submitted. Throws DomainError where the ledger refuses: most random steps overdraw. */
    readonly endorse: (stage: LawStage) => Promise<EndorsedTransaction | undefined>;
}

/** A kind of random step, and how often it is drawn beside the others. */
export interface LawStep {
    readonly kind: string;
    readonly weight: number;
    readonly arbitrary: fc.Arbitrary<DrawnStep>;
}

export function lawStep<F>(
    kind: string,
    weight: number,
    facts: fc.Arbitrary<F>,
    endorse: (stage: LawStage, facts: F) => Promise<EndorsedTransaction | undefined>,
): LawStep {
    const drawn = (value: F): DrawnStep => ({ kind, facts: value, endorse: (stage) => endorse(stage, value) });
    return { kind, weight, arbitrary: facts.map(drawn) };
}

/** Which wallet of the stage. */
export const walletIndex = fc.nat({ max: 3 });
