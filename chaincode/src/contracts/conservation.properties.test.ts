// SPDX-License-Identifier: Apache-2.0
import {
    DomainError,
    encodeArguments,
    encodeAttestationFile,
    type CreditId,
    powerCredit,
    type TransactionName,
    type WalletId,
} from '@power-currency/domain';
import fc from 'fast-check';
import { type EndorsedTransaction, Scenario } from '../testing/index.js';
import { zone } from '../testing/scenario.js';

const wallets = ['w0', 'w1', 'w2'] as WalletId[];
/** The day of the attestation with this sequence. */
const dayOfSequence = (sequence: bigint) => `2026-10-${String(sequence).padStart(2, '0')}`;

type Step =
    | {
          readonly kind: 'pay';
          readonly from: number;
          readonly to: number;
          readonly amount: bigint;
          readonly folds: boolean;
      }
    | { readonly kind: 'fold'; readonly wallet: number }
    | { readonly kind: 'mint'; readonly to: number; readonly amount: bigint }
    | { readonly kind: 'attest'; readonly energyWh: bigint };

const walletIndex = fc.nat({ max: wallets.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
    {
        weight: 5,
        arbitrary: fc.record({
            kind: fc.constant('pay' as const),
            from: walletIndex,
            to: walletIndex,
            amount: fc.bigInt(1n, 400n),
            folds: fc.boolean(),
        }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('fold' as const), wallet: walletIndex }) },
    {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('mint' as const), to: walletIndex, amount: fc.bigInt(1n, 1_000n) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('attest' as const), energyWh: fc.bigInt(0n, 10n ** 6n) }) },
);
/** Steps of one block are executed on the same state, so that some of them conflict. */
const story = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });

class Teller {
    readonly scenario: Scenario;

    constructor(scenario: Scenario) {
        this.scenario = scenario;
    }

    /** Undefined for a step that is refused: most random ones overdraw something. */
    async endorse(step: Step): Promise<EndorsedTransaction | undefined> {
        try {
            return await this.#endorse(step);
        } catch (thrown) {
            if (thrown instanceof DomainError && thrown.code !== 'CONSERVATION_VIOLATED') return undefined;
            throw thrown;
        }
    }

    async #endorse(step: Step): Promise<EndorsedTransaction> {
        const { scenario } = this;
        const requestId = scenario.requestId();
        const reader = scenario.person('RegulatorMSP');
        if (step.kind === 'pay') {
            const [from, to] = [wallets[step.from]!, wallets[step.to]!];
            const { nonce } = await this.#balance(from);
            const intent = scenario.intent({ from, to, amount: step.amount, nonce: nonce + 1n });
            const foldIds = step.folds ? await this.#pending(from) : [];
            return this.#call('AuthorityMSP', 'Wallet:Transfer', scenario.signedIntent(intent, foldIds));
        }
        if (step.kind === 'fold') {
            const walletId = wallets[step.wallet]!;
            const creditIds = await this.#pending(walletId);
            return this.#call('CooperativeMSP', 'Wallet:Fold', { requestId, walletId, asset: powerCredit, creditIds });
        }
        const { sequence } = await scenario.ledger.evaluate(reader, 'Attestation:DescribeBasis', {});
        if (step.kind === 'mint') {
            const value = { requestId, day: dayOfSequence(sequence - 1n), amount: step.amount, to: wallets[step.to] };
            return this.#call('CentralBankMSP', 'PowerCredit:Mint', value);
        }
        const file = scenario.signDay(await scenario.prepareDay(dayOfSequence(sequence), [zone(step.energyWh)]));
        return this.#call('AuthorityMSP', 'Attestation:Submit', { requestId, file: encodeAttestationFile(file) });
    }

    async #call(mspId: string, transaction: TransactionName, value: unknown): Promise<EndorsedTransaction> {
        const argument = encodeArguments(transaction, value as never);
        return this.scenario.ledger.endorse({ identity: this.scenario.person(mspId), transaction, argument });
    }

    async #balance(walletId: WalletId) {
        return this.scenario.ledger.evaluate(this.scenario.person('RegulatorMSP'), 'Wallet:BalanceOf', {
            ...{ walletId, asset: powerCredit },
        });
    }

    async #pending(walletId: WalletId): Promise<readonly CreditId[]> {
        const query = { walletId, asset: powerCredit, pageSize: 64, bookmark: '' };
        const page = await this.scenario.ledger.evaluate(
            this.scenario.person('RegulatorMSP'),
            'Wallet:ListPending',
            query,
        );
        return page.rows.map(({ creditId }) => creditId);
    }

    /** Every total the ledger gives, and the sum of what each wallet says of itself. */
    async books() {
        const reader = this.scenario.person('RegulatorMSP');
        const account = await this.scenario.ledger.evaluate(reader, 'Asset:DescribeSupply', { asset: powerCredit });
        const balances = await Promise.all(wallets.map(async (walletId) => this.#balance(walletId)));
        return {
            held: account.wallets + account.pending,
            outstanding: account.issued - account.redeemed,
            balances: balances.reduce((sum, { available, pending }) => sum + available + pending, 0n),
        };
    }
}

it('no sequence of transactions, conflicting ones included, creates or destroys money', async () => {
    const seen = new Set<string>();
    await fc.assert(
        fc.asyncProperty(story, async (blocks) => {
            const scenario = await Scenario.founded();
            for (const name of wallets) await scenario.openWallet(name);
            await scenario.attestDay(dayOfSequence(1n), 10n ** 6n);
            await scenario.fund(dayOfSequence(1n), 1_000n, wallets[0]!);
            const teller = new Teller(scenario);
            for (const block of blocks) {
                const endorsed = [];
                for (const next of block) endorsed.push(await teller.endorse(next));
                const ordered = endorsed.filter((transaction) => transaction !== undefined);
                for (const { code } of await scenario.ledger.commit(ordered)) seen.add(code);
                const { held, outstanding, balances } = await teller.books();
                expect([held, balances]).toEqual([outstanding, outstanding]);
            }
            scenario.close();
        }),
        { numRuns: 25, seed: 20261121 },
    );
    // The law would hold for a ledger on which nothing ever happens, too.
    expect([...seen].sort()).toEqual(['MVCC_READ_CONFLICT', 'VALID']);
}, 60_000);
