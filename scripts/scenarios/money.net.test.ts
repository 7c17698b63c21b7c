// SPDX-License-Identifier: Apache-2.0
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
    type ArgumentsOf,
    type CreditId,
    hex,
    holderOf,
    imbalance,
    money,
    powerCredit,
    type Quantity,
    type RecoveryId,
    type RedemptionId,
    type RequestId,
    type RestrictionId,
    type ResultOf,
    type VoucherId,
    type WalletId,
} from '@power-currency/domain';
import { signedRequest } from '../../gateway/src/application/intents/intentDocument';
import { type FactsOf, intentShape, type IntentTransaction } from '../../gateway/src/application/intents/intentTable';
import type { Ledger } from '../../gateway/src/application/ledger';
import type { Committed, Receipt } from '../../gateway/src/application/ports';
import { sweep } from '../../gateway/src/application/wallets/sweep';
import { WalletAccount } from '../../gateway/src/application/wallets/statement';
import { attestDay } from '../../gateway/src/demo/energyStep';
import { registerMembers } from '../../gateway/src/demo/foundingStep';
import { openStage, type Stage } from '../../gateway/src/demo/stage';
import { newSigningKey, type SigningKey } from '../../gateway/src/keys/ed25519';
import { TestNetwork } from './testNetwork';

jest.setTimeout(300_000);

const day = '2025-11-19';
const payerCount = 50;
const paymentsEach = 20;
const treasury = 'treasury' as WalletId;
const shop = 'shop' as WalletId;
const utility = 'utility.vouchers' as WalletId;
const payers = Array.from({ length: payerCount }, (_, index) => `payer-${String(index)}` as WalletId);

const network = TestNetwork.shared();
const keys = new Map<WalletId, SigningKey>();
let stage: Stage;
/** Endorses with the central bank's peer; keeps the shop. */
let authority: Ledger;
/** Keeps the payers. */
let cooperative: Ledger;
let regulator: Ledger;
let requestCount = 0;

beforeAll(async () => {
    network.standDeployed();
    stage = openStage(network.networkDir, () => undefined);
    [authority, regulator] = [network.ledger('authority'), network.ledger('regulator')];
    cooperative = network.ledger('cooperative', ['CooperativeMSP', 'AuthorityMSP']);
    const attesters = await network.untilAccepted(() => registerMembers(stage));
    const samples = join(__dirname, '../../gateway/samples');
    const files = readdirSync(samples).filter((name) => name.endsWith(`${day}_A65.xml`));
    await attestDay(stage, attesters, { day, files: files.map((name) => join(samples, name)) });
    await Promise.all([treasury, shop].map(async (walletId) => open(walletId, authority)));
    await Promise.all(payers.map(async (walletId) => open(walletId, cooperative)));
    const issuer = network.ledger('centralbank', ['CentralBankMSP', 'AuthorityMSP']).powerCredit;
    const issuance = { requestId: request('mint'), day: day as never, amount: money(1_000_000n), to: treasury };
    await settled(issuer.mint(issuance));
    await sweepWallet(treasury);
});

afterEach(async () => {
    await conservedSupply();
});

afterAll(() => {
    stage.close();
    network.down();
});

it('a payroll of 200 is paid in one transaction, all or none', async () => {
    const payees = Array.from({ length: 200 }, (_, index) => ({
        ...{ to: payers[index % payerCount]!, amount: money(100n), reference: `week ${String(index % 4)}` },
    }));
    const facts = { asset: powerCredit, payees, memo: 'payroll', travelRule: null };
    const paid = await settled(authority.wallet.transferMany(await signed('Wallet:TransferMany', treasury, facts)));
    expect(paid).toMatchObject({ total: 20_000n, attempts: 1 });
    expect(await regulator.wallet.balanceOf({ walletId: payers[0]!, asset: powerCredit })).toMatchObject({
        ...{ available: 0n, pending: 400n, pendingCount: 4 },
    });
});

it('a hold is posted in part, and the rest stays held', async () => {
    const holdId = 'order-1' as never;
    const terms = { asset: powerCredit, holdId, to: shop, amount: money(1_000n), holdUntil: secondsFromNow(86_400n) };
    const reserved = await signed('Hold:Reserve', treasury, { ...terms, purpose: 'order 1' });
    await settled(authority.hold.reserve(reserved));
    const part = { asset: powerCredit, payer: treasury, holdId, amount: money(400n), isFinal: false };
    await settled(authority.hold.post(await signed('Hold:Post', shop, part)));
    expect(await regulator.asset.describeSupply({ asset: powerCredit })).toMatchObject({ held: 600n });
    await sweepWallet(shop);
    expect(await regulator.wallet.balanceOf({ walletId: shop, asset: powerCredit })).toMatchObject({ available: 400n });
});

