// SPDX-License-Identifier: Apache-2.0
import { type AssetCode, type AssetRules, powerCredit, type RequestId, type WalletId } from '@power-currency/domain';
import { expectBalancedBooks } from '../testing/balancedBooks.js';
import { Scenario } from '../testing/index.js';
import { Issuing } from '../testing/issuing.js';
import { expectRefusal } from '../testing/refusals.js';

let scenario: Scenario;
let issuing: Issuing;
const [anna, bert] = ['anna', 'bert'] as WalletId[] as [WalletId, WalletId];

beforeEach(async () => {
    scenario = await Scenario.founded();
    await scenario.openWallet(anna);
    await scenario.openWallet(bert);
    issuing = await Issuing.by(scenario);
});
afterEach(async () => {
    const registered = await assets();
    for (const { code } of registered) await expectBalancedBooks(scenario, code);
    scenario.close();
});

const reader = () => scenario.person('RegulatorMSP');
const assets = async () =>
    (await scenario.ledger.evaluate(reader(), 'Asset:List', { pageSize: 10, bookmark: '' })).rows;
const listed = async () => {
    const query = { asset: issuing.asset, pageSize: 10, bookmark: '' };
    return (await scenario.ledger.evaluate(reader(), 'Asset:ListAllowed', query)).rows.map(({ walletId }) => walletId);
};
const supply = async () => scenario.ledger.evaluate(reader(), 'Asset:DescribeSupply', { asset: issuing.asset });

describe('an application', () => {
    it('is on the ledger with its rules, and nothing can be issued before its review', async () => {
        await expect(issuing.register({ cap: 100n as never })).resolves.toMatchObject({
            ...{ code: 'SOLAR', class: 'private', issuer: 'solarfarm', state: 'applied' },
            rules: { access: 'open', tierMin: 0, cap: 100n, isTransferable: true },
        });
        await expectRefusal(issuing.issue(anna, 1n), 'ASSET_NOT_ACTIVE', { state: 'applied' });
    });

    it.each(['PC', 'KD', 'TN'])('is refused for %s, which every ledger has', async (code) => {
        const asset = code as AssetCode;
        await expectRefusal(issuing.register({}, { asset }), 'ASSET_CODE_RESERVED', { asset });
    });

    it('takes its code for good, even when it is refused [V30]', async () => {
        await issuing.register();
        await issuing.review(false);
        await expectRefusal(issuing.register(), 'ASSET_EXISTS', { state: 'refused' });
        await expectRefusal(issuing.review(true), 'ASSET_STATE_MISMATCH', { state: 'refused', expected: 'applied' });
        await expectRefusal(issuing.issue(anna, 1n), 'ASSET_NOT_ACTIVE', { state: 'refused' });
    });

    it('is for accredited issuers [V50]', async () => {
        await expectRefusal(issuing.register({}, { wallet: anna }), 'CREDENTIAL_MISSING', { holderId: 'anna' });
        await expectRefusal(issuing.register({}, { nonce: 1n as never }), 'NONCE_MISMATCH', { expected: '0' });
    });

    it.each<[string, Partial<AssetRules>]>([
        ['tier-gated access without a tier', { access: 'tier-gated' }],
        ['a tier without tier-gated access', { tierMin: 1 }],
    ])('is refused with %s', async (_name, rules) => {
        await expectRefusal(issuing.register(rules), 'ASSET_RULES_INVALID');
    });

    it('is reviewed once, by a member that does not keep the issuer’s wallet [V46]', async () => {
        await issuing.register();
        await expectRefusal(issuing.review(true, 'CooperativeMSP'), 'ASSET_DECISION_NOT_INDEPENDENT', {
            participantId: 'cooperative',
        });
        await expect(issuing.review()).resolves.toMatchObject({ state: 'active', reason: 'prospectus read' });
        await expectRefusal(issuing.review(), 'ASSET_STATE_MISMATCH', { state: 'active' });
        await expectRefusal(issuing.review(true, 'AuthorityMSP', 'NONE' as AssetCode), 'ASSET_NOT_FOUND');
        await expectRefusal(issuing.review(true, 'AuthorityMSP', powerCredit), 'ASSET_CODE_RESERVED');
    });
});

