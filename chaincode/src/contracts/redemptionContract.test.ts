// SPDX-License-Identifier: Apache-2.0
import {
    type CreditId,
    type ParameterName,
    powerCredit,
    type RedemptionId,
    type RequestId,
    type WalletId,
} from '@power-currency/domain';
import { expectBalancedBooks } from '../testing/balancedBooks.js';
import { Scenario } from '../testing/index.js';
import { Redeeming } from '../testing/redeeming.js';
import { expectRefusal } from '../testing/refusals.js';

const day = '2026-11-19';
const million = 1_000_000n;
let scenario: Scenario;
let redeeming: Redeeming;
const [anna, bert] = ['anna', 'bert'] as WalletId[] as [WalletId, WalletId];

beforeEach(async () => {
    scenario = await Scenario.founded();
    await scenario.openWallet(anna);
    await scenario.openWallet(bert);
    await scenario.attestDay(day, 338_385_500_000n);
    await scenario.fund(day, 20_000n * million, anna);
    redeeming = await Redeeming.between(scenario, anna);
});
afterEach(async () => {
    // Money is conserved whatever was tried.
    await expectBalancedBooks(scenario, powerCredit);
    scenario.close();
});

const reader = () => scenario.person('RegulatorMSP');
const supply = async () => scenario.ledger.evaluate(reader(), 'Asset:DescribeSupply', { asset: powerCredit });
const balance = async () =>
    scenario.ledger.evaluate(reader(), 'Wallet:BalanceOf', { walletId: anna, asset: powerCredit });
const describeOf = async (name: string) =>
    scenario.ledger.evaluate(reader(), 'Redemption:Describe', { redemptionId: name as RedemptionId });
const queue = async (pageSize = 10, bookmark = '') =>
    scenario.ledger.evaluate(reader(), 'Redemption:ListQueue', { pageSize, bookmark });
const waiting = async () => (await queue()).rows.map(({ redemptionId }) => redemptionId);
const energy = { service: 'energy' } as const;
const rule = async (name: ParameterName, value: string) =>
    scenario.mandate(`set-${name.toLowerCase()}`, { kind: 'parameter', name, value });

describe('a request', () => {
    it('moves the credits into a voucher that waits, priced at the target price of now', async () => {
        const { state, quote, queuedAt, expiresAt } = await redeeming.request('heat', 10n * million, energy);
        expect(state).toBe('queued');
        // 10 credits at 1.50 euros are 15 euros, and at 90 euros a MWh 166,666.67 Wh.
        expect(quote).toEqual({
            targetPrice: 1_500_000n,
            energyPrice: 90_000_000n,
            value: 15_000_000n,
            energyWh: 166_666n,
        });
        expect(queuedAt).toBe(scenario.ledger.time);
        expect(expiresAt).toBe(scenario.ledger.time + 2_592_000n);
        await expect(balance()).resolves.toMatchObject({ available: 19_990n * million });
        await expect(supply()).resolves.toMatchObject({ vouchers: 10n * million, redeemed: 0n });
        await expect(waiting()).resolves.toEqual(['heat']);
    });

    it('is worth what it was quoted when prices change before the delivery', async () => {
        const { quote } = await redeeming.claimed('heat', million);
        await rule('targetPrice', '0.100000');
        await rule('energyPrice', '900.000000');
        await expect(redeeming.accept('heat')).resolves.toMatchObject({ state: 'settled', quote });
        const asked = { amount: million as never, service: 'energy' } as const;
        await expect(scenario.ledger.evaluate(reader(), 'Redemption:Quote', asked)).resolves.toMatchObject({
            ...{ value: 100_000n, energyWh: 111n },
        });
    });

    it.each<[string, object]>([
        ['euros', { valueMin: 1_500_001n }],
        ['Wh', { energyWhMin: 16_667n }],
    ])('is refused where prices give fewer %s than its holder signed for', async (_name, change) => {
        const asked = { ...energy, ...change };
        await expectRefusal(redeeming.request('heat', million, asked), 'REDEMPTION_QUOTE_TOO_LOW', {
            ...{ value: '1500000', energyWh: '16666' },
        });
        const least = { valueMin: 1_500_000n as never, energyWhMin: 16_666n as never };
        await redeeming.request('exact', million, { ...energy, ...least });
    });

    it('takes pending credits in on its way', async () => {
        const { creditId } = await scenario.mint(day, 5n * million, anna);
        await redeeming.request('all', 10_000n * million, {}, [creditId]);
        await expect(balance()).resolves.toMatchObject({ available: 10_005n * million, pending: 0n });
    });

    it('is answered again when it is repeated, and moves nothing a second time [V85]', async () => {
        const requestId = 'once' as RequestId;
        const first = await redeeming.request('heat', million, { requestId });
        await expect(redeeming.request('heat', million, { requestId, nonce: 1n as never })).resolves.toEqual(first);
        await expectRefusal(redeeming.request('heat', 2n, { requestId, nonce: 1n as never }), 'REQUEST_CONFLICT');
        await expect(supply()).resolves.toMatchObject({ vouchers: million });
    });

    it.each<[string, () => Promise<unknown>, Parameters<typeof expectRefusal>[1]]>([
        ['an id used before, whatever became of it', () => redeeming.request('old', 9n), 'REDEMPTION_EXISTS'],
        ['the holder itself', () => redeeming.request('x', 9n, { provider: anna }), 'TRANSFER_TO_SELF'],
        ['nobody', () => redeeming.request('x', 9n, { provider: 'nobody' as WalletId }), 'WALLET_NOT_FOUND'],
        ['one who is no provider', () => redeeming.request('x', 9n, { provider: bert }), 'CREDENTIAL_MISSING'],
        ['less than a Wh', () => redeeming.request('x', 59n, energy), 'REDEMPTION_TOO_SMALL'],
        ['a nonce out of turn', () => redeeming.request('x', 60n, { nonce: 1n as never }), 'NONCE_MISMATCH'],
    ])('is refused for %s [V30 V51]', async (_name, refused, code) => {
        await redeeming.request('old', 60n);
        await redeeming.cancel('old');
        await expectRefusal(refused(), code);
    });

    it('is refused for more than the holder has', async () => {
        const poor = new Redeeming(scenario, bert, redeeming.provider);
        await expectRefusal(poor.request('heat', 60n), 'INSUFFICIENT_FUNDS', { available: '0' });
    });
});

