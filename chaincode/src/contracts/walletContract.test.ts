// SPDX-License-Identifier: Apache-2.0
import type {
    AssetCode,
    CreditId,
    ManyTransferIntent,
    RequestId,
    TransferIntent,
    WalletId,
} from '@power-currency/domain';
import { encodeArguments, manyTransferIntent, money, powerCredit } from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';
import { keysOf, newHolder } from '../testing/scenario.js';

const day = '2026-11-19';
let scenario: Scenario;
let [anna, bert]: WalletId[] = [];

beforeEach(async () => {
    scenario = await Scenario.founded();
    anna = await scenario.openWallet('anna', 'CooperativeMSP');
    bert = await scenario.openWallet('bert', 'AuthorityMSP');
    await scenario.attestDay(day, 338_385_500_000n);
    await scenario.fund(day, 1_000n, anna);
});
afterEach(() => {
    scenario.close();
});

const reader = () => scenario.person('RegulatorMSP');
const balanceOf = async (walletId: WalletId) =>
    scenario.ledger.evaluate(reader(), 'Wallet:BalanceOf', { walletId, asset: powerCredit });
const intentOf = (change: Partial<TransferIntent> = {}): TransferIntent => ({
    ...scenario.intent({ from: anna!, to: bert!, amount: 300n, nonce: 1n }),
    ...change,
});
const pay = async (change: Partial<TransferIntent> = {}, folds: readonly CreditId[] = []) =>
    scenario.ledger.submit(
        scenario.person('AuthorityMSP'),
        'Wallet:Transfer',
        scenario.signedIntent(intentOf(change), folds),
    );

describe('Open', () => {
    it('keeps the key and the custodian', async () => {
        const wallet = await scenario.ledger.evaluate(reader(), 'Wallet:Describe', { walletId: anna! });
        expect(wallet).toMatchObject({ walletId: 'anna', custodian: 'cooperative' });
    });

    it('refuses an id that is taken [V30]', async () => {
        await expectRefusal(scenario.openWallet('anna'), 'WALLET_EXISTS');
    });

    it('refuses a key of small order', async () => {
        const keys = { ...keysOf(newHolder()), publicKeys: [new Uint8Array(32)] };
        const value = { walletId: 'carl' as WalletId, type: 'personal' as const, keys };
        await expectRefusal(
            scenario.submit(scenario.person('CooperativeMSP'), 'Wallet:Open', value),
            'KEY_SMALL_ORDER',
        );
    });
});

