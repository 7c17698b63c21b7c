// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import type { BundleId, ParameterName, WalletId } from '@power-currency/domain';
import { bundleOf, Certifying, hourOf } from '../testing/certifying.js';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';

const [anna, bert] = ['anna', 'bert'] as WalletId[] as [WalletId, WalletId];
let scenario: Scenario;
let certifying: Certifying;
let sunny: WalletId;

beforeEach(async () => {
    scenario = await Scenario.founded();
    await scenario.openWallet(anna);
    await scenario.openWallet(bert);
    certifying = await Certifying.of(scenario);
    sunny = certifying.entity;
});
afterEach(() => scenario.close());

const plantBundle = (hour: number, range: string) => bundleOf('sunny-plant', hour, range);
const statusOf = async (bundleId: BundleId) => (await certifying.describe(bundleId)).certificateBundleStatus;
const give = async (bundleIds: readonly BundleId[], to: WalletId, from = sunny) =>
    certifying.sign('Certificate:Transfer', from, { bundleIds, to });
const claim = async (bundleIds: readonly BundleId[], by = sunny) =>
    certifying.sign('Certificate:Claim', by, { bundleIds, beneficiary: 'Bakery', purpose: 'ovens' });
const rule = async (name: ParameterName, value: string, proposalId = name.toLowerCase()) =>
    scenario.mandate(proposalId, { kind: 'parameter', name, value });

describe('a reservation', () => {
    const reserve = async (bundleId: BundleId, seconds = 3_600n) =>
        certifying.sign('Certificate:Reserve', sunny, {
            bundleIds: [bundleId],
            to: anna,
            until: scenario.later(seconds),
        });
    const take = async (bundleId: BundleId, by = anna, from = sunny) =>
        certifying.sign('Certificate:Take', by, { bundleIds: [bundleId], from });
    const release = async (bundleId: BundleId, by: WalletId) =>
        certifying.sign('Certificate:Release', by, { bundleIds: [bundleId] });

    it('keeps a bundle for one wallet, which takes it in time', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await reserve(bundleId);
        await expectRefusal(give([bundleId], bert), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Reserved' });
        await expectRefusal(claim([bundleId]), 'CERTIFICATE_STATUS_MISMATCH');
        await expectRefusal(take(bundleId, bert), 'CERTIFICATE_NOT_YOURS', { walletId: bert });
        await expectRefusal(take(bundleId, anna, bert), 'CERTIFICATE_NOT_YOURS', { walletId: bert });
        await take(bundleId);
        await expect(certifying.holdings(anna)).resolves.toEqual([bundleId]);
        await expectRefusal(take(bundleId), 'CERTIFICATE_NOT_YOURS');
    });

    it('ends at its time: then the owner has the bundle back, and nobody else takes it', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await reserve(bundleId);
        await expectRefusal(release(bundleId, sunny), 'CERTIFICATE_RESERVATION_OPEN');
        await expectRefusal(release(bundleId, bert), 'CERTIFICATE_NOT_YOURS');
        scenario.ledger.time += 3_600n;
        await expectRefusal(take(bundleId), 'CERTIFICATE_RESERVATION_ENDED');
        await release(bundleId, sunny);
        await expect(statusOf(bundleId)).resolves.toBe('Active');
    });

    it('is not taken into a closed wallet', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await reserve(bundleId);
        await certifying.close(anna);
        await expectRefusal(take(bundleId), 'WALLET_CLOSED');
    });

    it('can be given up by whom it is for', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await reserve(bundleId);
        await release(bundleId, anna);
        await expect(claim([bundleId])).resolves.toMatchObject({ certificateBundleStatus: 'Claimed' });
    });

    it.each([0n, -1n, 2_592_001n])('does not end in %s seconds', async (seconds) => {
        const bundleId = await certifying.bundle(10, 500n);
        await expectRefusal(reserve(bundleId, seconds), 'CERTIFICATE_RESERVATION_INVALID');
    });

    it('is no way past a freeze [V50]', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await reserve(bundleId);
        await certifying.freeze(sunny);
        await expectRefusal(take(bundleId), 'WALLET_FROZEN');
    });
});

