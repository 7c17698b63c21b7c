// SPDX-License-Identifier: Apache-2.0
import {
    approveRecoveryIntent,
    type Authorisation,
    closeWalletIntent,
    intentBytes,
    powerCredit,
    type Quantity,
    type RecoveryId,
    rotateKeysIntent,
    setGuardiansIntent,
    transferIntent,
    vetoRecoveryIntent,
    type WalletId,
    type WalletKeys,
} from '@power-currency/domain';
import { generateKeyPairSync, sign } from 'node:crypto';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';
import { type Holder, keysOf, newHolder } from '../testing/scenario.js';

const day = '2026-11-19';
const recoveryId = 'phone-lost' as RecoveryId;
let scenario: Scenario;
let [anna, bert]: WalletId[] = [];
const guardians = ['g1', 'g2.home', 'g3'] as WalletId[];

beforeEach(async () => {
    scenario = await Scenario.founded();
    anna = await scenario.openWallet('anna');
    bert = await scenario.openWallet('bert');
    await scenario.attestDay(day, 338_385_500_000n);
    await scenario.fund(day, 1_000n, anna);
});
afterEach(() => {
    scenario.close();
});

const client = () => scenario.person('AuthorityMSP');
const intentTo = (amount: bigint, nonce: bigint) => scenario.intent({ from: anna!, to: bert!, amount, nonce });
const pay = async (nonce: bigint, holders?: readonly Holder[]) =>
    scenario.ledger.submit(client(), 'Wallet:Transfer', {
        ...scenario.signed(transferIntent, intentTo(10n, nonce), holders),
        foldIds: [],
    });
const rotate = async (keys: WalletKeys, nonce = 1n, holders?: readonly Holder[]) =>
    scenario.ledger.submit(
        client(),
        'WalletKeys:Rotate',
        scenario.signed(
            rotateKeysIntent,
            { ...scenario.intentFields(anna!, nonce), type: 'power/rotate-keys', keys },
            holders,
        ),
    );
const balance = async () =>
    scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Wallet:BalanceOf', {
        ...{ walletId: anna!, asset: powerCredit },
    });

describe('rotated keys', () => {
    it('sign from now on, the old ones no more, and no funds have moved', async () => {
        const [old, next] = [scenario.holderOf(anna!), newHolder()];
        await rotate(keysOf(next));
        await expectRefusal(pay(1n, [old]), 'INTENT_KEY_UNKNOWN');
        await expect(pay(1n, [next])).resolves.toMatchObject({ available: 990n });
    });

    it('are refused out of turn: an old rotation cannot be played back [V81]', async () => {
        await expectRefusal(rotate(keysOf(newHolder()), 2n), 'NONCE_MISMATCH', { expected: '1' });
        await expectRefusal(rotate(keysOf(newHolder()), 0n), 'NONCE_MISMATCH', { expected: '1' });
    });

    it.each<[string, (holder: Holder) => Partial<WalletKeys>, Parameters<typeof expectRefusal>[1]]>([
        ['named twice', ({ publicKey }) => ({ publicKeys: [publicKey, publicKey] }), 'KEY_REPEATED'],
        ['fewer than have to sign', () => ({ threshold: 2 }), 'KEYS_TOO_FEW'],
        ['of small order', () => ({ publicKeys: [new Uint8Array(32)] }), 'KEY_SMALL_ORDER'],
    ])('are refused when %s', async (_name, change, code) => {
        const holder = newHolder();
        await expectRefusal(rotate({ ...keysOf(holder), ...change(holder) }), code);
    });
});

describe('a wallet of several keys', () => {
    const [first, second, third] = [newHolder(), newHolder(), newHolder()];
    beforeEach(async () => {
        await rotate({ ...keysOf(first, second, third), threshold: 2 });
    });

    it('spends on the signatures of enough of them', async () => {
        await expect(pay(1n, [third, first])).resolves.toMatchObject({ available: 990n });
    });

    it('refuses one key signing for two, and too few [V84]', async () => {
        await expectRefusal(pay(1n, [first, first]), 'INTENT_SIGNATURE_REPEATED');
        await expectRefusal(pay(1n, [first]), 'INTENT_SIGNATURES_INSUFFICIENT', { signatures: 1, required: 2 });
    });

    it("refuses a stranger's signature even beside enough good ones [V84]", async () => {
        await expectRefusal(pay(1n, [first, second, newHolder()]), 'INTENT_KEY_UNKNOWN');
    });
});