describe('Transfer', () => {
    it('moves money from the balance to a pending credit of the payee', async () => {
        const receipt = await pay();
        expect(receipt).toMatchObject({ amount: 300n, available: 700n, nonce: 1n });
        await expect(balanceOf(anna!)).resolves.toMatchObject({ available: 700n, pending: 0n, nonce: 1n });
        await expect(balanceOf(bert!)).resolves.toMatchObject({ available: 0n, pending: 300n, pendingCount: 1 });
        const page = await scenario.ledger.evaluate(reader(), 'Wallet:ListPending', {
            ...{ walletId: bert!, asset: powerCredit, pageSize: 10, bookmark: '' },
        });
        expect(page.rows).toEqual([
            { creditId: receipt.creditId, credit: { amount: 300n, origin: 'transfer', from: 'anna' } },
        ]);
    });

    it("folds the payer's named credits on the way", async () => {
        const { creditId } = await pay();
        const back = scenario.intent({ from: bert!, to: anna!, amount: 250n, nonce: 1n });
        const receipt = await scenario.ledger.submit(
            scenario.person('AuthorityMSP'),
            'Wallet:Transfer',
            scenario.signedIntent(back, [creditId]),
        );
        expect(receipt.available).toBe(50n);
    });

    it('spends the whole balance and not one unit more', async () => {
        await expectRefusal(pay({ amount: 1_001n as never }), 'INSUFFICIENT_FUNDS', {
            available: '1000',
            amount: '1001',
        });
        await expect(pay({ amount: 1_000n as never })).resolves.toMatchObject({ available: 0n });
    });

    it('returns the first receipt for the same intent, also when folding differs and from another member', async () => {
        const signed = scenario.signedIntent(intentOf({ requestId: 'rent' as RequestId }));
        const first = await scenario.ledger.submit(scenario.person('AuthorityMSP'), 'Wallet:Transfer', signed);
        const again = { ...signed, foldIds: ['0'.repeat(64) as CreditId] };
        await expect(
            scenario.ledger.submit(scenario.person('CentralBankMSP'), 'Wallet:Transfer', again),
        ).resolves.toEqual(first);
        await expect(balanceOf(anna!)).resolves.toMatchObject({ available: 700n });
    });

    it('refuses another intent under the same request id [V85]', async () => {
        const requestId = 'rent' as RequestId;
        await pay({ requestId });
        await expectRefusal(pay({ requestId, amount: 1n as never, nonce: 2n as never }), 'REQUEST_CONFLICT');
    });

    // In the documented order: each case also breaks every rule after its own, so that only its own guard answers.
    describe('refuses, in order of precedence,', () => {
        const broken: readonly [string, Partial<TransferIntent>, Parameters<typeof expectRefusal>[1]][] = [
            ['an intent for another network', { network: 'elsewhere' }, 'INTENT_NETWORK_MISMATCH'],
            ['an intent for another channel', { channel: 'elsewhere' }, 'INTENT_CHANNEL_MISMATCH'],
            ['an expired intent', { expiresAt: 1_800_000_000n as never }, 'INTENT_EXPIRED'],
            ['an intent valid too long', { expiresAt: 1_800_086_401n as never }, 'INTENT_EXPIRY_TOO_FAR'],
            ['a payment to oneself', { to: 'anna' as WalletId }, 'TRANSFER_TO_SELF'],
            ['a payment to nobody', { to: 'nobody' as WalletId }, 'WALLET_NOT_FOUND'],
            ['an asset nobody knows', { asset: 'XYZ' as AssetCode }, 'ASSET_NOT_FOUND'],
            ['a nonce used before or ahead of its turn', { nonce: 2n as never }, 'NONCE_MISMATCH'],
            ['an overdraft', { amount: 1_001n as never }, 'INSUFFICIENT_FUNDS'],
        ];
        const cumulative = broken.map(([name, , code], index) => {
            const later = broken
                .slice(index)
                .reverse()
                .map(([, change]) => change);
            return [name, Object.assign({}, ...later) as Partial<TransferIntent>, code] as const;
        });

        it.each(cumulative)('%s', async (_name, change, code) => {
            await expectRefusal(pay(change), code);
        });
    });

    it('refuses a forged signature, before looking at expiry [V51 V82]', async () => {
        const signed = scenario.signedIntent(intentOf());
        const forged = { ...signed, intent: { ...signed.intent, amount: 999n as never, expiresAt: 1n as never } };
        const submitted = scenario.ledger.submit(scenario.person('AuthorityMSP'), 'Wallet:Transfer', forged);
        await expectRefusal(submitted, 'INTENT_SIGNATURE_INVALID', { walletId: 'anna' });
    });

    it("refuses the signature of somebody else's key [V44 V51]", async () => {
        scenario.holders.set(anna!, newHolder());
        await expectRefusal(pay(), 'INTENT_KEY_UNKNOWN');
    });

    it('refuses a credit named twice, and one that is not there [V26]', async () => {
        const missing = 'a'.repeat(64) as CreditId;
        await expectRefusal(pay({}, [missing, missing]), 'PENDING_CREDIT_REPEATED');
        await expectRefusal(pay({}, [missing]), 'PENDING_CREDIT_NOT_FOUND', { creditId: missing });
    });

    it('never credits a wallet twice for one pending credit [V30]', async () => {
        const { creditId } = await pay();
        const fold = { walletId: bert!, asset: powerCredit, creditIds: [creditId] };
        await scenario.submit(scenario.person('AuthorityMSP'), 'Wallet:Fold', fold);
        const again = scenario.submit(scenario.person('AuthorityMSP'), 'Wallet:Fold', fold);
        await expectRefusal(again, 'PENDING_CREDIT_NOT_FOUND');
    });
});