it('guardians begin a recovery, which has to wait, and which the old keys end', async () => {
    const guardians = { walletIds: [payers[0]!, payers[1]!], threshold: 2, delaySeconds: null };
    await settled(authority.walletKeys.setGuardians(await signed('WalletKeys:SetGuardians', shop, { guardians })));
    const recoveryId = 'lost' as RecoveryId;
    const lost = { recoveryId, keys: keysOf(newSigningKey()), subject: shop };
    for (const guardian of guardians.walletIds) {
        const word = await signed('WalletKeys:ApproveRecovery', guardian, lost);
        await settled(authority.walletKeys.approveRecovery(word));
    }
    const completion = { requestId: request('complete'), walletId: shop, recoveryId };
    await expect(authority.walletKeys.completeRecovery(completion)).rejects.toMatchObject({
        code: 'RECOVERY_NOT_READY',
    });
    const veto = await signed('WalletKeys:VetoRecovery', shop, { recoveryId });
    expect(await settled(authority.walletKeys.vetoRecovery(veto))).toMatchObject({ state: 'vetoed' });
});

it('a wallet whose key is lost is recovered by its guardians, and its money has not moved', async () => {
    const lost = 'lost-phone' as WalletId;
    await open(lost, cooperative);
    const guardians = { walletIds: [payers[0]!, payers[1]!], threshold: 2, delaySeconds: 2n as Quantity<'count'> };
    await settled(cooperative.walletKeys.setGuardians(await signed('WalletKeys:SetGuardians', lost, { guardians })));
    await pay(treasury, lost, 5n);
    const found = newSigningKey();
    const recovery = { recoveryId: 'found' as RecoveryId, keys: keysOf(found), subject: lost };
    for (const guardian of guardians.walletIds) {
        const word = await signed('WalletKeys:ApproveRecovery', guardian, recovery);
        await settled(cooperative.walletKeys.approveRecovery(word));
    }
    await sleep(3_000);
    const completion = { requestId: request('complete'), walletId: lost, recoveryId: recovery.recoveryId };
    const { keys } = await settled(cooperative.walletKeys.completeRecovery(completion));
    expect(hex(keys.publicKeys[0]!)).toBe(hex(found.publicKey));
    expect(await regulator.wallet.balanceOf({ walletId: lost, asset: powerCredit })).toMatchObject({ pending: 5n });
});

it('a thousand payments to one wallet at once conflict with nothing, and are swept in one transaction', async () => {
    const from = Number((await network.open('regulator').chain.chainInfo()).height);
    const { heights, end } = watchHeights();
    const receipts = await Promise.all(payers.map(async (payer) => payRepeatedly(payer, heights)));
    end();
    const sent = receipts.flat();
    expect(sent).toHaveLength(payerCount * paymentsEach);
    expect(sent.filter(({ attempts }) => attempts !== 1)).toEqual([]);
    const { blocks, chain } = network.open('authority');
    const to = Number((await chain.chainInfo()).height);
    const codes = new Map<string, number>();
    for (let number = from; number < to; number++) {
        for (const { validationCode } of (await blocks.block(number)).transactions) {
            codes.set(validationCode, (codes.get(validationCode) ?? 0) + 1);
        }
    }
    expect(codes).toEqual(new Map([['VALID', payerCount * paymentsEach]]));
    await network.agreedChain();
    const account = new WalletAccount(shop, powerCredit, 'power-currency');
    for (let number = 0; number < to; number++) account.add(await blocks.block(number));
    expect([account.entries.length, account.balance]).toEqual([1_001, 10_400n]);
    expect(await sweepWallet(shop)).toEqual({ creditCount: 1_000, amount: 10_000n, transactions: 1 });
    expect(await regulator.wallet.balanceOf({ walletId: shop, asset: powerCredit })).toMatchObject({
        ...{ available: 10_400n, pendingCount: 0 },
    });
});