describe('a wallet with an ML-DSA-65 key', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ml-dsa-65');
    const postQuantumKey = publicKey.export({ type: 'spki', format: 'der' }).subarray(-1952);
    const payWith = async (postQuantum: Authorisation['postQuantum']) => {
        const signed = scenario.signed(transferIntent, intentTo(10n, 1n));
        const authorisation = { ...signed.authorisation, postQuantum };
        return scenario.ledger.submit(client(), 'Wallet:Transfer', { ...signed, authorisation, foldIds: [] });
    };
    const messageOf = () => Buffer.from('another message');

    it('spends on both signatures, and not on the Ed25519 one alone [V51]', async () => {
        await rotate({ ...keysOf(scenario.holderOf(anna!)), postQuantumKey });
        await expectRefusal(payWith(null), 'INTENT_POST_QUANTUM_INVALID', { isKeyRegistered: true });
        await expectRefusal(payWith(sign(null, messageOf(), privateKey)), 'INTENT_POST_QUANTUM_INVALID');
        const { intent, authorisation } = scenario.signed(transferIntent, intentTo(10n, 1n));
        const postQuantum = sign(null, intentBytes(transferIntent, intent), privateKey);
        const paid = scenario.ledger.submit(client(), 'Wallet:Transfer', {
            ...{ intent, authorisation: { ...authorisation, postQuantum }, foldIds: [] },
        });
        await expect(paid).resolves.toMatchObject({ available: 990n });
    });

    it('is the only one to accept such a signature', async () => {
        const refused = payWith(sign(null, messageOf(), privateKey));
        await expectRefusal(refused, 'INTENT_POST_QUANTUM_INVALID', { isKeyRegistered: false });
    });
});

