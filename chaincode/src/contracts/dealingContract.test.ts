// SPDX-License-Identifier: Apache-2.0
import { closeWalletIntent, type HolderId, type WalletId } from '@power-currency/domain';
import { DealingSteps } from '../testing/dealingSteps.js';
import { HoldSteps, holdSeconds } from '../testing/holdSteps.js';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';
import { newHolder } from '../testing/scenario.js';

const day = '2026-11-19';
const [bureau, counter, anna, other] = ['bureau', 'bureau.counter', 'anna', 'other'] as [
    WalletId,
    WalletId,
    WalletId,
    WalletId,
];
let scenario: Scenario;
let dealing: DealingSteps;
let holds: HoldSteps;

beforeEach(async () => {
    scenario = await Scenario.founded();
    dealing = new DealingSteps(scenario, bureau, anna);
    holds = new HoldSteps(scenario);
    for (const name of [bureau, counter, anna, other]) await scenario.openWallet(name);
    await scenario.attestDay(day, 338_385_500_000n);
    await scenario.fund(day, 1_000n, bureau);
    await scenario.fund(day, 1_000n, anna);
    await scenario.fund(day, 1_000n, other);
    await dealing.authorise();
});
afterEach(() => {
    scenario.close();
});

const deposit = async (change: { nonce?: bigint; amount?: bigint } = {}, reference = 'NL01/7', holdId = 'cash') =>
    dealing.deposit(holdId, reference, { amount: 300n, nonce: 1n, ...change });
const withdraw = async (change: { nonce?: bigint; amount?: bigint; seconds?: bigint } = {}, to = bureau) =>
    dealing.withdraw('rent', { amount: 300n, nonce: 1n, ...change }, to);

