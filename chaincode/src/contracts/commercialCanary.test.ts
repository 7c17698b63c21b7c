// SPDX-License-Identifier: Apache-2.0
import {
    canonicalJson,
    type CommercialTransferIntent,
    encodeErrorText,
    hex,
    type WalletId,
} from '@power-currency/domain';
import { amountCanary, bytesCanary, type Canary, leaksIn, textCanary } from '../testing/canaries.js';
import { CommercialDesk } from '../testing/commercialDesk.js';
import { type EndorsedTransaction, Scenario } from '../testing/index.js';
import { refusalOf } from '../testing/refusals.js';
import { sha256 } from '../testing/scenario.js';

const day = '2026-11-19';
const memo = 'canary: 400 sacks of flour';
// Deposit and withdrawal are public; payment, change and what the payee keeps are not.
const deposited = 900_000_000_000n;
const paidPrivately = 513_846_205_117n;
const withdrawn = 100n;
const amounts = [
    amountCanary('payment', paidPrivately),
    amountCanary('change', deposited - paidPrivately),
    amountCanary('rest', paidPrivately - withdrawn),
];

let scenario: Scenario;
let desk: CommercialDesk;
let shop: WalletId;
let mill: WalletId;
/** Everything that goes into blocks, as it was endorsed. */
let endorsed: EndorsedTransaction[];

beforeEach(async () => {
    scenario = await Scenario.founded();
    desk = new CommercialDesk(scenario);
    shop = await scenario.openWallet('cooperative.canary-shop', 'CooperativeMSP', 'commercial');
    mill = await scenario.openWallet('centralbank.canary-mill', 'CentralBankMSP', 'commercial');
    await scenario.attestDay(day, 338_385_500_000n);
    await desk.fund(day, deposited, shop);
    endorsed = [];
    const endorse = scenario.ledger.endorse.bind(scenario.ledger);
    scenario.ledger.endorse = async (call) => {
        const transaction = await endorse(call);
        endorsed.push(transaction);
        return transaction;
    };
});
afterEach(() => {
    scenario.close();
});

/** Deposit, private payment and withdrawal; returns the payment, and what must not be seen. */
async function dealPrivately(
    change: Partial<CommercialTransferIntent> = {},
): Promise<{ readonly intent: CommercialTransferIntent; readonly canaries: readonly Canary[] }> {
    const parcel = await desk.deposit(shop, deposited, 1n);
    const payment = { from: shop, amount: paidPrivately, parcelIds: [parcel] };
    const intent = { ...desk.transferIntent(payment, mill, memo), ...change };
    const { paid } = await desk.transfer(intent);
    const withdrawal = desk.withdrawIntent({ from: mill, amount: withdrawn, parcelIds: [paid] });
    await desk.withdraw(withdrawal, await desk.shareIds());
    const salts = [intent.salt, intent.changeSalt, withdrawal.changeSalt];
    const canaries = [
        ...amounts,
        textCanary('memo', memo),
        ...salts.map((salt, index) => bytesCanary(`salt ${String(index)}`, salt)),
    ];
    return { intent, canaries };
}

function publicParts({ readWriteSet, result, eventPayload }: EndorsedTransaction): Buffer {
    return Buffer.concat([readWriteSet, Buffer.from(result), eventPayload ?? Buffer.alloc(0)]);
}

it('what was private is in no transaction, response or event [V90 V91]', async () => {
    const { canaries } = await dealPrivately();
    expect(endorsed).toHaveLength(3);
    expect(endorsed.flatMap((transaction) => leaksIn(publicParts(transaction), canaries))).toEqual([]);
});

it('what was private is in no public record', async () => {
    const { canaries } = await dealPrivately();
    const records = [...(await scenario.ledger.state())].map(([key, value]) => `${key}=${value}`).join('\n');
    expect(leaksIn(Buffer.from(records), canaries)).toEqual([]);
    const clearText = [...(await scenario.ledger.privateState())].map(([key, value]) => `${key}=${value}`).join('\n');
    const isSeen = new Set(leaksIn(Buffer.from(clearText), canaries).map((leak) => leak.split(' as ')[0]));
    // The payment's own parcel was spent, so its amount is gone there too.
    expect([...isSeen]).toEqual(['change', 'rest', 'salt 1', 'salt 2']);
});

it('a private payment names neither wallet', async () => {
    await dealPrivately();
    const payments = endorsed.filter(({ envelope }) => envelope?.transaction === 'Commercial:Transfer');
    expect(payments).toHaveLength(1);
    const names = [textCanary('payer', shop), textCanary('payee', mill)];
    expect(payments.flatMap((payment) => leaksIn(publicParts(payment), names))).toEqual([]);
});

it('a refusal says no more than its code, to the client and to the peer’s log [V69 V91]', async () => {
    const parcel = await desk.deposit(shop, deposited, 1n);
    const payment = { from: shop, amount: deposited + paidPrivately, parcelIds: [parcel] };
    const refusal = await refusalOf(desk.transfer(desk.transferIntent(payment, mill, memo)));
    const canaries = [
        amountCanary('amount', deposited + paidPrivately),
        amountCanary('available', deposited),
        ...[textCanary('payer', shop), textCanary('memo', memo)],
    ];
    expect(leaksIn(Buffer.from(encodeErrorText(refusal)), canaries)).toEqual([]);
    expect(refusal.cause).toBeUndefined();
});

it('no hash in a block can be guessed by whoever knows all but the salt [V92]', async () => {
    const { intent } = await dealPrivately();
    const payment = endorsed.find(({ envelope }) => envelope?.transaction === 'Commercial:Transfer');
    const found = (salt: string): number => {
        const names = [shop, mill].map((walletId) => `parcel~PC~${walletId}~${payment!.txId}-${salt}`);
        const values = [{ amount: paidPrivately.toString(), from: shop, memo, salt }].map((value) =>
            canonicalJson(value),
        );
        return [...names, ...values].filter((guess) =>
            payment!.readWriteSet.includes(Buffer.from(sha256(Buffer.from(guess)))),
        ).length;
    };
    expect(['', '00'.repeat(32), 'ff'.repeat(32)].map(found)).toEqual([0, 0, 0]);
    // The guess is right in all else: with the salt, key and value of the payee's parcel are found.
    expect(found(hex(intent.salt))).toBe(2);
});

it('finds what a careless client makes public', async () => {
    const requestId = `pay-${paidPrivately.toString()}` as never;
    const { canaries } = await dealPrivately({ requestId });
    const leaks = endorsed.flatMap((transaction) => leaksIn(publicParts(transaction), canaries));
    expect(leaks).toContain('payment as decimal');
});