describe('payments of one block', () => {
    const endorse = async (signed: ReturnType<Scenario['signedIntent']>) =>
        scenario.ledger.endorse({
            identity: scenario.person('AuthorityMSP'),
            transaction: 'Wallet:Transfer',
            argument: encodeArguments('Wallet:Transfer', signed),
        });

    it('all reach one payee: incoming money is a blind insert [V21 V27]', async () => {
        const payers = ['p1', 'p2', 'p3'];
        const transfers = [];
        for (const name of payers) {
            const payer = await scenario.openWallet(name);
            await scenario.fund(day, 10n, payer);
        }
        for (const name of payers) {
            const intent = scenario.intent({ from: name as WalletId, to: bert!, amount: 10n, nonce: 1n });
            transfers.push(await endorse(scenario.signedIntent(intent)));
        }
        const committed = await scenario.ledger.commit(transfers);
        expect(committed.map(({ code }) => code)).toEqual(['VALID', 'VALID', 'VALID']);
        await expect(balanceOf(bert!)).resolves.toMatchObject({ pending: 30n, pendingCount: 3 });
    });

    it('of one payer conflict: the second is never spent from a stale balance [V21]', async () => {
        const first = await endorse(scenario.signedIntent(intentOf({ amount: 900n as never })));
        const second = await endorse(scenario.signedIntent(intentOf({ amount: 800n as never })));
        const committed = await scenario.ledger.commit([first, second]);
        expect(committed.map(({ code }) => code)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        await expect(balanceOf(anna!)).resolves.toMatchObject({ available: 100n });
    });

    it('with one request id execute once [V85]', async () => {
        const signed = scenario.signedIntent(intentOf());
        const committed = await scenario.ledger.commit([await endorse(signed), await endorse(signed)]);
        expect(committed.map(({ code }) => code)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });
});

describe('Fold', () => {
    it('takes the named credits into the balance', async () => {
        const { creditId } = await pay();
        const value = { walletId: bert!, asset: powerCredit, creditIds: [creditId] };
        const receipt = await scenario.submit(scenario.person('AuthorityMSP'), 'Wallet:Fold', value);
        expect(receipt).toEqual({ walletId: 'bert', asset: 'PC', folded: 300n, available: 300n });
    });

    it('refuses an unknown wallet', async () => {
        const value = { walletId: 'nobody' as WalletId, asset: powerCredit, creditIds: [] };
        await expectRefusal(scenario.submit(scenario.person('AuthorityMSP'), 'Wallet:Fold', value), 'WALLET_NOT_FOUND');
    });

    it('refuses anyone but the custodian', async () => {
        const value = { walletId: bert!, asset: powerCredit, creditIds: [] };
        const refused = scenario.submit(scenario.person('CooperativeMSP'), 'Wallet:Fold', value);
        await expectRefusal(refused, 'WALLET_NOT_CUSTODIAN', { custodian: 'authority' });
    });
});

describe('lists', () => {
    it('give every wallet once, page by page', async () => {
        const names: string[] = [];
        let bookmark = '';
        do {
            const page = await scenario.ledger.evaluate(reader(), 'Wallet:List', { pageSize: 1, bookmark });
            names.push(...page.rows.map(({ walletId }) => walletId));
            bookmark = page.bookmark;
        } while (bookmark !== '');
        expect(names).toEqual(['anna', 'bert']);
    });

    it('refuse a bookmark that points into another table [V44]', async () => {
        const query = { pageSize: 10, bookmark: 'a' };
        await expectRefusal(scenario.ledger.evaluate(reader(), 'Wallet:List', query), 'INVALID_ARGUMENT', {
            field: 'bookmark',
        });
    });
});

describe('TransferMany', () => {
    const payMany = async (payees: readonly (readonly [string, bigint])[], change: Partial<TransferIntent> = {}) => {
        const facts = payees.map(([to, amount]) => ({ to: to as WalletId, amount: money(amount), reference: '' }));
        const intent = {
            ...{ ...scenario.intentFields(anna!, 1n), type: 'power/transfer-many', asset: powerCredit, payees: facts },
            ...{ memo: 'salaries', travelRule: null, ...change },
        } as ManyTransferIntent;
        const signed = scenario.signed(manyTransferIntent, intent);
        return scenario.ledger.submit(scenario.person('AuthorityMSP'), 'Wallet:TransferMany', {
            ...signed,
            foldIds: [],
        });
    };

    it('pays each payee under a credit of its own, a payee named twice as well', async () => {
        await scenario.openWallet('carl');
        const payees = [
            ['bert', 100n],
            ['carl', 200n],
            ['bert', 300n],
        ] as const;
        const receipt = await payMany(payees);
        expect(receipt).toMatchObject({ total: 600n, available: 400n });
        expect(new Set(receipt.creditIds).size).toBe(3);
        await expect(balanceOf(bert!)).resolves.toMatchObject({ pending: 400n, pendingCount: 2 });
    });

    it('pays a thousand wallets, or none of them', async () => {
        const some = Array.from({ length: 999 }, () => ['bert', 1n] as const);
        await expectRefusal(payMany([...some, ['nobody', 1n]]), 'WALLET_NOT_FOUND', { walletId: 'nobody' });
        await expectRefusal(payMany([...some, ['bert', 2n]]), 'INSUFFICIENT_FUNDS', { amount: '1001' });
        await expect(payMany([...some, ['bert', 1n]])).resolves.toMatchObject({ available: 0n });
        await expect(balanceOf(bert!)).resolves.toMatchObject({ pending: 1_000n, pendingCount: 1_000 });
    });

    it('refuses to pay nobody, the payer, and more than can be counted', async () => {
        await expectRefusal(payMany([]), 'INVALID_ARGUMENT', { field: 'intent.payees' });
        await expectRefusal(payMany([['anna', 1n]]), 'TRANSFER_TO_SELF');
        const most = 9_223_372_036_854_775_807n;
        await expectRefusal(
            payMany([
                ['bert', most],
                ['bert', 1n],
            ]),
            'AMOUNT_OVERFLOW',
        );
    });
});

describe('an end-to-end reference', () => {
    it('of ISO 20022 is a request id: the same payment executes once', async () => {
        const requestId = '97ed4827-7b6f-4491-a06f-b548d5a7512d' as RequestId;
        const intent = intentOf({ requestId });
        const first = await scenario.ledger.submit(
            scenario.person('AuthorityMSP'),
            'Wallet:Transfer',
            scenario.signedIntent(intent),
        );
        const again = scenario.ledger.submit(
            scenario.person('CooperativeMSP'),
            'Wallet:Transfer',
            scenario.signedIntent(intent),
        );
        await expect(again).resolves.toEqual(first);
    });
});
