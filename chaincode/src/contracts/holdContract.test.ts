// SPDX-License-Identifier: Apache-2.0
import {
    closeWalletIntent,
    encodeArguments,
    type HoldId,
    postHoldIntent,
    powerCredit,
    type WalletId,
} from '@power-currency/domain';
import { HoldSteps, holdSeconds } from '../testing/holdSteps.js';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';
import { newHolder } from '../testing/scenario.js';

const day = '2026-11-19';
const [anna, hotel, carl] = ['anna', 'hotel', 'carl'] as [WalletId, WalletId, WalletId];
/** The hotel's use of its hold on anna's money. */
const room = { by: hotel, payer: anna, holdId: 'room' };
let scenario: Scenario;
let holds: HoldSteps;

beforeEach(async () => {
    scenario = await Scenario.founded();
    holds = new HoldSteps(scenario);
    for (const name of [anna, hotel, carl]) await scenario.openWallet(name);
    await scenario.attestDay(day, 338_385_500_000n);
    await scenario.fund(day, 1_000n, anna);
});
afterEach(() => {
    scenario.close();
});

const reserve = async (change: Partial<Parameters<HoldSteps['reserve']>[1]> = {}, holdId = 'room') =>
    holds.reserve(holdId, { from: anna, to: hotel, amount: 300n, nonce: 1n, ...change });
const list = async (show: 'open' | 'ended') => {
    const query = { walletId: anna, asset: powerCredit, show, pageSize: 10, bookmark: '' };
    const { rows } = await scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Hold:List', query);
    return rows.map(({ holdId }) => holdId);
};

describe('a reserved hold', () => {
    it('is set aside from what the payer can spend', async () => {
        const { hold, available, nonce } = await reserve();
        expect({ available, nonce }).toEqual({ available: 700n, nonce: 1n });
        expect(hold).toMatchObject({ phase: 'reserved', paymentStatus: 'ACSP', remaining: 300n, posted: 0n });
        await expect(scenario.balanceOf(anna)).resolves.toMatchObject({
            ...{ available: 700n, held: 300n, holdCount: 1, pending: 0n },
        });
        await expect(scenario.balanceOf(hotel)).resolves.toMatchObject({ available: 0n, held: 0n, pending: 0n });
        await expect(holds.describe(anna, 'room')).resolves.toEqual(hold);
    });

    it.each([
        ['more than there is', { amount: 1_001n }, 'INSUFFICIENT_FUNDS'],
        ['a turn that has passed', { nonce: 0n }, 'NONCE_MISMATCH'],
        ['the payer as its own counterparty', { to: anna }, 'TRANSFER_TO_SELF'],
        ['a counterparty nobody knows', { to: 'nobody' as WalletId }, 'WALLET_NOT_FOUND'],
        ['an end that is now', { seconds: 0n }, 'HOLD_EXPIRY_INVALID'],
        ['an end in more than a year', { seconds: 31_622_401n }, 'HOLD_EXPIRY_INVALID'],
    ] as const)('refuses %s', async (_, change, code) => {
        await expectRefusal(reserve(change), code);
    });

    it('may last a year', async () => {
        await expect(reserve({ seconds: 31_622_400n })).resolves.toMatchObject({ available: 700n });
    });

    it('keeps its id for ever, however it ended [V30]', async () => {
        await reserve();
        await expectRefusal(reserve({ nonce: 2n }), 'HOLD_EXISTS', { holdId: 'room' });
        await holds.void(room);
        await expectRefusal(reserve({ nonce: 2n }), 'HOLD_EXISTS', { holdId: 'room' });
    });
});

