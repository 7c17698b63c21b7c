// SPDX-License-Identifier: Apache-2.0
import { powerCredit, type RequestId, type WalletId } from '@power-currency/domain';
import { expectBalancedBooks } from '../testing/balancedBooks.js';
import { Scenario } from '../testing/index.js';
import { Redeeming } from '../testing/redeeming.js';
import { expectRefusal } from '../testing/refusals.js';

const day = '2026-11-19';
const million = 1_000_000n;
const disputeSeconds = 604_800n;
let scenario: Scenario;
let redeeming: Redeeming;
const [anna, bert] = ['anna', 'bert'] as WalletId[] as [WalletId, WalletId];

beforeEach(async () => {
    scenario = await Scenario.founded();
    await scenario.openWallet(anna);
    await scenario.openWallet(bert);
    await scenario.attestDay(day, 338_385_500_000n);
    await scenario.fund(day, 20n * million, anna);
    redeeming = await Redeeming.between(scenario, anna);
});
afterEach(async () => {
    await expectBalancedBooks(scenario, powerCredit);
    scenario.close();
});

const reader = () => scenario.person('RegulatorMSP');
const supply = async () => scenario.ledger.evaluate(reader(), 'Asset:DescribeSupply', { asset: powerCredit });
const balance = async () =>
    scenario.ledger.evaluate(reader(), 'Wallet:BalanceOf', { walletId: anna, asset: powerCredit });

describe('a delivery', () => {
    it('is claimed with evidence and burns nothing by itself', async () => {
        const { state, delivery } = await redeeming.claimed('heat', million);
        expect(state).toBe('claimed');
        const claimedAt = scenario.ledger.time;
        expect(delivery).toMatchObject({ claimedAt, disputableUntil: claimedAt + disputeSeconds });
        await expect(supply()).resolves.toMatchObject({ vouchers: million, redeemed: 0n });
    });

    it('that the holder accepts burns the credits, for the cause of the redemption', async () => {
        await redeeming.claimed('heat', million);
        await expect(redeeming.accept('heat')).resolves.toMatchObject({ state: 'settled' });
        await expect(supply()).resolves.toMatchObject({ vouchers: 0n, redeemed: million, wallets: 19n * million });
        const query = { asset: powerCredit, pageSize: 10, bookmark: '' };
        const { rows } = await scenario.ledger.evaluate(reader(), 'Asset:ListSupplyChanges', query);
        expect(rows).toContainEqual(
            expect.objectContaining({
                ...{ direction: 'redeemed', amount: million, cause: { kind: 'redemption', redemptionId: 'heat' } },
            }),
        );
    });

    it('is claimed once, by its provider, for a voucher that was issued [V44]', async () => {
        await redeeming.request('heat', million);
        await expectRefusal(redeeming.deliver('heat'), 'REDEMPTION_STATE_MISMATCH', { state: 'queued' });
        await redeeming.issue('heat');
        await expectRefusal(redeeming.deliver('heat', { wallet: anna }), 'CREDENTIAL_MISSING');
        await scenario.submit(scenario.person('AuthorityMSP', 'admin'), 'Registry:GrantCredential', {
            ...{ holderId: 'bert' as never, kind: 'provider', evidence: new Uint8Array(32) },
            expiresAt: (scenario.ledger.time + 100n) as never,
        });
        await expectRefusal(redeeming.deliver('heat', { wallet: bert }), 'REDEMPTION_NOT_YOURS');
        await expectRefusal(redeeming.deliver('heat', { nonce: 1n as never }), 'NONCE_MISMATCH');
        await redeeming.deliver('heat');
        await expectRefusal(redeeming.deliver('heat'), 'REDEMPTION_STATE_MISMATCH', { state: 'claimed' });
    });

    it('is accepted by the holder alone, once, and burnt once [V44 V85]', async () => {
        await redeeming.claimed('heat', million);
        await expectRefusal(redeeming.accept('heat', { wallet: redeeming.provider }), 'REDEMPTION_NOT_YOURS');
        await expectRefusal(redeeming.accept('heat', { nonce: 3n as never }), 'NONCE_MISMATCH', { expected: '0' });
        const requestId = 'once' as RequestId;
        const first = await redeeming.accept('heat', { requestId });
        await expect(redeeming.accept('heat', { requestId })).resolves.toEqual(first);
        await expectRefusal(redeeming.accept('heat'), 'REDEMPTION_STATE_MISMATCH', { state: 'settled' });
        scenario.ledger.time += disputeSeconds;
        await expectRefusal(redeeming.settle('heat'), 'REDEMPTION_STATE_MISMATCH', { state: 'settled' });
        await expect(supply()).resolves.toMatchObject({ redeemed: million });
    });

    it('that nobody disputed in time can be settled by any member, to the second [V80]', async () => {
        await redeeming.claimed('heat', million);
        scenario.ledger.time += disputeSeconds - 1n;
        await expectRefusal(redeeming.settle('heat'), 'DISPUTE_STILL_OPEN');
        scenario.ledger.time += 1n;
        await expectRefusal(redeeming.dispute('heat'), 'DISPUTE_TOO_LATE');
        await redeeming.settle('heat');
        await expect(supply()).resolves.toMatchObject({ vouchers: 0n, redeemed: million });
    });

    it('does not expire while the holder thinks about it', async () => {
        await redeeming.claimed('heat', million);
        scenario.ledger.time += 2_592_000n;
        await expectRefusal(redeeming.expire('heat'), 'REDEMPTION_STATE_MISMATCH', { state: 'claimed' });
    });
});