describe('a deposit', () => {
    it('is the dealer’s own money on hold until it was paid outside, then the customer’s', async () => {
        const { hold, available } = await deposit();
        expect(hold).toMatchObject({ to: 'anna', purpose: { kind: 'deposit', reference: 'NL01/7' } });
        expect(available).toBe(700n);
        const confirmed = await dealing.confirmDeposit('cash');
        expect(confirmed.hold).toMatchObject({ state: 'posted', posted: 300n, paymentStatus: 'ACSC' });
        await expect(scenario.balanceOf(anna)).resolves.toMatchObject({ available: 1_000n, pending: 300n });
        await expect(scenario.balanceOf(bureau)).resolves.toMatchObject({ available: 700n, held: 0n, pending: 0n });
    });

    it('goes back to the dealer when no money came', async () => {
        await deposit();
        const { hold } = await dealing.cancelDeposit('cash');
        expect(hold).toMatchObject({ state: 'voided', reason: 'no money came', returned: 300n });
        await expect(scenario.balanceOf(bureau)).resolves.toMatchObject({ available: 700n, pending: 300n, held: 0n });
        await expectRefusal(dealing.confirmDeposit('cash'), 'HOLD_ENDED');
    });

    it('makes no money: the dealer pays what it has', async () => {
        await expectRefusal(deposit({ amount: 1_001n }), 'INSUFFICIENT_FUNDS');
    });

    it('is a dealer’s business: at its beginning and when it is confirmed, not when it is given up [V50]', async () => {
        await expectRefusal(dealing.deposit('cash', 'NL01/7', { amount: 1n, nonce: 1n }, other), 'CREDENTIAL_MISSING');
        await deposit();
        await dealing.dismiss();
        await expectRefusal(deposit({ nonce: 2n }, 'NL01/8', 'more'), 'CREDENTIAL_REVOKED');
        await expectRefusal(dealing.confirmDeposit('cash'), 'CREDENTIAL_REVOKED');
        await expect(dealing.cancelDeposit('cash')).resolves.toMatchObject({ hold: { state: 'voided' } });
    });

    it('uses its external reference up, for every wallet of the dealer, whatever becomes of it [V30]', async () => {
        await deposit();
        const use = { dealer: 'bureau', walletId: 'bureau', holdId: 'cash' };
        await expectRefusal(deposit({ nonce: 2n }, 'NL01/7', 'again'), 'EXTERNAL_REFERENCE_USED', use);
        await dealing.cancelDeposit('cash');
        await expectRefusal(deposit({ nonce: 2n }, 'NL01/7', 'again'), 'EXTERNAL_REFERENCE_USED');
        const terms = { amount: 1n, nonce: 1n };
        await expectRefusal(dealing.deposit('again', 'NL01/7', terms, counter), 'EXTERNAL_REFERENCE_USED');
        await expect(dealing.describeReference('NL01/7')).resolves.toEqual({
            ...{ kind: 'deposit', asset: 'PC', wallet: 'bureau', holdId: 'cash' },
        });
    });

    it('has references of each dealer’s own', async () => {
        await deposit();
        const second = new DealingSteps(scenario, other, anna);
        await second.authorise();
        await second.deposit('cash', 'NL01/7', { amount: 1n, nonce: 1n });
        await expectRefusal(dealing.describeReference('NL01/8'), 'EXTERNAL_REFERENCE_NOT_FOUND');
        await expectRefusal(dealing.describeReference('NL01/7', 'anna' as HolderId), 'EXTERNAL_REFERENCE_NOT_FOUND');
    });

    it('is not confirmed by the customer, to somebody else, out of turn, or late [V44]', async () => {
        await deposit();
        await expectRefusal(holds.post({ by: anna, payer: bureau, holdId: 'cash' }, 300n), 'HOLD_KIND_MISMATCH');
        await expectRefusal(holds.void({ by: anna, payer: bureau, holdId: 'cash' }), 'HOLD_KIND_MISMATCH');
        await expectRefusal(dealing.confirmDeposit('cash', { by: anna }), 'CREDENTIAL_MISSING');
        await expectRefusal(dealing.confirmDeposit('cash', { by: counter }), 'HOLD_NOT_FOUND');
        await expectRefusal(dealing.confirmDeposit('cash', { to: other }), 'HOLD_NOT_COUNTERPARTY');
        await expectRefusal(dealing.confirmDeposit('cash', { nonce: 1n }), 'NONCE_MISMATCH');
        await expectRefusal(dealing.cancelDeposit('cash', { nonce: 1n }), 'NONCE_MISMATCH');
        scenario.ledger.time += holdSeconds;
        await expectRefusal(dealing.confirmDeposit('cash'), 'HOLD_EXPIRED');
        await expect(holds.expire(bureau, 'cash')).resolves.toMatchObject({ hold: { returned: 300n } });
    });
});

