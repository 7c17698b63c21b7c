// SPDX-License-Identifier: Apache-2.0
import {
    type CommercialTransferIntent,
    encodeArguments,
    type ErrorCode,
    money,
    type ParcelId,
    type PoolShareId,
    powerCredit,
    rotateKeysIntent,
    type WalletId,
} from '@power-currency/domain';
import * as spending from '../../domain/src/commercial/spendParcels.js';
import { CommercialDesk } from '../testing/commercialDesk.js';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';
import { keysOf, newHolder } from '../testing/scenario.js';
import type { TextCall } from '../testing/simulatedTransaction.js';

const day = '2026-11-19';
let scenario: Scenario;
let desk: CommercialDesk;
let shop: WalletId;
let mill: WalletId;
let personal: WalletId;
/** Of 600, the shop's. */
let parcel: ParcelId;

beforeEach(async () => {
    scenario = await Scenario.founded();
    desk = new CommercialDesk(scenario);
    shop = await scenario.openWallet('cooperative.shop', 'CooperativeMSP', 'commercial');
    mill = await scenario.openWallet('centralbank.mill', 'CentralBankMSP', 'commercial');
    personal = await scenario.openWallet('anna', 'CooperativeMSP', 'personal');
    await scenario.attestDay(day, 338_385_500_000n);
    await desk.fund(day, 1_000n, shop);
    parcel = await desk.deposit(shop, 600n, 1n);
});
afterEach(() => {
    scenario.close();
});

const balanceOf = async (walletId: WalletId, mspId = 'RegulatorMSP') =>
    scenario.ledger.evaluate(scenario.person(mspId), 'Commercial:BalanceOf', { walletId, asset: powerCredit });
const pool = async () =>
    scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Commercial:DescribePool', { asset: powerCredit });
const supply = async () =>
    scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Asset:DescribeSupply', { asset: powerCredit });
const intent = (change: Partial<CommercialTransferIntent> = {}): CommercialTransferIntent => ({
    ...desk.transferIntent({ from: shop, amount: 200n, parcelIds: [parcel] }, mill, 'flour'),
    ...change,
});
const expectReason = async (act: Promise<unknown>, reason: ErrorCode) =>
    expectRefusal(act, 'CONFIDENTIAL_REFUSED', { reason });

describe('Deposit', () => {
    it('moves money from the pocket into a parcel, and as much into the pool', async () => {
        await expect(balanceOf(shop)).resolves.toMatchObject({ balance: 600n, parcelCount: 1 });
        await expect(pool()).resolves.toMatchObject({ pool: 600n, parcels: 600n });
        const value = { walletId: shop, asset: powerCredit };
        const pocket = await scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Wallet:BalanceOf', value);
        expect(pocket).toMatchObject({ available: 400n, nonce: 1n });
        await expect(supply()).resolves.toMatchObject({ issued: 1_000n, wallets: 1_000n });
    });

    it.each([
        ['more than the wallet has', 'INSUFFICIENT_FUNDS', () => desk.deposit(shop, 401n, 2n)],
        ['a nonce that was used', 'NONCE_MISMATCH', () => desk.deposit(shop, 1n, 1n)],
        ['a wallet of another type', 'COMMERCIAL_WALLET_REQUIRED', () => desk.deposit(personal, 1n, 1n)],
    ] as const)('refuses %s', async (_name, reason, act) => {
        await expectReason(act(), reason);
    });
});