describe('a dispute', () => {
    beforeEach(async () => {
        await redeeming.claimed('heat', million);
    });

    it('is the holder’s, up to the last second of the window', async () => {
        scenario.ledger.time += disputeSeconds - 1n;
        await expectRefusal(redeeming.dispute('heat', { wallet: bert }), 'REDEMPTION_NOT_YOURS');
        await expectRefusal(redeeming.dispute('heat', { nonce: 1n as never }), 'NONCE_MISMATCH');
        await expect(redeeming.dispute('heat')).resolves.toMatchObject({
            ...{ state: 'disputed', dispute: { reason: 'not-delivered', disputedAt: scenario.ledger.time } },
        });
        await expectRefusal(redeeming.dispute('heat'), 'REDEMPTION_STATE_MISMATCH');
        scenario.ledger.time += disputeSeconds;
        await expectRefusal(redeeming.settle('heat'), 'REDEMPTION_STATE_MISMATCH', { state: 'disputed' });
    });

    it('is about a delivery and nothing else', async () => {
        await redeeming.request('light', million);
        await redeeming.issue('light');
        await expectRefusal(redeeming.dispute('light'), 'REDEMPTION_STATE_MISMATCH', { state: 'issued' });
        await expectRefusal(redeeming.resolve('light', 'holder'), 'REDEMPTION_STATE_MISMATCH');
        await expectRefusal(redeeming.dispute('nothing'), 'REDEMPTION_NOT_FOUND');
    });

    it('is decided for the holder, who has the credits back', async () => {
        await redeeming.dispute('heat');
        await expect(redeeming.resolve('heat', 'holder')).resolves.toMatchObject({
            ...{ state: 'returned', resolution: { by: 'centralbank', note: 'meter read' } },
        });
        await expect(balance()).resolves.toMatchObject({ available: 19n * million, pending: million });
        await expect(supply()).resolves.toMatchObject({ vouchers: 0n, redeemed: 0n });
        await expectRefusal(redeeming.resolve('heat', 'provider'), 'REDEMPTION_STATE_MISMATCH', { state: 'returned' });
    });

    it('is decided for the provider, and the credits are burnt', async () => {
        await redeeming.dispute('heat');
        await expect(redeeming.resolve('heat', 'provider')).resolves.toMatchObject({ state: 'settled' });
        await expect(supply()).resolves.toMatchObject({ vouchers: 0n, redeemed: million });
        await expect(balance()).resolves.toMatchObject({ pending: 0n });
    });

    it.each([
        ['holder', 'CooperativeMSP', 'cooperative'],
        ['provider', 'AuthorityMSP', 'authority'],
    ])('is not decided by the member that keeps the wallet of the %s [V46]', async (_name, mspId, participantId) => {
        await redeeming.dispute('heat');
        await expectRefusal(redeeming.resolve('heat', 'holder', mspId), 'DISPUTE_NOT_NEUTRAL', { participantId });
    });

    it('ends when the holder accepts the delivery after all', async () => {
        await redeeming.dispute('heat');
        await redeeming.accept('heat');
        await expectRefusal(redeeming.resolve('heat', 'holder'), 'REDEMPTION_STATE_MISMATCH', { state: 'settled' });
        await expect(supply()).resolves.toMatchObject({ redeemed: million });
    });
});