describe('time', () => {
    const expire = async (...bundleIds: readonly BundleId[]) =>
        scenario.submit(scenario.person('AuthorityMSP'), 'Certificate:Expire', { bundleIds });

    it('ends bundles that nobody used', async () => {
        await rule('certificateSecondsMax', '86400');
        const [bundleId, other] = [await certifying.bundle(8, 500n), await certifying.bundle(9, 20n)];
        await expectRefusal(expire(bundleId), 'CERTIFICATE_NOT_EXPIRED', { expiresAt: '1800003600' });
        scenario.ledger.time = 1_800_003_600n;
        await expectRefusal(claim([bundleId]), 'CERTIFICATE_EXPIRED');
        await expectRefusal(give([bundleId], anna), 'CERTIFICATE_EXPIRED');
        await expectRefusal(expire(bundleId, other), 'CERTIFICATE_NOT_EXPIRED', { bundleId: other });
        await expect(expire(bundleId)).resolves.toEqual({ bundleIds: [bundleId], energyWh: 500n });
        await expectRefusal(expire(bundleId), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Expired' });
        await expectRefusal(expire(other, other), 'CERTIFICATE_REPEATED');
    });
});

describe('another registry', () => {
    const away = { registry: 'grexel', reference: 'GO-1' as never };
    const withdraw = async (bundleId: BundleId) =>
        certifying.sign('Certificate:Withdraw', sunny, { bundleIds: [bundleId], destination: away });

    const reissue = async (bundleId: BundleId, reference = 'C-1', registry = 'grexel') =>
        certifying.reissue([bundleId], anna, { registry, reference: reference as never });

    it('takes bundles over, and gives them back under its cancellation, which counts once', async () => {
        const [bundleId, other] = [await certifying.bundle(10, 500n), await certifying.bundle(11, 500n)];
        await withdraw(bundleId);
        await expect(certifying.describe(bundleId)).resolves.toMatchObject({ withdrawal: away });
        await expectRefusal(claim([bundleId]), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Withdrawn' });
        await reissue(bundleId);
        const back = { certificateBundleStatus: 'Active', accountId: anna, withdrawal: null };
        await expect(certifying.describe(bundleId)).resolves.toMatchObject(back);
        await expect(certifying.holdings(anna)).resolves.toEqual([bundleId]);
        await withdraw(other);
        await expectRefusal(reissue(other), 'CANCELLATION_USED', { registry: 'grexel', reference: 'C-1' });
        await reissue(other, 'C-2');
    });

    it('gives back only what it took, and to an open wallet', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await expectRefusal(reissue(bundleId), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Active' });
        await withdraw(bundleId);
        await expectRefusal(reissue(bundleId, 'C-1', 'evident'), 'CERTIFICATE_REGISTRY_MISMATCH', {
            registry: 'evident',
        });
    });

    it('is believed by two organisations or not at all [V46]', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await withdraw(bundleId);
        await expectRefusal(
            scenario.submit(scenario.person('AuthorityMSP', 'admin'), 'Certificate:Reissue', {
                ...{ bundleIds: [bundleId], to: anna, cancellation: away },
            }),
            'APPROVAL_NOT_FOUND',
        );
    });
});

describe('backing', () => {
    const lock = async (...bundleIds: readonly BundleId[]) => certifying.sign('Certificate:Lock', sunny, { bundleIds });
    const unlock = async (...bundleIds: readonly BundleId[]) =>
        certifying.sign('Certificate:Unlock', sunny, { bundleIds });

    it('locks bundles until they are unlocked; a locked one can be divided', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await lock(bundleId);
        await expect(certifying.life(10)).resolves.toMatchObject({ states: { backingCredits: 500n, certificate: 0n } });
        await expectRefusal(claim([bundleId]), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Locked' });
        const [part, rest] = (await certifying.split(bundleId, 100n, 400n)) as [BundleId, BundleId];
        await unlock(part);
        await expect(statusOf(rest)).resolves.toBe('Locked');
        await expectRefusal(unlock(part), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Active' });
        await claim([part]);
    });

    it('keeps covering the credits in circulation where the contracted reserve is the gate (Q33)', async () => {
        const [most, least] = [await certifying.bundle(10, 20_000_000n), await certifying.bundle(11, 1_000_000n)];
        await lock(most, least);
        await scenario.attestDay('2026-11-19', 10n ** 12n);
        // 1000 credits of 1.50 euros: at 90 euros a MWh, 1.1 times that is 18.33 MWh.
        await scenario.fund('2026-11-19', 1_000_000_000n, anna);
        await unlock(least);
        await rule('contractedGate', '1');
        const needed = { lockedWh: '20000000', wanted: '20000000', supply: '1000000000' };
        await expectRefusal(unlock(most), 'RESERVE_NEEDED', needed);
        await lock(least);
        await unlock(least);
        await rule('contractedGate', '0', 'back');
        await unlock(most);
    });
});

describe('the life of an interval', () => {
    it('tells where each watt-hour is, and which transactions made it so', async () => {
        await certifying.verified(10, 1_000n);
        await certifying.issue([10], 900n);
        const [a, b, c] = (await certifying.split(plantBundle(10, '0-899'), 100n, 200n, 600n)) as [
            BundleId,
            BundleId,
            BundleId,
        ];
        await claim([a]);
        await give([b], anna);
        const { energy, states, bundles, changes } = await certifying.life(10);
        expect(energy).toMatchObject({ verifiedWh: 1_000n, allocatedWh: 900n });
        expect(states).toEqual({
            ...{ unallocated: 100n, certificate: 800n, backingCredits: 0n, claimed: 100n, withdrawn: 0n, expired: 0n },
        });
        expect(bundles.map(({ certificateBundleId: id, accountId }) => [id, accountId])).toEqual([
            ...[
                [a, sunny],
                [plantBundle(10, '0-899'), sunny],
                [b, anna],
                [c, sunny],
            ],
        ]);
        expect(changes.map(({ certificateBundleId: id, action }) => [id, action])).toEqual([
            ...[
                [a, 'split'],
                [a, 'claim'],
            ],
            ...[
                [plantBundle(10, '0-899'), 'issue'],
                [plantBundle(10, '0-899'), 'split'],
            ],
            ...[
                [b, 'split'],
                [b, 'transfer'],
                [c, 'split'],
            ],
        ]);
        expect(new Set(changes.map(({ transactionId }) => transactionId)).size).toBe(4);
    });

    it('is not told of an interval that nobody verified', async () => {
        await expectRefusal(certifying.life(10), 'ENERGY_NOT_VERIFIED', { start: hourOf(10) });
    });

    it('pages the bundles of a facility in order of time', async () => {
        for (const hour of [9, 10, 11]) await certifying.bundle(hour, 100n);
        const query = { facilityId: certifying.plant, pageSize: 2, bookmark: '' };
        const reader = scenario.person('RegulatorMSP');
        const first = await scenario.ledger.evaluate(reader, 'Certificate:ListOfFacility', query);
        const rest = await scenario.ledger.evaluate(reader, 'Certificate:ListOfFacility', {
            ...query,
            bookmark: first.bookmark,
        });
        const ids = [...first.rows, ...rest.rows].map(({ certificateBundleId }) => certificateBundleId);
        expect(ids).toEqual([9, 10, 11].map((hour) => plantBundle(hour, '0-99')));
    });
});