describe('Transfer', () => {
    it('pays with a parcel and gives the rest back as one', async () => {
        const { paid, change } = await desk.transfer(intent());
        await expect(balanceOf(shop)).resolves.toMatchObject({ balance: 400n });
        await expect(balanceOf(mill)).resolves.toMatchObject({ balance: 200n });
        await expect(pool()).resolves.toMatchObject({ pool: 600n, parcels: 600n });
        const list = { walletId: mill, asset: powerCredit, pageSize: 10, bookmark: '' };
        const { rows } = await scenario.ledger.evaluate(
            scenario.person('CentralBankMSP'),
            'Commercial:ListParcels',
            list,
        );
        expect(rows).toMatchObject([{ parcelId: paid, parcel: { amount: 200n, from: shop, memo: 'flour' } }]);
        const all = intent({ amount: money(400n), parcelIds: [change] });
        await desk.transfer(all);
        await expect(balanceOf(shop)).resolves.toMatchObject({ balance: 0n, parcelCount: 0 });
    });

    it('pays oneself, to make one parcel of many', async () => {
        const other = await desk.deposit(shop, 100n, 2n);
        await desk.transfer(intent({ to: shop, amount: money(700n), parcelIds: [parcel, other] }));
        await expect(balanceOf(shop)).resolves.toMatchObject({ balance: 700n, parcelCount: 1 });
    });

    it.each([
        ['freeze-wallet', 'WALLET_FROZEN', 'cooperative.shop'],
        ['sanction', 'SANCTIONED', 'centralbank'],
    ] as const)('refuses under a %s with %s', async (kind, reason, subject) => {
        await desk.restrict(kind, subject);
        await expectReason(desk.transfer(intent()), reason);
    });

    it('endorsed before a freeze and ordered after it is invalid', async () => {
        const endorsed = await scenario.ledger.endorse(desk.transferCall(intent()));
        await desk.restrict('freeze-wallet', 'cooperative.shop');
        const [committed] = await scenario.ledger.commit([endorsed]);
        expect(committed?.code).toBe('MVCC_READ_CONFLICT');
        await expect(balanceOf(mill)).resolves.toMatchObject({ balance: 0n });
    });

    it('answers nothing, and says in public nothing but its name', async () => {
        const committed = await scenario.ledger.submitText(desk.transferCall(intent()));
        expect(committed.result).toBe('{}');
        expect(committed.envelope).toEqual({ transaction: 'Commercial:Transfer', events: [] });
    });

    it('is done once: sent again it answers as before, in other words it conflicts, elsewhere its parcels are gone [V81 V85]', async () => {
        const once = intent();
        await desk.transfer(once);
        await desk.transfer(once);
        await expect(balanceOf(mill)).resolves.toMatchObject({ balance: 200n });
        const { requestId } = once;
        await expectRefusal(desk.transfer(intent({ requestId, memo: 'other' })), 'REQUEST_CONFLICT');
        const elsewhere = { ...desk.transferCall(once), identity: scenario.person('CentralBankMSP') };
        await expectReason(scenario.ledger.submitText(elsewhere), 'PARCEL_NOT_FOUND');
    });

    it('spends a parcel once when two intents race for it [V20]', async () => {
        const endorsed = await Promise.all(
            [intent(), intent()].map((raced) => scenario.ledger.endorse(desk.transferCall(raced))),
        );
        const committed = await scenario.ledger.commit(endorsed);
        expect(committed.map(({ code }) => code)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        await expect(pool()).resolves.toMatchObject({ pool: 600n, parcels: 600n });
    });

    it('is invalid once a wallet changed, so that what a stolen key signed cannot be kept back past its rotation [V50]', async () => {
        const endorsed = await scenario.ledger.endorse(desk.transferCall(intent()));
        const rotation = {
            ...scenario.intentFields(shop, 1n),
            type: 'power/rotate-keys',
            keys: keysOf(newHolder()),
        } as const;
        const command = scenario.signed(rotateKeysIntent, rotation);
        await scenario.ledger.submit(scenario.person('CooperativeMSP'), 'WalletKeys:Rotate', command);
        const [committed] = await scenario.ledger.commit([endorsed]);
        expect(committed?.code).toBe('MVCC_READ_CONFLICT');
    });

    it.each([
        ['more than the parcels hold', 'INSUFFICIENT_FUNDS', () => intent({ amount: money(601n) })],
        ['a parcel named twice', 'PARCEL_REPEATED', () => intent({ parcelIds: [parcel, parcel] })],
        ['another wallet’s parcel', 'PARCEL_NOT_FOUND', () => ({ ...intent({ wallet: mill, to: shop }) })],
        ['a payee that is no commercial wallet', 'COMMERCIAL_WALLET_REQUIRED', () => intent({ to: personal })],
        ['a payer that is no commercial wallet', 'COMMERCIAL_WALLET_REQUIRED', () => intent({ wallet: personal })],
        ['a payee nobody knows', 'WALLET_NOT_FOUND', () => intent({ to: 'nobody' as WalletId })],
        ['an asset with rules of its issuer’s', 'COMMERCIAL_ASSET_REQUIRED', () => intent({ asset: 'XX' as never })],
        ['a nonce', 'NONCE_MISMATCH', () => intent({ nonce: 1n as never })],
        ['another channel', 'INTENT_CHANNEL_MISMATCH', () => intent({ channel: 'other' })],
        ['an intent that expired', 'INTENT_EXPIRED', () => intent({ expiresAt: scenario.ledger.time as never })],
    ] as const)('refuses %s', async (_name, reason, made) => {
        await expectReason(desk.transfer(made()), reason);
    });

    it('is refused where parcels would be worth more than the pool that backs them', async () => {
        const spend = jest.spyOn(spending, 'spendParcels').mockReturnValue(money(401n));
        await expectReason(desk.transfer(intent()), 'CONSERVATION_VIOLATED');
        spend.mockRestore();
        await desk.transfer(intent());
        await expect(pool()).resolves.toMatchObject({ pool: 600n, parcels: 600n });
    });

    it('refuses one salt for payment and change', async () => {
        const { salt } = intent();
        await expectReason(desk.transfer(intent({ salt, changeSalt: salt })), 'SALT_REPEATED');
    });

    it('refuses an intent that was changed after it was signed [V51 V83]', async () => {
        const signed = desk.transferCall(intent());
        const argument = signed.argument.replace('"memo":"flour"', '"memo":"water"');
        await expectReason(scenario.ledger.submitText({ ...signed, argument }), 'INTENT_SIGNATURE_INVALID');
    });

    it('refuses an argument that would be in the block [V90]', async () => {
        for (const transient of [{}, { argument: desk.transferCall(intent()).argument }]) {
            const call = { ...desk.transferCall(intent()), sentAs: { argument: '{"amount":"200"}', transient } };
            await expectRefusal(scenario.ledger.submitText(call), 'CONFIDENTIAL_ARGUMENT_MISPLACED');
        }
    });
});

describe('Withdraw', () => {
    const withdraw = async (amount: bigint, shareIds?: readonly PoolShareId[]) =>
        desk.withdraw(
            desk.withdrawIntent({ from: shop, amount, parcelIds: [parcel] }),
            shareIds ?? (await desk.shareIds()),
        );

    it('brings money back to the wallet as a pending credit, and takes as much from the pool', async () => {
        await withdraw(250n);
        await expect(balanceOf(shop)).resolves.toMatchObject({ balance: 350n });
        await expect(pool()).resolves.toMatchObject({ pool: 350n, parcels: 350n });
        await expect(supply()).resolves.toMatchObject({ wallets: 750n, pending: 250n });
        await desk.withdraw(
            desk.withdrawIntent({ from: shop, amount: 350n, parcelIds: await parcelsOf(shop) }),
            await desk.shareIds(),
        );
        await expect(pool()).resolves.toMatchObject({ pool: 0n, parcels: 0n, shareCount: 0, parcelCount: 0 });
    });

    it('draws on shares that other wallets’ deposits made', async () => {
        const { paid } = await desk.transfer(intent());
        await desk.withdraw(
            desk.withdrawIntent({ from: mill, amount: 200n, parcelIds: [paid] }),
            await desk.shareIds(),
        );
        await expect(pool()).resolves.toMatchObject({ pool: 400n, parcels: 400n });
    });

    it.each([
        ['more than the parcels hold', 'INSUFFICIENT_FUNDS', () => withdraw(601n)],
        [
            'shares that hold too little',
            'POOL_SHARES_INSUFFICIENT',
            async () => {
                const small = await desk.deposit(shop, 10n, 2n);
                return withdraw(11n, [small.slice(0, 64) as PoolShareId]);
            },
        ],
        ['a share that is not there', 'POOL_SHARE_NOT_FOUND', () => withdraw(1n, ['0'.repeat(64) as PoolShareId])],
        [
            'a share named twice',
            'POOL_SHARE_REPEATED',
            async () => {
                const [shareId] = await desk.shareIds();
                return withdraw(1n, [shareId!, shareId!]);
            },
        ],
    ] as const)('refuses %s', async (_name, reason, act) => {
        await expectReason(act(), reason);
    });
});

describe('the collection', () => {
    it('is closed to organisations that are no members, as submitters and as readers', async () => {
        const call: TextCall = { ...desk.transferCall(intent()), identity: scenario.person('AuthorityMSP') };
        await expectRefusal(scenario.ledger.endorse(call), 'COLLECTION_CALLER_NOT_MEMBER', { mspId: 'AuthorityMSP' });
        const asked = {
            identity: scenario.person('AuthorityMSP'),
            transaction: 'Commercial:BalanceOf',
            argument: encodeArguments('Commercial:BalanceOf', { walletId: shop, asset: powerCredit }),
        };
        const atMember = scenario.ledger.evaluateText({ ...asked, endorsers: ['CentralBankMSP'] });
        await expectRefusal(atMember, 'COLLECTION_CALLER_NOT_MEMBER', { mspId: 'AuthorityMSP' });
    });

    it('is read at members’ peers alone: another has no clear text [V91]', async () => {
        const asked = {
            identity: scenario.person('RegulatorMSP'),
            transaction: 'Commercial:BalanceOf',
            argument: encodeArguments('Commercial:BalanceOf', { walletId: shop, asset: powerCredit }),
        };
        const refused = scenario.ledger.evaluateText({ ...asked, endorsers: ['AuthorityMSP'] });
        await expectRefusal(refused, 'COLLECTION_PEER_NOT_MEMBER', { mspId: 'AuthorityMSP' });
        for (const mspId of ['CentralBankMSP', 'CooperativeMSP', 'RegulatorMSP']) {
            const text = await scenario.ledger.evaluateText({ ...asked, endorsers: [mspId] });
            expect(JSON.parse(text)).toMatchObject({ balance: '600' });
        }
    });

    it('is written by the endorsement of all its endorsers, and of nobody else [V48 V91]', async () => {
        const call = desk.transferCall(intent());
        for (const outsider of ['AuthorityMSP', 'RegulatorMSP']) {
            const endorsed = scenario.ledger.endorse({ ...call, endorsers: [outsider] });
            await expectRefusal(endorsed, 'COLLECTION_PEER_NOT_MEMBER', { mspId: outsider });
        }
        const alone = await scenario.ledger.endorse({ ...call, endorsers: ['CentralBankMSP'] });
        const [committed] = await scenario.ledger.commit([{ ...alone, endorsers: ['CentralBankMSP', 'AuthorityMSP'] }]);
        expect(committed?.code).toBe('ENDORSEMENT_POLICY_FAILURE');
    });
});

async function parcelsOf(walletId: WalletId): Promise<readonly ParcelId[]> {
    const list = { walletId, asset: powerCredit, pageSize: 100, bookmark: '' };
    const { rows } = await scenario.ledger.evaluate(scenario.person('CooperativeMSP'), 'Commercial:ListParcels', list);
    return rows.map(({ parcelId }) => parcelId);
}