describe("the holder's daily limit", () => {
    const limit = 10_000n * million;

    it('is for all wallets of the holder, to the last unit, and counts what was cancelled', async () => {
        const other = new Redeeming(scenario, await scenario.openWallet('anna.savings'), redeeming.provider);
        await scenario.fund(day, million, other.holder);
        await redeeming.request('most', limit - 100n);
        await redeeming.cancel('most');
        await expectRefusal(other.request('more', 101n), 'REDEMPTION_HOLDER_LIMIT', {
            ...{ holderId: 'anna', available: '100', amount: '101' },
        });
        await other.request('rest', 100n);
        await expectRefusal(redeeming.request('over', 60n), 'REDEMPTION_HOLDER_LIMIT', { available: '0' });
    });

    it('is one of the ledger day, and another holder’s is another', async () => {
        await redeeming.request('all', limit);
        const other = new Redeeming(scenario, bert, redeeming.provider);
        await scenario.fund(day, million, bert);
        await other.request('of-bert', million);
        // 2027-01-15T08:00:00Z: the last second of the day, and the first of the next.
        scenario.ledger.time += 57_599n;
        await expectRefusal(redeeming.request('late', 60n), 'REDEMPTION_HOLDER_LIMIT', { day: '2027-01-15' });
        scenario.ledger.time += 1n;
        await redeeming.request('next', limit);
    });
});

describe('the daily limit of all', () => {
    beforeEach(async () => {
        await rule('redemptionHolderDailyMax', '1000000000');
        await rule('redemptionSystemDailyMax', '1000000000');
        for (const name of ['first', 'second', 'third']) await redeeming.request(name, 300n * million);
    });

    it('makes the others wait for the next day, in the order in which they asked', async () => {
        const other = new Redeeming(scenario, bert, redeeming.provider);
        await scenario.fund(day, 200n * million, bert);
        scenario.ledger.time += 1n;
        await other.request('a-fourth', 100n * million + 1n);
        await expect(waiting()).resolves.toEqual(['first', 'second', 'third', 'a-fourth']);
        for (const name of ['first', 'second', 'third']) await redeeming.issue(name);
        await expectRefusal(redeeming.issue('a-fourth'), 'REDEMPTION_SYSTEM_LIMIT', { available: '100000000' });
        await expect(waiting()).resolves.toEqual(['a-fourth']);
        scenario.ledger.time += 86_400n;
        await expect(redeeming.issue('a-fourth')).resolves.toMatchObject({ state: 'issued' });
        await expect(waiting()).resolves.toEqual([]);
    });

    it('can be used up to the last unit', async () => {
        const other = new Redeeming(scenario, bert, redeeming.provider);
        await scenario.fund(day, 200n * million, bert);
        await other.request('exact', 100n * million);
        for (const name of ['first', 'second', 'third']) await redeeming.issue(name);
        await expect(redeeming.issue('exact')).resolves.toMatchObject({ state: 'issued' });
    });

    it('shows the queue page by page', async () => {
        const { rows, bookmark } = await queue(2);
        expect(rows.map(({ redemptionId }) => redemptionId)).toEqual(['first', 'second']);
        expect((await queue(2, bookmark)).rows).toMatchObject([
            { redemptionId: 'third', provider: redeeming.provider, amount: 300n * million },
        ]);
        await expectRefusal(queue(2, 'redemption~PC~first'), 'INVALID_ARGUMENT', { field: 'bookmark' });
    });
});

