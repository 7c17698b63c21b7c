// SPDX-License-Identifier: Apache-2.0
import {
    encodeArguments,
    type HolderId,
    type ParameterName,
    type VerifyHolderIntent,
    verifyHolderIntent,
    type WalletId,
} from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';
import { newHolder, sha256 } from '../testing/scenario.js';

const day = '2026-11-19';
const anna = 'anna' as WalletId;
let scenario: Scenario;
let verifier: WalletId;

beforeEach(async () => {
    scenario = await Scenario.founded();
    await scenario.openWallet(anna);
    verifier = await scenario.entity('verifier', 'verifier');
});
afterEach(() => {
    scenario.close();
});

const holder = async (holderId: string) =>
    scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Compliance:DescribeHolder', {
        holderId: holderId as HolderId,
    });
const intentOf = (change: Partial<VerifyHolderIntent> = {}): VerifyHolderIntent => ({
    ...{ ...scenario.intentFields(verifier, 0n), type: 'power/verify-holder', subject: 'anna' as HolderId, tier: 2 },
    ...{ digest: sha256(Buffer.from('salt and passport')), validUntil: scenario.later(1_000n), ...change },
});
const verify = async (change: Partial<VerifyHolderIntent> = {}, signers?: Parameters<Scenario['signed']>[2]) =>
    scenario.ledger.submit(
        scenario.person('CooperativeMSP'),
        'Compliance:VerifyHolder',
        scenario.signed(verifyHolderIntent, intentOf(change), signers),
    );
const govern = async (name: ParameterName, value: string) =>
    scenario.mandate(`set-${name.toLowerCase()}`, { kind: 'parameter', name, value });

describe('a holder', () => {
    it('comes with the first wallet, unknown, and is bound to its custodian', async () => {
        await expect(holder('anna')).resolves.toEqual({
            holder: { holderId: 'anna', custodian: 'cooperative', verification: null },
            tier: 0,
        });
    });

    it('gets no wallet from anyone but its custodian [V44]', async () => {
        await expectRefusal(scenario.openWallet('anna.x', 'AuthorityMSP'), 'HOLDER_NOT_CUSTODIAN', {
            ...{ holderId: 'anna', custodian: 'cooperative' },
        });
        await expect(scenario.openWallet('anna.savings')).resolves.toBe('anna.savings');
    });

    it('with the id of a member is that member, even before its first wallet [V42]', async () => {
        await expectRefusal(scenario.openWallet('centralbank.x', 'CooperativeMSP'), 'HOLDER_NOT_CUSTODIAN', {
            custodian: 'centralbank',
        });
        await scenario.openWallet('centralbank.x', 'CentralBankMSP');
        await expect(holder('centralbank')).resolves.toMatchObject({ tier: 3, holder: { verification: null } });
    });

    it('is refused by name where there is none, and listed where there is', async () => {
        await expectRefusal(holder('nobody'), 'HOLDER_NOT_FOUND');
        const query = { pageSize: 10, bookmark: '' };
        const { rows } = await scenario.ledger.evaluate(
            scenario.person('RegulatorMSP'),
            'Compliance:ListHolders',
            query,
        );
        expect(rows.map(({ holderId }) => holderId)).toEqual(['anna', 'verifier']);
    });
});

describe('VerifyHolder', () => {
    it('gives a tier that ends by itself', async () => {
        await verify();
        await expect(holder('anna')).resolves.toMatchObject({ tier: 2, holder: { verification: { tier: 2 } } });
        scenario.ledger.time += 999n;
        await expect(holder('anna')).resolves.toMatchObject({ tier: 2 });
        scenario.ledger.time += 1n;
        await expect(holder('anna')).resolves.toMatchObject({ tier: 0 });
    });

    it('can be taken back by the next one', async () => {
        await verify();
        await verify({ tier: 0 });
        await expect(holder('anna')).resolves.toMatchObject({ tier: 0 });
    });

    it.each<[string, Partial<VerifyHolderIntent>, Parameters<typeof expectRefusal>[1]]>([
        ['a turn it does not keep', { nonce: 1n as never, subject: 'verifier' as HolderId }, 'NONCE_MISMATCH'],
        ['itself', { subject: 'verifier' as HolderId }, 'VERIFIER_IS_SUBJECT'],
        ['nobody', { subject: 'nobody' as HolderId }, 'HOLDER_NOT_FOUND'],
        ['an end that has passed', { validUntil: 1_800_000_000n as never }, 'VERIFICATION_EXPIRY_INVALID'],
        ['an end beyond five years', { validUntil: 1_957_680_001n as never }, 'VERIFICATION_EXPIRY_INVALID'],
        ['an unknown tier', { tier: 4 }, 'INVALID_ARGUMENT'],
    ])('refuses %s', async (_name, change, code) => {
        expect(scenario.ledger.time).toBe(1_800_000_000n);
        await expectRefusal(verify(change), code);
    });

    it('accepts the last moment of five years', async () => {
        await expect(verify({ validUntil: 1_957_680_000n as never })).resolves.toMatchObject({ holderId: 'anna' });
    });

    it('refuses whoever has no credential, or has one no longer', async () => {
        await expectRefusal(verify({ wallet: anna, subject: 'verifier' as HolderId }), 'CREDENTIAL_MISSING');
        const held = { holderId: 'verifier' as HolderId, kind: 'verifier' as const, reason: 'audit failed' };
        await scenario.submit(scenario.person('CooperativeMSP', 'admin'), 'Registry:RevokeCredential', held);
        await expectRefusal(verify(), 'CREDENTIAL_REVOKED');
    });

    it("refuses a signature that is not the verifier's [V51]", async () => {
        await expectRefusal(verify({}, [newHolder()]), 'INTENT_KEY_UNKNOWN');
    });

    it('played again changes nothing, even after another verification [V81]', async () => {
        const signed = scenario.signed(verifyHolderIntent, intentOf({ tier: 3 }));
        const submit = async () =>
            scenario.ledger.submit(scenario.person('AuthorityMSP'), 'Compliance:VerifyHolder', signed);
        const first = await submit();
        await verify({ tier: 1 });
        await expect(submit()).resolves.toEqual(first);
        await expect(holder('anna')).resolves.toMatchObject({ tier: 1 });
    });
});