describe('posting', () => {
    it('pays the counterparty in parts until nothing is left', async () => {
        await reserve();
        const first = await holds.post(room, 100n);
        expect(first.hold).toMatchObject({ state: 'open', phase: 'posted-in-part', paymentStatus: 'PART' });
        const last = await holds.post(room, 200n);
        expect(last.hold).toMatchObject({ state: 'posted', phase: 'posted', paymentStatus: 'ACSC', remaining: 0n });
        expect(last.returnedCreditId).toBeNull();
        await expect(scenario.balanceOf(hotel)).resolves.toMatchObject({ pending: 300n, pendingCount: 2 });
        await expect(scenario.balanceOf(anna)).resolves.toMatchObject({ available: 700n, held: 0n, holdCount: 0 });
    });

    it('for the last time gives the payer what is left', async () => {
        await reserve();
        const { hold, paidCreditId, returnedCreditId } = await holds.post(room, 120n, true);
        expect(hold).toMatchObject({ state: 'posted', posted: 120n, returned: 180n, paymentStatus: 'PART' });
        expect([paidCreditId, returnedCreditId]).toEqual([expect.any(String), expect.stringMatching(/-1$/)]);
        await expect(scenario.balanceOf(anna)).resolves.toMatchObject({ available: 700n, pending: 180n, held: 0n });
        const page = await scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Wallet:ListPending', {
            ...{ walletId: anna, asset: powerCredit, pageSize: 10, bookmark: '' },
        });
        expect(page.rows.map(({ credit }) => credit)).toEqual([{ amount: 180n, origin: 'hold-return', from: 'anna' }]);
    });

    it('refuses more than is left, by a unit', async () => {
        await reserve();
        await holds.post(room, 100n);
        await expectRefusal(holds.post(room, 201n), 'HOLD_EXCEEDED', { remaining: '200', amount: '201' });
        await expectRefusal(holds.post(room, 201n, true), 'HOLD_EXCEEDED');
    });

    it('is the counterparty’s alone: neither payer nor stranger can [V44]', async () => {
        await reserve();
        await expectRefusal(holds.post({ ...room, by: anna }, 1n), 'HOLD_NOT_COUNTERPARTY', { counterparty: 'hotel' });
        await expectRefusal(holds.post({ ...room, by: carl }, 1n), 'HOLD_NOT_COUNTERPARTY');
    });

    it('ends with the hold’s time: the last second before is in time', async () => {
        await reserve();
        scenario.ledger.time += holdSeconds - 1n;
        await holds.post(room, 1n);
        scenario.ledger.time += 1n;
        await expectRefusal(holds.post(room, 1n), 'HOLD_EXPIRED');
    });

    it('refuses a hold that is not there, one that ended, and a turn it does not have', async () => {
        await expectRefusal(holds.post(room, 1n), 'HOLD_NOT_FOUND');
        await reserve();
        const { intent } = holds.posting(room, 1n);
        const withNonce = { ...intent, nonce: 1n as never };
        const signed = scenario.signed(postHoldIntent, withNonce);
        const client = scenario.person('CooperativeMSP');
        await expectRefusal(scenario.ledger.submit(client, 'Hold:Post', signed), 'NONCE_MISMATCH', { expected: '0' });
        await holds.post(room, 300n);
        await expectRefusal(holds.post(room, 1n), 'HOLD_ENDED', { state: 'posted' });
    });

    it('pays no wallet that was closed meanwhile; the money goes back in the end', async () => {
        await reserve();
        const intent = { ...scenario.intentFields(hotel, 1n), type: 'power/close-wallet' } as const;
        const client = scenario.person('CooperativeMSP');
        await scenario.ledger.submit(client, 'Wallet:Close', scenario.signed(closeWalletIntent, intent));
        await expectRefusal(holds.post(room, 1n), 'WALLET_CLOSED');
        await holds.void(room);
        await expect(scenario.balanceOf(anna)).resolves.toMatchObject({ pending: 300n, held: 0n });
    });

    it('of one intent happens once, whoever submits it again [V81]', async () => {
        await reserve();
        const posting = holds.posting(room, 100n);
        const first = await scenario.ledger.submit(scenario.person('CooperativeMSP'), 'Hold:Post', posting);
        const again = await scenario.ledger.submit(scenario.person('AuthorityMSP'), 'Hold:Post', posting);
        expect(again).toEqual(first);
        await expect(scenario.balanceOf(hotel)).resolves.toMatchObject({ pending: 100n });
    });

    it('of one hold twice on one state commits once [V20]', async () => {
        await reserve();
        const endorse = async (amount: bigint) =>
            scenario.ledger.endorse({
                ...{ identity: scenario.person('CooperativeMSP'), transaction: 'Hold:Post' },
                argument: encodeArguments('Hold:Post', holds.posting(room, amount)),
            });
        const committed = await scenario.ledger.commit([await endorse(200n), await endorse(200n)]);
        expect(committed.map(({ code }) => code)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        await expect(holds.describe(anna, 'room')).resolves.toMatchObject({ remaining: 100n });
    });

    it('of different holds of one payer on one state commits in full', async () => {
        await reserve({ amount: 10n }, 'one');
        await reserve({ amount: 10n, nonce: 2n }, 'two');
        const endorsed = await Promise.all(
            ['one', 'two'].map(async (holdId) =>
                scenario.ledger.endorse({
                    ...{ identity: scenario.person('CooperativeMSP'), transaction: 'Hold:Post' },
                    argument: encodeArguments('Hold:Post', holds.posting({ ...room, holdId }, 10n)),
                }),
            ),
        );
        const committed = await scenario.ledger.commit(endorsed);
        expect(committed.map(({ code }) => code)).toEqual(['VALID', 'VALID']);
    });
});