it('credits are redeemed for a service: a voucher, a delivery, and its acceptance burns exactly what was asked', async () => {
    await open(utility, authority);
    const licence = { evidence: new Uint8Array(32).fill(9), expiresAt: secondsFromNow(86_400n) };
    const holderId = holderOf(utility);
    const grant = { requestId: request('grant'), holderId, kind: 'provider', ...licence } as const;
    await settled(adminOf('authority').registry.grantCredential(grant));
    const redemptionId = 'heat' as RedemptionId;
    const { wallets } = await conservedSupply();

    const terms = { amount: money(2_500n), service: 'service' } as const;
    const { value: valueMin, energyWh: energyWhMin } = await authority.redemption.quote(terms);
    const asked = { redemptionId, ...terms, provider: utility, valueMin, energyWhMin };
    await settled(authority.redemption.request(await signed('Redemption:Request', treasury, asked)));
    expect(await conservedSupply()).toMatchObject({ redeemed: 0n, vouchers: 2_500n, wallets: wallets - 2_500n });
    const voucher = { redemptionId, voucherId: 'voucher-1' as VoucherId };
    await settled(authority.redemption.issueVoucher(await signed('Redemption:IssueVoucher', utility, voucher)));
    const delivery = { redemptionId, evidence: new Uint8Array(32).fill(5), certificates: [] };
    await settled(authority.redemption.deliver(await signed('Redemption:Deliver', utility, delivery)));
    expect(await conservedSupply()).toMatchObject({ redeemed: 0n, vouchers: 2_500n });
    const acceptance = await signed('Redemption:Accept', treasury, { redemptionId });
    expect(await settled(authority.redemption.accept(acceptance))).toMatchObject({ state: 'settled' });

    const after = await conservedSupply();
    expect(after).toMatchObject({ redeemed: 2_500n, vouchers: 0n, wallets: wallets - 2_500n });
    expect(after.causes).toEqual([
        { direction: 'issued', kind: 'attestation', amount: 1_000_000n, changeCount: 1 },
        { direction: 'redeemed', kind: 'redemption', amount: 2_500n, changeCount: 1 },
    ]);
});

it('two organisations freeze a holder, who is still paid, and one of them frees it', async () => {
    const [holderId, restrictionId] = [holderOf(treasury), 'case-1' as RestrictionId];
    const measure = { kind: 'freeze-holder', holderId, reason: 'court-order' } as const;
    const [proposer, second] = [adminOf('authority'), adminOf('centralbank')];
    const proposal = { requestId: request('propose'), restrictionId, measure, expiresAt: secondsFromNow(3_600n) };
    await settled(proposer.compliance.proposeRestriction(proposal));
    const confirmation = { requestId: request('confirm'), restrictionId, holderId };
    await expect(proposer.compliance.confirmRestriction(confirmation)).rejects.toMatchObject({
        ...{ code: 'SECOND_ORGANISATION_NEEDED', details: { participantId: 'authority' } },
    });
    expect(await pay(treasury, shop, 5n)).toMatchObject({ attempts: 1 });
    await settled(second.compliance.confirmRestriction({ ...confirmation, requestId: request('confirm') }));
    await expect(pay(treasury, shop, 5n)).rejects.toMatchObject({
        ...{ code: 'WALLET_FROZEN', details: { walletId: treasury, restrictionId, reason: 'court-order' } },
    });

    await pay(shop, treasury, 7n);
    expect(await regulator.wallet.balanceOf({ walletId: treasury, asset: powerCredit })).toMatchObject({ pending: 7n });
    await settled(second.compliance.liftRestriction({ requestId: request('lift'), restrictionId, holderId }));
    await pay(treasury, shop, 5n);
    const { rows } = await regulator.compliance.listRestrictions({ pageSize: 10, bookmark: '' });
    expect(rows).toMatchObject([{ state: 'lifted', restriction: { restrictionId, ended: { by: 'centralbank' } } }]);
    expect(await conservedSupply()).toMatchObject({ redeemed: 2_500n });
});

/** The supply as the regulator's peer counts it. */
async function conservedSupply(): Promise<ResultOf<'Asset:DescribeSupply'>> {
    const account = await regulator.asset.describeSupply({ asset: powerCredit });
    if (imbalance(account) !== 0n || account.issued !== 1_000_000n) throw new Error('money was not conserved');
    return account;
}