describe('a type of wallet', () => {
    it('is opened for holders known well enough', async () => {
        const open = async () => scenario.openWallet('anna.city', 'CooperativeMSP', 'sovereign');
        await expectRefusal(open(), 'TIER_TOO_LOW', { holderId: 'anna', tier: 0, tierMin: 3 });
        await scenario.verify('anna', 2);
        await expectRefusal(open(), 'TIER_TOO_LOW', { tier: 2 });
        await scenario.verify('anna', 3);
        await expect(open()).resolves.toBe('anna.city');
    });
});

describe('limits', () => {
    const savings = 'anna.savings' as WalletId;
    const pay = async (from: WalletId, amount: bigint, nonce: bigint) =>
        scenario.ledger.submit(
            scenario.person('CooperativeMSP'),
            'Wallet:Transfer',
            scenario.signedIntent(scenario.intent({ from, to: verifier, amount, nonce })),
        );
    const counters = async () => [...(await scenario.ledger.state()).keys()].filter((key) => key.startsWith('spent~'));

    beforeEach(async () => {
        await scenario.openWallet(savings);
        await scenario.attestDay(day, 10n ** 12n);
        for (const wallet of [anna, savings]) await scenario.fund(day, 1_000n, wallet);
        await govern('tier0TransactionMax', '100');
        await govern('tier0DailyMax', '150');
    });

    it('are those of the holder: its wallets together keep to the day', async () => {
        await expectRefusal(pay(anna, 101n, 1n), 'TRANSACTION_LIMIT_EXCEEDED', { tier: 0, limit: '100' });
        await pay(anna, 100n, 1n);
        await expectRefusal(pay(savings, 51n, 1n), 'DAILY_LIMIT_EXCEEDED', { spent: '100', limit: '150' });
        await pay(savings, 50n, 1n);
        await expectRefusal(pay(anna, 1n, 2n), 'DAILY_LIMIT_EXCEEDED', { spent: '150' });
        scenario.ledger.time += 86_400n;
        await expect(pay(anna, 100n, 2n)).resolves.toMatchObject({ available: 800n });
    });

    it('grow with the tier, and shrink when the verification expires', async () => {
        await scenario.verify('anna', 1);
        await expect(pay(anna, 101n, 1n)).resolves.toMatchObject({ available: 899n });
        scenario.ledger.time += 31_536_000n;
        await expectRefusal(pay(anna, 101n, 2n), 'TRANSACTION_LIMIT_EXCEEDED', { tier: 0 });
    });

    it('are counted for limited holders alone, so that others pay from many wallets at once [V27]', async () => {
        const endorse = async (from: WalletId, nonce: bigint) => {
            const signed = scenario.signedIntent(scenario.intent({ from, to: verifier, amount: 1n, nonce }));
            const argument = encodeArguments('Wallet:Transfer', signed);
            const identity = scenario.person('CooperativeMSP');
            return scenario.ledger.endorse({ identity, transaction: 'Wallet:Transfer', argument });
        };
        const both = async (nonce: bigint) => {
            const transactions = [await endorse(anna, nonce), await endorse(savings, nonce)];
            return (await scenario.ledger.commit(transactions)).map(({ code }) => code);
        };
        await scenario.verify('anna', 3);
        await expect(both(1n)).resolves.toEqual(['VALID', 'VALID']);
        await expect(counters()).resolves.toEqual([]);
        await scenario.verify('anna', 1);
        await expect(both(2n)).resolves.toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        await expect(counters()).resolves.toEqual(['spent~PC~anna']);
    });
});