describe('units', () => {
    it('are issued by the issuer alone, up to the cap to the last unit, and never beyond', async () => {
        await issuing.launch({ cap: 100n as never });
        await issuing.fund(anna, 60n);
        await expectRefusal(issuing.issue(anna, 41n), 'ASSET_CAP_EXCEEDED', { available: '40', amount: '41' });
        await issuing.issue(bert, 40n);
        await expectRefusal(issuing.issue(anna, 1n), 'ASSET_CAP_EXCEEDED', { available: '0' });
        await expect(supply()).resolves.toMatchObject({ issued: 100n, wallets: 60n, pending: 40n });
        await expectRefusal(issuing.issue(anna, 1n, { wallet: anna }), 'ASSET_NOT_ISSUER', { walletId: 'anna' });
    });

    it('are issued once on one intent, for a cause that names it [V85]', async () => {
        await issuing.launch();
        const requestId = 'series-a' as RequestId;
        const first = await issuing.issue(anna, 5n, { requestId });
        await expect(issuing.issue(anna, 5n, { requestId })).resolves.toEqual(first);
        await expectRefusal(issuing.issue(anna, 6n, { requestId }), 'REQUEST_CONFLICT');
        await expectRefusal(issuing.issue(anna, 5n, { nonce: 1n as never }), 'NONCE_MISMATCH');
        const query = { asset: issuing.asset, pageSize: 10, bookmark: '' };
        const { rows } = await scenario.ledger.evaluate(reader(), 'Asset:ListSupplyChanges', query);
        expect(rows).toMatchObject([
            { direction: 'issued', amount: 5n, cause: { kind: 'issuer', walletId: 'solarfarm', requestId } },
        ]);
    });

    it('are of an asset that was registered, to a wallet that is there', async () => {
        await issuing.launch();
        await expectRefusal(issuing.issue('nobody' as WalletId, 1n), 'WALLET_NOT_FOUND', { walletId: 'nobody' });
        await expectRefusal(issuing.issue(anna, 1n, { asset: 'NONE' as AssetCode }), 'ASSET_NOT_FOUND');
        await expectRefusal(issuing.issue(anna, 1n, { asset: powerCredit }), 'ASSET_CODE_RESERVED');
    });

    it('are not issued by one who lost the credential, and payments go on [V50]', async () => {
        await issuing.launch();
        await issuing.fund(anna, 5n);
        await scenario.submit(scenario.person('CooperativeMSP', 'admin'), 'Registry:RevokeCredential', {
            ...{ holderId: 'solarfarm' as never, kind: 'asset-issuer', reason: 'licence withdrawn' },
        });
        await expectRefusal(issuing.issue(anna, 1n), 'CREDENTIAL_REVOKED');
        await issuing.pay(anna, bert, 5n);
    });

    it('are retired by their holder, which makes room under the cap', async () => {
        await issuing.launch({ cap: 10n as never });
        await issuing.fund(anna, 10n);
        await expectRefusal(issuing.retire(anna, 11n), 'INSUFFICIENT_FUNDS');
        await expect(issuing.retire(anna, 4n)).resolves.toMatchObject({ available: 6n, nonce: 1n });
        await expectRefusal(issuing.retire(anna, 1n), 'NONCE_MISMATCH', { expected: '2' });
        await expect(supply()).resolves.toMatchObject({ issued: 10n, redeemed: 4n, wallets: 6n });
        await issuing.issue(anna, 4n);
        await expectRefusal(issuing.retire(anna, 1n, { asset: powerCredit }), 'ASSET_CODE_RESERVED');
        await expectRefusal(issuing.retire(anna, 1n, { asset: 'NONE' as AssetCode }), 'ASSET_NOT_FOUND');
    });
});

describe('a suspended asset', () => {
    beforeEach(async () => {
        await issuing.launch();
        await issuing.fund(anna, 10n);
        await issuing.suspend('CooperativeMSP');
    });

    it('is neither issued, nor paid, nor retired', async () => {
        await expectRefusal(issuing.issue(anna, 1n), 'ASSET_NOT_ACTIVE', { state: 'suspended' });
        await expectRefusal(issuing.pay(anna, bert, 1n), 'ASSET_NOT_ACTIVE');
        await expectRefusal(issuing.retire(anna, 1n), 'ASSET_NOT_ACTIVE');
    });

    it('is resumed by a member that does not keep the issuer’s wallet [V46]', async () => {
        await expectRefusal(issuing.suspend(), 'ASSET_STATE_MISMATCH', { state: 'suspended' });
        await expectRefusal(issuing.resume('CooperativeMSP'), 'ASSET_DECISION_NOT_INDEPENDENT');
        await expect(issuing.resume()).resolves.toMatchObject({ state: 'active', reason: 'accounts filed' });
        await expectRefusal(issuing.resume(), 'ASSET_STATE_MISMATCH', { state: 'active' });
        await issuing.pay(anna, bert, 1n);
    });

    it('is never one that every ledger has', async () => {
        await expectRefusal(issuing.suspend('AuthorityMSP', powerCredit), 'ASSET_CODE_RESERVED');
        await expectRefusal(issuing.resume('AuthorityMSP', powerCredit), 'ASSET_CODE_RESERVED');
    });
});