/** One payment after the other, each with the nonce after the last: the next is sent when all who endorse have seen it. */
async function payRepeatedly(
    payer: WalletId,
    untilHeight: (block: bigint) => Promise<void>,
): Promise<readonly Receipt[]> {
    const { rows } = await authority.wallet.listPending({
        ...{ walletId: payer, asset: powerCredit, pageSize: 1000, bookmark: '' },
    });
    const receipts: Receipt[] = [];
    for (let nonce = 1n; nonce <= paymentsEach; nonce++) {
        const facts = { asset: powerCredit, to: shop, amount: money(10n), memo: '', travelRule: null };
        const foldIds = nonce === 1n ? rows.map(({ creditId }) => creditId) : [];
        const payment = signedWith('Wallet:Transfer', payer, facts, nonce, foldIds);
        const committed = await authority.wallet.transfer(payment);
        receipts.push(committed);
        await untilHeight(committed.blockNumber);
    }
    return receipts;
}

/** One look for all payers at how far the endorsing peers are. */
function watchHeights(): { readonly heights: (block: bigint) => Promise<void>; readonly end: () => void } {
    const chains = ['authority', 'centralbank'].map((name) => network.open(name).chain);
    let [lowest, isWatching] = [0n, true];
    void (async () => {
        while (isWatching) {
            const infos = await Promise.all(chains.map((chain) => chain.chainInfo()));
            lowest = infos.map(({ height }) => height).reduce((least, height) => (height < least ? height : least));
            await sleep(20);
        }
    })();
    return {
        heights: async (block) => {
            while (lowest <= block) await sleep(10);
        },
        end: () => (isWatching = false),
    };
}

async function sweepWallet(walletId: WalletId): Promise<unknown> {
    const newRequestId = (): RequestId => request('sweep');
    const swept = await sweep(authority, { walletId, asset: powerCredit, newRequestId, onFold: () => undefined });
    await network.agreedChain();
    return swept;
}

/** One payment, settled before the next. */
async function pay(from: WalletId, to: WalletId, amount: bigint): Promise<Receipt> {
    const facts = { asset: powerCredit, to, amount: money(amount), memo: '', travelRule: null };
    return settled(authority.wallet.transfer(await signed('Wallet:Transfer', from, facts)));
}

function adminOf(organisation: string): Ledger {
    return network.ledger(organisation, undefined, 'admin');
}

async function open(walletId: WalletId, custodian: Ledger): Promise<void> {
    const key = newSigningKey();
    keys.set(walletId, key);
    await settled(custodian.wallet.open({ requestId: request('open'), walletId, type: 'personal', keys: keysOf(key) }));
}

function keysOf({ publicKey }: SigningKey): {
    readonly publicKeys: readonly Uint8Array[];
    readonly threshold: number;
    readonly postQuantumKey: null;
} {
    return { publicKeys: [publicKey], threshold: 1, postQuantumKey: null };
}

/** The next turn is looked up, as a wallet app does. */
async function signed<N extends IntentTransaction>(
    name: N,
    wallet: WalletId,
    facts: FactsOf<N>,
): Promise<ArgumentsOf<N>> {
    const turns = {
        pocket: async () => (await authority.wallet.balanceOf({ walletId: wallet, asset: powerCredit })).nonce + 1n,
        wallet: async () => (await authority.wallet.describe({ walletId: wallet })).changeCount + 1n,
        none: () => 0n,
    } as const;
    const nonce = await turns[intentShape(name)?.turn ?? 'none']();
    return signedWith(name, wallet, facts, nonce);
}

function signedWith<N extends IntentTransaction>(
    name: N,
    wallet: WalletId,
    facts: FactsOf<N>,
    nonce: bigint,
    foldIds: readonly CreditId[] = [],
): ArgumentsOf<N> {
    const terms = { wallet, requestId: request('intent'), channel: 'power', nonce, now: new Date(), foldIds };
    return signedRequest(name, facts, [keys.get(wallet)!], terms);
}

function secondsFromNow(seconds: bigint): never {
    return (BigInt(Math.floor(Date.now() / 1000)) + seconds) as never;
}

function request(name: string): RequestId {
    return `${name}-${String(++requestCount)}` as RequestId;
}

/** What was committed on every peer. */
async function settled<T>(submitted: Promise<Committed<T>>): Promise<T & Receipt> {
    const committed = await stage.settle(await submitted);
    return { ...committed, ...committed.result };
}
