// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import type { BundleId, ParameterName, WalletId } from '@power-currency/domain';
import { Certifying } from '../testing/certifying.js';
import { expectRefusal } from '../testing/refusals.js';
import { restrict } from '../testing/restricting.js';

const [anna, bert, sunny] = ['anna', 'bert', 'sunny'] as WalletId[] as [WalletId, WalletId, WalletId];
let founded: Certifying;
let certifying: Certifying;

beforeAll(async () => {
    founded = await Certifying.founded(anna, bert);
});
// A plant and a battery for each test.
beforeEach(async () => {
    certifying = await founded.elsewhere();
});
afterAll(() => founded.scenario.close());

const statusOf = async (bundleId: BundleId) => (await certifying.describe(bundleId)).certificateBundleStatus;
const rule = async (name: ParameterName, value: string, proposalId = name.toLowerCase()) =>
    certifying.scenario.mandate(proposalId, { kind: 'parameter', name, value });

describe('a reservation', () => {
    const reserve = async (bundleId: BundleId, seconds = 3_600n) =>
        certifying.sign('Certificate:Reserve', sunny, {
            bundleIds: [bundleId],
            to: anna,
            until: certifying.scenario.later(seconds),
        });
    const take = async (bundleId: BundleId, by = anna, from = sunny) =>
        certifying.sign('Certificate:Take', by, { bundleIds: [bundleId], from });
    const release = async (bundleId: BundleId, by: WalletId) =>
        certifying.sign('Certificate:Release', by, { bundleIds: [bundleId] });

    it('keeps a bundle for one wallet, which takes it in time', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await reserve(bundleId);
        await expectRefusal(certifying.transfer([bundleId], bert), 'CERTIFICATE_STATUS_MISMATCH', {
            status: 'Reserved',
        });
        await expectRefusal(certifying.claim([bundleId]), 'CERTIFICATE_STATUS_MISMATCH');
        await expectRefusal(take(bundleId, bert), 'CERTIFICATE_NOT_YOURS', { walletId: bert });
        await expectRefusal(take(bundleId, anna, bert), 'CERTIFICATE_NOT_YOURS', { walletId: bert });
        await expectRefusal(certifying.split(bundleId, 1n, 499n), 'CERTIFICATE_STATUS_MISMATCH');
        await take(bundleId);
        await expect(certifying.describe(bundleId)).resolves.toMatchObject({ reservation: null });
        await expect(certifying.holdings(anna)).resolves.toEqual([bundleId]);
        await expectRefusal(take(bundleId), 'CERTIFICATE_NOT_YOURS');
    });

    it('ends at its time: then the owner has the bundle back, and nobody else takes it', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await reserve(bundleId);
        await expectRefusal(release(bundleId, sunny), 'CERTIFICATE_RESERVATION_OPEN');
        await expectRefusal(release(bundleId, bert), 'CERTIFICATE_NOT_YOURS');
        certifying.scenario.ledger.time += 3_600n;
        await expectRefusal(take(bundleId), 'CERTIFICATE_RESERVATION_ENDED');
        await release(bundleId, sunny);
        await expect(statusOf(bundleId)).resolves.toBe('Active');
    });

    it('can be given up by whom it is for', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await expectRefusal(release(bundleId, sunny), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Active' });
        await reserve(bundleId);
        await release(bundleId, anna);
        await expect(certifying.claim([bundleId])).resolves.toMatchObject({ certificateBundleStatus: 'Claimed' });
    });

    it('lasts thirty days at most', async () => {
        const reserved = reserve(await certifying.bundle(10, 500n), 2_592_000n);
        await expect(reserved).resolves.toMatchObject({ certificateBundleStatus: 'Reserved' });
    });

    it('is for another wallet that there is', async () => {
        const bundleIds = [await certifying.bundle(10, 500n)];
        const until = certifying.scenario.later(600n);
        const forOneself = certifying.sign('Certificate:Reserve', sunny, { bundleIds, to: sunny, until });
        await expectRefusal(forOneself, 'TRANSFER_TO_SELF');
        const forNobody = certifying.sign('Certificate:Reserve', sunny, { bundleIds, to: 'nobody' as never, until });
        await expectRefusal(forNobody, 'WALLET_NOT_FOUND');
    });

    it.each([0n, -1n, 2_592_001n])('does not end in %s seconds', async (seconds) => {
        const bundleId = await certifying.bundle(10, 500n);
        await expectRefusal(reserve(bundleId, seconds), 'CERTIFICATE_RESERVATION_INVALID');
    });

    describe('on a ledger of its own', () => {
        beforeEach(async () => {
            certifying = await Certifying.founded(anna);
        });
        afterEach(() => certifying.scenario.close());

        it('is not taken into a closed wallet', async () => {
            const bundleId = await certifying.bundle(10, 500n);
            await reserve(bundleId);
            await certifying.close(anna);
            await expectRefusal(take(bundleId), 'WALLET_CLOSED');
        });

        it('is no way past a freeze [V50]', async () => {
            const bundleId = await certifying.bundle(10, 500n);
            await reserve(bundleId);
            await restrict(certifying.scenario, 'freeze-wallet', sunny);
            await expectRefusal(take(bundleId), 'WALLET_FROZEN');
        });
    });
});

