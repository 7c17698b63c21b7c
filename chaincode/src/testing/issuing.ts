// SPDX-License-Identifier: Apache-2.0
import {
    allowWalletsIntent,
    type AssetCode,
    type AssetRules,
    type Decoded,
    disallowWalletsIntent,
    holderOf,
    type Intent,
    issueAssetIntent,
    money,
    type RegisterAssetIntent,
    registerAssetIntent,
    type ResultOf,
    retireAssetIntent,
    type WalletId,
} from '@power-currency/domain';
import './quiet.js';
import type { Scenario } from './scenario.js';

/** A company that issues a private asset, and what it signs. */
export class Issuing {
    readonly scenario: Scenario;
    readonly issuer: WalletId;
    readonly asset: AssetCode;

    private constructor(scenario: Scenario, issuer: WalletId, asset: AssetCode) {
        this.scenario = scenario;
        this.issuer = issuer;
        this.asset = asset;
    }

    /** An accredited issuer, whose wallet the cooperative keeps. */
    static async by(scenario: Scenario, name = 'solarfarm', asset = 'SOLAR'): Promise<Issuing> {
        const issuer = await scenario.openWallet(name);
        await scenario.submit(scenario.person('CooperativeMSP', 'admin'), 'Registry:GrantCredential', {
            ...{ holderId: holderOf(issuer), kind: 'asset-issuer', evidence: new Uint8Array(32).fill(3) },
            expiresAt: (scenario.ledger.time + 31_536_000n) as never,
        });
        return new Issuing(scenario, issuer, asset as AssetCode);
    }

    async register(
        rules: Partial<AssetRules> = {},
        change: Partial<RegisterAssetIntent> = {},
    ): Promise<ResultOf<'Asset:Register'>> {
        const intent: RegisterAssetIntent = {
            ...this.scenario.intentFields(change.wallet ?? this.issuer, 0n),
            ...{ type: 'power/register-asset', asset: this.asset, name: 'Solar farm shares', decimals: 0 },
            rules: { access: 'open', tierMin: 0, cap: null, isTransferable: true, ...rules },
            ...change,
        };
        const argument = this.scenario.signed(registerAssetIntent, intent);
        return this.scenario.ledger.submit(this.scenario.person('AuthorityMSP'), 'Asset:Register', argument);
    }

    /** The word of a member on the asset: by default one that does not keep the issuer's wallet. */
    async review(isAccepted = true, mspId = 'AuthorityMSP', asset = this.asset): Promise<ResultOf<'Asset:Review'>> {
        const value = { asset, isAccepted, reason: 'prospectus read' };
        return this.scenario.submit(this.scenario.person(mspId, 'admin'), 'Asset:Review', value);
    }

    async suspend(mspId = 'AuthorityMSP', asset = this.asset): Promise<ResultOf<'Asset:Suspend'>> {
        const value = { asset, reason: 'accounts overdue' };
        return this.scenario.submit(this.scenario.person(mspId, 'admin'), 'Asset:Suspend', value);
    }

    async resume(mspId = 'AuthorityMSP', asset = this.asset): Promise<ResultOf<'Asset:Resume'>> {
        const value = { asset, reason: 'accounts filed' };
        return this.scenario.submit(this.scenario.person(mspId, 'admin'), 'Asset:Resume', value);
    }

    /** Registers with these rules and has it accepted. */
    async launch(rules: Partial<AssetRules> = {}): Promise<void> {
        await this.register(rules);
        await this.review();
    }

    async issue(
        to: WalletId,
        amount: bigint,
        change: Partial<Decoded<typeof issueAssetIntent>> = {},
    ): Promise<ResultOf<'Asset:Issue'>> {
        const intent: Decoded<typeof issueAssetIntent> = {
            ...this.scenario.intentFields(change.wallet ?? this.issuer, 0n),
            ...{ type: 'power/issue-asset', asset: this.asset, to, amount: money(amount), memo: '' },
            ...change,
        };
        const argument = this.scenario.signed(issueAssetIntent, intent);
        return this.scenario.ledger.submit(this.scenario.person('AuthorityMSP'), 'Asset:Issue', argument);
    }

    /** Issues to a wallet the cooperative keeps, and folds the credit. */
    async fund(to: WalletId, amount: bigint): Promise<void> {
        const { creditId } = await this.issue(to, amount);
        await this.scenario.submit(this.scenario.person('CooperativeMSP'), 'Wallet:Fold', {
            ...{ walletId: to, asset: this.asset, creditIds: [creditId] },
        });
    }

    async pay(from: WalletId, to: WalletId, amount: bigint, nonce = 1n): Promise<ResultOf<'Wallet:Transfer'>> {
        const intent = this.scenario.intent({ from, to, amount, nonce, asset: this.asset });
        const person = this.scenario.person('AuthorityMSP');
        return this.scenario.ledger.submit(person, 'Wallet:Transfer', this.scenario.signedIntent(intent));
    }

    async allow(walletIds: readonly WalletId[], change: Partial<Intent> = {}): Promise<ResultOf<'Asset:Allow'>> {
        const intent = { ...this.#listing(walletIds, change), type: 'power/allow-wallets' } as const;
        const argument = this.scenario.signed(allowWalletsIntent, intent);
        return this.scenario.ledger.submit(this.scenario.person('AuthorityMSP'), 'Asset:Allow', argument);
    }

    async disallow(walletIds: readonly WalletId[], change: Partial<Intent> = {}): Promise<ResultOf<'Asset:Disallow'>> {
        const intent = { ...this.#listing(walletIds, change), type: 'power/disallow-wallets' } as const;
        const argument = this.scenario.signed(disallowWalletsIntent, intent);
        return this.scenario.ledger.submit(this.scenario.person('AuthorityMSP'), 'Asset:Disallow', argument);
    }

    async retire(
        walletId: WalletId,
        amount: bigint,
        change: Partial<Decoded<typeof retireAssetIntent>> = {},
    ): Promise<ResultOf<'Asset:Retire'>> {
        const intent: Decoded<typeof retireAssetIntent> = {
            ...this.scenario.intentFields(walletId, change.nonce ?? 1n),
            ...{ type: 'power/retire-asset', asset: this.asset, amount: money(amount), memo: '' },
            ...change,
        };
        const argument = { ...this.scenario.signed(retireAssetIntent, intent), foldIds: [] };
        return this.scenario.ledger.submit(this.scenario.person('AuthorityMSP'), 'Asset:Retire', argument);
    }

    #listing<C extends Partial<Intent>>(
        walletIds: readonly WalletId[],
        change: C,
    ): Omit<Intent, 'type'> & { asset: AssetCode; walletIds: readonly WalletId[] } & C {
        const fields = this.scenario.intentFields(change.wallet ?? this.issuer, 0n);
        return { ...fields, asset: this.asset, walletIds, ...change };
    }
}