describe('a voucher', () => {
    beforeEach(async () => {
        await redeeming.request('heat', million);
    });

    it('is issued by its provider and lives from then on', async () => {
        scenario.ledger.time += 10n;
        const { voucher, expiresAt } = await redeeming.issue('heat');
        expect(voucher).toEqual({ voucherId: 'v-heat', issuedAt: scenario.ledger.time });
        expect(expiresAt).toBe(scenario.ledger.time + 2_592_000n);
    });

    it('is issued by nobody else, nor by one who lost the credential [V44 V50]', async () => {
        await scenario.submit(scenario.person('AuthorityMSP', 'admin'), 'Registry:GrantCredential', {
            ...{ holderId: 'bert' as never, kind: 'provider', evidence: new Uint8Array(32) },
            expiresAt: (scenario.ledger.time + 100n) as never,
        });
        await expectRefusal(redeeming.issue('heat', { wallet: bert }), 'REDEMPTION_NOT_YOURS', { walletId: 'bert' });
        await expectRefusal(redeeming.issue('heat', { wallet: anna }), 'CREDENTIAL_MISSING');
        await redeeming.issue('heat');
        await scenario.submit(scenario.person('AuthorityMSP', 'admin'), 'Registry:RevokeCredential', {
            ...{ holderId: 'utility' as never, kind: 'provider', reason: 'licence withdrawn' },
        });
        await expectRefusal(redeeming.deliver('heat'), 'CREDENTIAL_REVOKED');
        await expectRefusal(redeeming.request('more', million), 'CREDENTIAL_REVOKED');
    });

    it('is issued once, under a number of its own [V30]', async () => {
        await redeeming.issue('heat');
        await expectRefusal(redeeming.issue('heat'), 'REDEMPTION_STATE_MISMATCH', { state: 'issued' });
        await redeeming.request('light', million);
        await expectRefusal(redeeming.issue('light', { voucherId: 'v-heat' as never }), 'VOUCHER_EXISTS');
        await expectRefusal(redeeming.issue('nothing'), 'REDEMPTION_NOT_FOUND');
        await expectRefusal(redeeming.issue('light', { nonce: 1n as never }), 'NONCE_MISMATCH', { expected: '0' });
    });

    it('is neither issued nor used once it has expired; then its credits return [V80]', async () => {
        await redeeming.request('slow', million);
        scenario.ledger.time += 2_591_999n;
        await redeeming.issue('heat');
        await expectRefusal(redeeming.expire('slow'), 'REDEMPTION_NOT_EXPIRED');
        scenario.ledger.time += 1n;
        await expectRefusal(redeeming.issue('slow'), 'REDEMPTION_EXPIRED');
        await expect(redeeming.expire('slow')).resolves.toMatchObject({ state: 'expired' });
        await expectRefusal(redeeming.expire('heat'), 'REDEMPTION_NOT_EXPIRED');
        scenario.ledger.time += 2_591_999n;
        await expectRefusal(redeeming.deliver('heat'), 'REDEMPTION_EXPIRED');
        await redeeming.expire('heat');
        await expect(balance()).resolves.toMatchObject({ available: 19_998n * million, pending: 2n * million });
        await expect(waiting()).resolves.toEqual([]);
        await expectRefusal(redeeming.expire('heat'), 'REDEMPTION_STATE_MISMATCH', { state: 'expired' });
    });
});

describe('a request that waits', () => {
    it('is cancelled by its holder, who has the credits back as a pending credit', async () => {
        await redeeming.request('heat', million);
        await expectRefusal(redeeming.cancel('heat', { wallet: bert }), 'REDEMPTION_NOT_YOURS');
        await expectRefusal(redeeming.cancel('heat', { nonce: 2n as never }), 'NONCE_MISMATCH', { expected: '0' });
        await redeeming.cancel('heat');
        await expect(waiting()).resolves.toEqual([]);
        const query = { walletId: anna, asset: powerCredit, pageSize: 10, bookmark: '' };
        const { rows } = await scenario.ledger.evaluate(reader(), 'Wallet:ListPending', query);
        expect(rows).toMatchObject([{ credit: { amount: million, origin: 'redemption', from: 'anna' } }]);
        const creditIds = rows.map(({ creditId }): CreditId => creditId);
        await scenario.submit(scenario.person('CooperativeMSP'), 'Wallet:Fold', {
            ...{ walletId: anna, asset: powerCredit, creditIds },
        });
        await expect(balance()).resolves.toMatchObject({ available: 20_000n * million });
        await expectRefusal(redeeming.issue('heat'), 'REDEMPTION_STATE_MISMATCH', { state: 'cancelled' });
    });

    it('is not cancelled any more once it has a voucher', async () => {
        await redeeming.request('heat', million);
        await redeeming.issue('heat');
        await expectRefusal(redeeming.cancel('heat'), 'REDEMPTION_STATE_MISMATCH', { state: 'issued' });
    });
});

it('all redemptions stay on the ledger, whatever became of them', async () => {
    await redeeming.request('a', million);
    await redeeming.request('b', million);
    await redeeming.cancel('a');
    const page = await scenario.ledger.evaluate(reader(), 'Redemption:List', { pageSize: 10, bookmark: '' });
    expect(page.rows.map(({ redemptionId, state }) => [redemptionId, state])).toEqual([
        ['a', 'cancelled'],
        ['b', 'queued'],
    ]);
    await expectRefusal(describeOf('c'), 'REDEMPTION_NOT_FOUND');
});