describe('giving up', () => {
    it('returns what is left to the payer', async () => {
        await reserve();
        const { hold } = await holds.void(room, 'fully booked');
        expect(hold).toMatchObject({ state: 'voided', reason: 'fully booked', paymentStatus: 'CANC', returned: 300n });
        await expect(scenario.balanceOf(anna)).resolves.toMatchObject({ available: 700n, pending: 300n, held: 0n });
    });

    it('after a part was posted is still a payment in part', async () => {
        await reserve();
        await holds.post(room, 1n);
        const { hold } = await holds.void(room);
        expect(hold).toMatchObject({ state: 'voided', paymentStatus: 'PART', posted: 1n, returned: 299n });
    });

    it('is the counterparty’s alone, before and after the end: the payer promised the money [V44]', async () => {
        await reserve();
        await expectRefusal(holds.void({ ...room, by: anna }), 'HOLD_NOT_COUNTERPARTY');
        scenario.ledger.time += holdSeconds;
        await expectRefusal(holds.void({ ...room, by: anna }), 'HOLD_NOT_COUNTERPARTY');
        await expectRefusal(holds.void(room, '', 1n), 'NONCE_MISMATCH', { expected: '0' });
        await expect(holds.void(room)).resolves.toMatchObject({ hold: { state: 'voided' } });
        await expectRefusal(holds.void(room), 'HOLD_ENDED', { state: 'voided' });
    });
});

describe('expiry', () => {
    it('returns what is left, at the word of any member, and not a second before the time', async () => {
        await reserve();
        scenario.ledger.time += holdSeconds - 1n;
        await expectRefusal(holds.expire(anna, 'room'), 'HOLD_NOT_EXPIRED');
        scenario.ledger.time += 1n;
        const { hold, paidCreditId } = await holds.expire(anna, 'room');
        expect(hold).toMatchObject({ state: 'expired', paymentStatus: 'RJCT', returned: 300n });
        expect(paidCreditId).toBeNull();
        await expect(scenario.balanceOf(anna)).resolves.toMatchObject({ available: 700n, pending: 300n, held: 0n });
        await expectRefusal(holds.expire(anna, 'room'), 'HOLD_ENDED', { state: 'expired' });
    });

    it('refuses a hold that is not there', async () => {
        await expectRefusal(holds.expire(anna, 'room'), 'HOLD_NOT_FOUND');
    });
});

describe('lists', () => {
    it('tell open holds from ended ones, and an ended one can still be read', async () => {
        await reserve({ amount: 10n }, 'one');
        await reserve({ amount: 10n, nonce: 2n }, 'two');
        await holds.post({ ...room, holdId: 'one' }, 10n);
        await expect(list('open')).resolves.toEqual(['two']);
        await expect(list('ended')).resolves.toEqual(['one']);
        await expect(holds.describe(anna, 'one')).resolves.toMatchObject({ state: 'posted' });
        const unknown = { walletId: anna, asset: powerCredit, holdId: 'three' as HoldId };
        const reader = scenario.person('RegulatorMSP');
        await expectRefusal(scenario.ledger.evaluate(reader, 'Hold:Describe', unknown), 'HOLD_NOT_FOUND');
    });
});

describe('whoever carries it to the ledger', () => {
    it.each([
        ['Reserve', anna, async () => reserve({ nonce: 2n }, 'more')],
        ['Post', hotel, async () => holds.post(room, 1n)],
        ['Void', hotel, async () => holds.void(room)],
    ] as const)('%s is signed by the wallet’s own keys [V51]', async (_, signer, act) => {
        await reserve();
        scenario.holders.set(signer, newHolder());
        await expectRefusal(act(), 'INTENT_KEY_UNKNOWN', { walletId: signer });
    });
});