describe('time', () => {
    beforeEach(async () => {
        certifying = await Certifying.founded(anna);
    });
    afterEach(() => certifying.scenario.close());

    const expire = async (...bundleIds: readonly BundleId[]) =>
        certifying.scenario.submit(certifying.scenario.person('AuthorityMSP'), 'Certificate:Expire', { bundleIds });

    it('ends bundles that nobody used', async () => {
        await rule('certificateSecondsMax', '86400');
        const [bundleId, other] = [await certifying.bundle(8, 500n), await certifying.bundle(9, 20n)];
        await expectRefusal(expire(bundleId), 'CERTIFICATE_NOT_EXPIRED', { expiresAt: '1800003600' });
        certifying.scenario.ledger.time = 1_800_003_600n;
        await expectRefusal(certifying.claim([bundleId]), 'CERTIFICATE_EXPIRED');
        await expectRefusal(certifying.transfer([bundleId], anna), 'CERTIFICATE_EXPIRED');
        await expectRefusal(expire(bundleId, other), 'CERTIFICATE_NOT_EXPIRED', { bundleId: other });
        await expect(expire(bundleId)).resolves.toEqual({ bundleIds: [bundleId], energyWh: 500n });
        await expectRefusal(expire(bundleId), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Expired' });
        await expectRefusal(expire(other, other), 'CERTIFICATE_REPEATED');
    });

    it('ends bundles that were promised, and none that are locked', async () => {
        await rule('certificateSecondsMax', '86400');
        const [promised, locked] = [await certifying.bundle(8, 500n), await certifying.bundle(9, 20n)];
        const until = certifying.scenario.later(604_800n);
        await certifying.sign('Certificate:Reserve', sunny, { bundleIds: [promised], to: anna, until });
        await certifying.sign('Certificate:Lock', sunny, { bundleIds: [locked] });
        certifying.scenario.ledger.time += 86_400n;
        const taken = certifying.sign('Certificate:Take', anna, { bundleIds: [promised], from: sunny });
        await expectRefusal(taken, 'CERTIFICATE_EXPIRED');
        await expire(promised);
        const expired = { certificateBundleStatus: 'Expired', reservation: null };
        await expect(certifying.describe(promised)).resolves.toMatchObject(expired);
        await expectRefusal(expire(locked), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Locked' });
        await certifying.sign('Certificate:Unlock', sunny, { bundleIds: [locked] });
        await expectRefusal(certifying.claim([locked]), 'CERTIFICATE_EXPIRED');
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
        await expectRefusal(certifying.claim([bundleId]), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Withdrawn' });
        await reissue(bundleId);
        const reissued = { registry: 'grexel', reference: 'C-1' };
        const back = { certificateBundleStatus: 'Active', accountId: anna, withdrawal: null, reissue: reissued };
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
            certifying.scenario.submit(certifying.scenario.person('AuthorityMSP', 'admin'), 'Certificate:Reissue', {
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
        await expectRefusal(certifying.claim([bundleId]), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Locked' });
        const [part, rest] = (await certifying.split(bundleId, 100n, 400n)) as [BundleId, BundleId];
        await unlock(part);
        await expect(statusOf(rest)).resolves.toBe('Locked');
        await expectRefusal(unlock(part), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Active' });
        await certifying.claim([part]);
    });

    describe('on a ledger of its own', () => {
        beforeEach(async () => {
            certifying = await Certifying.founded(anna);
        });
        afterEach(() => certifying.scenario.close());

        it('keeps covering the credits in circulation where the contracted reserve is the gate (Q33)', async () => {
            const [most, least] = [await certifying.bundle(10, 20_000_000n), await certifying.bundle(11, 1_000_000n)];
            await lock(most, least);
            await certifying.scenario.attestDay('2026-11-19', 10n ** 12n);
            // 1000 credits of 1.50 euros: at 90 euros a MWh, 1.1 times that is 18.33 MWh.
            await certifying.scenario.fund('2026-11-19', 1_000_000_000n, anna);
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
});