describe('an asset with a list', () => {
    beforeEach(async () => {
        await issuing.launch({ access: 'allow-list' });
    });

    it('is issued and paid only to wallets on it, and always back to the issuer', async () => {
        await expectRefusal(issuing.issue(anna, 5n), 'ASSET_NOT_ALLOWED', { walletId: 'anna' });
        await issuing.allow([anna]);
        await issuing.fund(anna, 5n);
        await expectRefusal(issuing.pay(anna, bert, 1n), 'ASSET_NOT_ALLOWED', { walletId: 'bert' });
        await issuing.pay(anna, issuing.issuer, 1n);
    });

    it('lets who is taken off it pay, and receive no more', async () => {
        await issuing.allow([anna, bert]);
        await issuing.fund(anna, 5n);
        await issuing.disallow([anna]);
        await expect(listed()).resolves.toEqual(['bert']);
        await expectRefusal(issuing.issue(anna, 5n), 'ASSET_NOT_ALLOWED');
        await issuing.pay(anna, bert, 5n);
    });

    it('is its issuer’s to change, by wallets that are there [V44]', async () => {
        await expectRefusal(issuing.allow([anna], { wallet: anna }), 'ASSET_NOT_ISSUER');
        await expectRefusal(issuing.disallow([anna], { wallet: anna }), 'ASSET_NOT_ISSUER');
        await expectRefusal(issuing.allow([anna], { nonce: 1n as never }), 'NONCE_MISMATCH', { expected: '0' });
        await expectRefusal(issuing.allow([anna, 'nobody' as WalletId]), 'WALLET_NOT_FOUND', { walletId: 'nobody' });
        await expectRefusal(issuing.disallow([anna]), 'ASSET_NOT_ALLOWED', { walletId: 'anna' });
        await expect(listed()).resolves.toEqual([]);
    });

    it('is the only kind that has one', async () => {
        const open = await Issuing.by(scenario, 'windpark', 'WIND');
        await open.launch();
        await expectRefusal(open.allow([anna]), 'ASSET_HAS_NO_LIST', { asset: 'WIND' });
        await expectRefusal(open.disallow([anna]), 'ASSET_HAS_NO_LIST', { asset: 'WIND' });
    });
});

describe('an asset for holders a verifier knows', () => {
    const yearSeconds = 31_536_000n;

    beforeEach(async () => {
        await issuing.launch({ access: 'tier-gated', tierMin: 1 });
        await scenario.verify('anna', 1);
    });

    it('is issued and paid only to holders of its tier and above, and always back to the issuer', async () => {
        await expectRefusal(issuing.issue(bert, 5n), 'TIER_TOO_LOW', { holderId: 'bert', tier: 0, tierMin: 1 });
        await issuing.fund(anna, 5n);
        await expectRefusal(issuing.pay(anna, bert, 1n), 'TIER_TOO_LOW', { holderId: 'bert', tier: 0, tierMin: 1 });
        await issuing.pay(anna, issuing.issuer, 1n);
        await scenario.verify('bert', 2);
        await issuing.pay(anna, bert, 1n, 2n);
        await expect(supply()).resolves.toMatchObject({ issued: 5n, wallets: 3n, pending: 2n });
    });

    it('counts a verification to its last second: after it, a holder can pay and receives no more [V50 V80]', async () => {
        await issuing.fund(anna, 5n);
        scenario.ledger.time += 100n;
        await scenario.verify('bert', 1);
        await issuing.pay(anna, bert, 1n);
        scenario.ledger.time += yearSeconds - 1n;
        await issuing.pay(anna, bert, 1n, 2n);
        scenario.ledger.time += 1n;
        await expectRefusal(issuing.pay(anna, bert, 1n, 3n), 'TIER_TOO_LOW', { holderId: 'bert', tier: 0, tierMin: 1 });
        await issuing.pay(anna, issuing.issuer, 1n, 3n);
    });
});

describe('an asset that is not transferable', () => {
    it('moves only from and to its issuer', async () => {
        await issuing.launch({ isTransferable: false });
        await issuing.fund(anna, 5n);
        await issuing.fund(issuing.issuer, 5n);
        await expectRefusal(issuing.pay(anna, bert, 1n), 'ASSET_NOT_TRANSFERABLE', { issuer: 'solarfarm' });
        await issuing.pay(anna, issuing.issuer, 1n);
        await issuing.pay(issuing.issuer, bert, 1n);
    });
});

it('all private assets ever applied for are listed, in order of their codes', async () => {
    await issuing.launch();
    await (await Issuing.by(scenario, 'windpark', 'WIND')).register();
    expect((await assets()).map(({ code, state }) => [code, state])).toEqual([
        ['SOLAR', 'active'],
        ['WIND', 'applied'],
    ]);
});