describe('recovery', () => {
    const keys = keysOf(newHolder());
    const setGuardians = async (
        walletIds: readonly WalletId[],
        threshold: number,
        nonce = 1n,
        delaySeconds: bigint | null = null,
    ) =>
        scenario.ledger.submit(
            client(),
            'WalletKeys:SetGuardians',
            scenario.signed(setGuardiansIntent, {
                ...{ ...scenario.intentFields(anna!, nonce), type: 'power/set-guardians' },
                guardians: { walletIds, threshold, delaySeconds: delaySeconds as Quantity<'count'> | null },
            }),
        );
    const approve = async (guardian: WalletId, change: { keys?: WalletKeys; id?: RecoveryId; nonce?: bigint } = {}) =>
        scenario.ledger.submit(
            client(),
            'WalletKeys:ApproveRecovery',
            scenario.signed(approveRecoveryIntent, {
                ...{ ...scenario.intentFields(guardian, change.nonce ?? 0n), type: 'power/approve-recovery' },
                ...{ subject: anna!, recoveryId: change.id ?? recoveryId, keys: change.keys ?? keys },
            }),
        );
    const veto = async () =>
        scenario.ledger.submit(
            client(),
            'WalletKeys:VetoRecovery',
            scenario.signed(vetoRecoveryIntent, {
                ...{ ...scenario.intentFields(anna!, 0n), type: 'power/veto-recovery', recoveryId },
            }),
        );
    const complete = async () =>
        scenario.submit(client(), 'WalletKeys:CompleteRecovery', { walletId: anna!, recoveryId });

    beforeEach(async () => {
        for (const guardian of guardians) await scenario.openWallet(guardian);
        await setGuardians(guardians, 2);
    });

    it('gives the wallet new keys after enough approvals and the delay, and moves no funds', async () => {
        await approve(guardians[0]!);
        await expectRefusal(complete(), 'RECOVERY_NOT_READY', { readyAt: null });
        const readyAt = scenario.ledger.time + 172_800n;
        await expect(approve(guardians[2]!)).resolves.toMatchObject({ state: 'waiting', readyAt });
        scenario.ledger.time += 172_799n;
        await expectRefusal(complete(), 'RECOVERY_NOT_READY', { readyAt: readyAt.toString() });
        scenario.ledger.time += 1n;
        await expect(complete()).resolves.toMatchObject({ keys: { publicKeys: keys.publicKeys } });
        await expect(balance()).resolves.toMatchObject({ available: 1_000n });
        await expectRefusal(pay(1n), 'INTENT_KEY_UNKNOWN');
    });

    it('waits as long as the holder said, where it did, and never more than thirty days', async () => {
        await setGuardians(guardians, 1, 2n, 60n);
        await expect(approve(guardians[0]!)).resolves.toMatchObject({ readyAt: scenario.ledger.time + 60n });
        await expectRefusal(setGuardians(guardians, 1, 3n, 2_592_001n), 'GUARDIANS_INVALID');
    });

    it('ends when the old key vetoes it', async () => {
        await approve(guardians[0]!);
        await approve(guardians[1]!);
        await expect(veto()).resolves.toMatchObject({ state: 'vetoed' });
        scenario.ledger.time += 172_800n;
        await expectRefusal(complete(), 'RECOVERY_ENDED', { state: 'vetoed' });
        await expectRefusal(approve(guardians[2]!), 'RECOVERY_ENDED');
        await expectRefusal(veto(), 'RECOVERY_ENDED');
    });

    it('is stale once the wallet was changed by its holder', async () => {
        await approve(guardians[0]!);
        await setGuardians(guardians, 3, 2n);
        await expectRefusal(approve(guardians[1]!), 'RECOVERY_STALE');
    });

    it('happens once', async () => {
        await approve(guardians[0]!);
        await approve(guardians[1]!);
        scenario.ledger.time += 172_800n;
        await complete();
        await expectRefusal(complete(), 'RECOVERY_ENDED', { state: 'completed' });
    });

    it('counts each guardian once, and only for the keys the first one named [V84]', async () => {
        await approve(guardians[0]!);
        await expectRefusal(approve(guardians[0]!), 'RECOVERY_APPROVED_ALREADY');
        await expectRefusal(approve(guardians[1]!, { keys: keysOf(newHolder()) }), 'RECOVERY_KEYS_DIFFER');
    });

    it('is for guardians alone [V44]', async () => {
        await expectRefusal(approve(bert!), 'GUARDIAN_NOT_NAMED', { guardian: 'bert' });
        await expectRefusal(approve(guardians[0]!, { nonce: 1n }), 'NONCE_MISMATCH', { expected: '0' });
        await expectRefusal(veto(), 'RECOVERY_NOT_FOUND');
        await expectRefusal(complete(), 'RECOVERY_NOT_FOUND');
    });

    it.each<[string, string[], number]>([
        ['two of one holder', ['g1', 'g1.other'], 2],
        ["the wallet's own holder", ['anna.spare', 'g1'], 1],
        ['fewer than have to agree', ['g1'], 2],
    ])('refuses guardians that are %s', async (_name, walletIds, threshold) => {
        await expectRefusal(setGuardians(walletIds as WalletId[], threshold, 2n), 'GUARDIANS_INVALID');
    });
});

describe('a closed wallet', () => {
    const close = async (nonce = 1n) =>
        scenario.ledger.submit(
            client(),
            'Wallet:Close',
            scenario.signed(closeWalletIntent, {
                ...{ ...scenario.intentFields(anna!, nonce), type: 'power/close-wallet' },
            }),
        );

    it('takes no more money, and pays out what it holds [V50]', async () => {
        await close();
        const back = scenario.intent({ from: bert!, to: anna!, amount: 1n, nonce: 1n });
        const payment = scenario.ledger.submit(client(), 'Wallet:Transfer', scenario.signedIntent(back));
        await expectRefusal(payment, 'WALLET_CLOSED', { walletId: 'anna' });
        await expectRefusal(scenario.mint(day, 1n, anna!), 'WALLET_CLOSED');
        await expect(pay(1n)).resolves.toMatchObject({ available: 990n });
    });

    it('is closed once', async () => {
        await close();
        await expectRefusal(close(2n), 'WALLET_CLOSED');
    });
});