describe('a withdrawal', () => {
    it('is the customer’s money on hold until the dealer has paid outside, then the dealer’s', async () => {
        const { hold } = await withdraw();
        expect(hold).toMatchObject({ to: 'bureau', purpose: { kind: 'withdrawal', reference: null } });
        const { hold: ended } = await dealing.confirmWithdrawal('rent', 'NL01/9');
        expect(ended).toMatchObject({ state: 'posted', purpose: { reference: 'NL01/9' } });
        await expect(scenario.balanceOf(bureau)).resolves.toMatchObject({ pending: 300n });
        await expect(scenario.balanceOf(anna)).resolves.toMatchObject({ available: 700n, held: 0n });
        await expect(dealing.describeReference('NL01/9')).resolves.toMatchObject({
            kind: 'withdrawal',
            wallet: 'anna',
        });
    });

    it('goes back to the customer when the dealer cannot pay', async () => {
        await withdraw();
        await dealing.dismiss();
        const { hold } = await dealing.rejectWithdrawal('rent');
        expect(hold).toMatchObject({ state: 'voided', reason: 'account closed', paymentStatus: 'CANC' });
        await expect(scenario.balanceOf(anna)).resolves.toMatchObject({ available: 700n, pending: 300n, held: 0n });
    });

    it('goes back to the customer when the dealer does nothing', async () => {
        await withdraw();
        await expectRefusal(holds.expire(anna, 'rent'), 'HOLD_NOT_EXPIRED');
        scenario.ledger.time += holdSeconds;
        await expectRefusal(dealing.confirmWithdrawal('rent', 'NL01/9'), 'HOLD_EXPIRED');
        await holds.expire(anna, 'rent');
        await expect(scenario.balanceOf(anna)).resolves.toMatchObject({ available: 700n, pending: 300n, held: 0n });
    });

    it('is for an authorised dealer, at its beginning and its end [V50]', async () => {
        await expectRefusal(withdraw({}, other), 'CREDENTIAL_MISSING');
        await withdraw();
        await dealing.dismiss();
        await expectRefusal(dealing.confirmWithdrawal('rent', 'NL01/9'), 'CREDENTIAL_REVOKED');
    });

    it('is paid out under a reference that was never used, not even for a deposit [V30]', async () => {
        await deposit();
        await withdraw();
        await expectRefusal(dealing.confirmWithdrawal('rent', 'NL01/7'), 'EXTERNAL_REFERENCE_USED', {
            ...{ walletId: 'bureau', holdId: 'cash' },
        });
        await dealing.confirmWithdrawal('rent', 'NL01/9');
        await expectRefusal(deposit({ nonce: 2n }, 'NL01/9', 'more'), 'EXTERNAL_REFERENCE_USED');
    });

    it('is not settled by other transactions, by another dealer, or out of turn [V44]', async () => {
        await withdraw();
        await expectRefusal(holds.post({ by: bureau, payer: anna, holdId: 'rent' }, 300n), 'HOLD_KIND_MISMATCH');
        const second = new DealingSteps(scenario, other, anna);
        await second.authorise();
        await expectRefusal(second.confirmWithdrawal('rent', 'NL01/9'), 'HOLD_NOT_COUNTERPARTY');
        await expectRefusal(second.rejectWithdrawal('rent'), 'HOLD_NOT_COUNTERPARTY');
        await expectRefusal(dealing.confirmWithdrawal('rent', 'NL01/9', { nonce: 1n }), 'NONCE_MISMATCH');
        await expectRefusal(dealing.rejectWithdrawal('rent', { nonce: 1n }), 'NONCE_MISMATCH');
    });

    it('cannot be confirmed as a deposit', async () => {
        await withdraw();
        const customer = new DealingSteps(scenario, anna, bureau);
        await customer.authorise();
        await expectRefusal(customer.confirmDeposit('rent'), 'HOLD_KIND_MISMATCH', { kind: 'withdrawal' });
    });
});

describe('whoever carries it to the ledger', () => {
    it.each([
        ['Deposit', bureau, async () => deposit({ nonce: 2n }, 'NL01/8', 'more')],
        ['ConfirmDeposit', bureau, async () => dealing.confirmDeposit('cash')],
        ['CancelDeposit', bureau, async () => dealing.cancelDeposit('cash')],
        ['Withdraw', anna, async () => dealing.withdraw('more', { amount: 1n, nonce: 2n })],
        ['ConfirmWithdrawal', bureau, async () => dealing.confirmWithdrawal('rent', 'NL01/9')],
        ['RejectWithdrawal', bureau, async () => dealing.rejectWithdrawal('rent')],
    ] as const)('%s is signed by the wallet’s own keys [V51]', async (_, signer, act) => {
        await deposit();
        await withdraw();
        scenario.holders.set(signer, newHolder());
        await expectRefusal(act(), 'INTENT_KEY_UNKNOWN', { walletId: signer });
    });

    it.each([
        ['ConfirmDeposit to', anna, async () => dealing.confirmDeposit('cash')],
        ['ConfirmWithdrawal to', bureau, async () => dealing.confirmWithdrawal('rent', 'NL01/9')],
    ] as const)('%s a wallet that was closed meanwhile pays nobody', async (_, payee, act) => {
        await deposit();
        await withdraw();
        const intent = { ...scenario.intentFields(payee, 1n), type: 'power/close-wallet' } as const;
        const client = scenario.person('CooperativeMSP');
        await scenario.ledger.submit(client, 'Wallet:Close', scenario.signed(closeWalletIntent, intent));
        await expectRefusal(act(), 'WALLET_CLOSED', { walletId: payee });
    });
});
