// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import type { BundleId, WalletId } from '@power-currency/domain';
import { certifiedDay, Certifying, hourOf } from '../testing/certifying.js';
import { activeEntity, facilityOf } from '../testing/energySteps.js';
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

describe('issuing', () => {
    it('makes one bundle of each interval that has unallocated energy, shaped like those of EnergyTag', async () => {
        await certifying.verified(9, 0n);
        await certifying.verified(10, 500n);
        await certifying.verified(12, 300n);
        await expect(certifying.issue()).resolves.toEqual([certifying.idOf(10, '0-499'), certifying.idOf(12, '0-299')]);
        const issuedAt = certifying.scenario.ledger.time;
        await expect(certifying.describe(certifying.idOf(10, '0-499'))).resolves.toMatchObject({
            ...{ issuanceId: certifying.idOf(10, '0-499'), deviceId: certifying.plant, accountId: 'sunny' },
            ...{ productionStartingInterval: hourOf(10), productionEndingInterval: hourOf(11) },
            ...{ certificateBundleIdRangeStart: 0n, certificateBundleIdRangeEnd: 499n, bundleQuantity: 500n },
            ...{ energyCarrier: 'electricity', energySource: 'B16', isStorage: false, sdrAllocationId: null },
            ...{ certificateBundleStatus: 'Active', issuanceDatestamp: issuedAt },
            // The end of production, 2027-01-14T11:00Z, and two years.
            expiryDatestamp: 1_799_924_400n + 63_072_000n,
        });
    });

    it('goes on from the watt-hour after the last that is certified', async () => {
        await certifying.verified(10, 500n);
        await certifying.issue([10], 200n);
        await expect(certifying.issue([10], 100n)).resolves.toEqual([certifying.idOf(10, '200-299')]);
        await expect(certifying.issue()).resolves.toEqual([certifying.idOf(10, '300-499')]);
        await expectRefusal(certifying.issue([10], 1n), 'ENERGY_ALLOCATED', { unallocated: '0' });
    });

    it('certifies no more than is verified, and nothing that is not', async () => {
        await certifying.verified(10, 500n);
        await expectRefusal(certifying.issue([10], 501n), 'ENERGY_ALLOCATED', { unallocated: '500', wanted: '501' });
        await expectRefusal(certifying.issue([11]), 'ENERGY_NOT_VERIFIED', { start: hourOf(11) });
        await certifying.verified(11, 0n);
        await expectRefusal(certifying.issue([11]), 'ENERGY_ALLOCATED');
        await certifying.issue();
        await expectRefusal(certifying.issue(), 'ENERGY_NOT_VERIFIED', { start: certifiedDay });
    });

    it('certifies an interval once, however often it is named [V26]', async () => {
        await certifying.verified(10, 500n);
        await expectRefusal(certifying.issue([10, 10], 100n), 'INTERVAL_REPEATED');
    });

    it("refuses intervals that are none of the meter's on the day", async () => {
        const starts = ['2027-01-14T10:15Z', '2027-01-13T10:00Z'] as never[];
        for (const start of starts) {
            const wish = { ...certifying.wish([], null), starts: [start] };
            await expectRefusal(certifying.sign('Certificate:Issue', sunny, wish), 'INTERVAL_NOT_OF_DAY');
        }
    });
});

describe('a bundle', () => {
    it('is divided into parts that know where they come from', async () => {
        const whole = await certifying.bundle(10, 500n);
        const parts = await certifying.split(whole, 100n, 150n, 250n);
        expect(parts).toEqual([
            certifying.idOf(10, '0-99'),
            certifying.idOf(10, '100-249'),
            certifying.idOf(10, '250-499'),
        ]);
        await expect(certifying.describe(whole)).resolves.toMatchObject({
            certificateBundleStatus: 'Split',
            splitInto: parts,
        });
        const part = { parentId: whole, issuanceId: whole, bundleQuantity: 150n, certificateBundleStatus: 'Active' };
        await expect(certifying.describe(certifying.idOf(10, '100-249'))).resolves.toMatchObject(part);
        await expect(certifying.holdings(sunny)).resolves.toEqual(parts);
    });

    it.each([
        ['too little', [100n, 399n]],
        ['too much', [100n, 401n]],
        ['one part too much', [500n, 1n]],
    ])('is not divided into %s [V63]', async (_, quantities) => {
        const whole = await certifying.bundle(10, 500n);
        await expectRefusal(certifying.split(whole, ...quantities), 'CERTIFICATE_SPLIT_INVALID');
    });

    it.each([[[500n]], [[0n, 500n]], [[-1n, 501n]]])('is not divided into %s', async (quantities) => {
        const whole = await certifying.bundle(10, 500n);
        await expectRefusal(certifying.split(whole, ...quantities), 'INVALID_ARGUMENT');
    });

    it('belongs to whom it was given', async () => {
        const [first, second] = [await certifying.bundle(10, 500n), await certifying.bundle(11, 40n)];
        const receipt = { bundleIds: [first, second], energyWh: 540n, accountId: anna };
        await expect(certifying.transfer([first, second], anna)).resolves.toMatchObject(receipt);
        await expect(certifying.holdings(anna)).resolves.toEqual([first, second]);
        await expect(certifying.holdings(sunny)).resolves.toEqual([]);
        await expectRefusal(certifying.transfer([first], bert), 'CERTIFICATE_NOT_YOURS', { walletId: sunny });
        await certifying.transfer([first], sunny, anna);
        await expect(certifying.holdings(sunny)).resolves.toEqual([first]);
    });

    it('is claimed once, for good', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await expectRefusal(certifying.claim([bundleId], anna), 'CERTIFICATE_NOT_YOURS');
        await certifying.claim([bundleId]);
        const claimed = { certificateBundleStatus: 'Claimed', beneficiary: 'Bakery', claimPurpose: 'ovens' };
        await expect(certifying.describe(bundleId)).resolves.toMatchObject(claimed);
        await expect(certifying.holdings(sunny)).resolves.toEqual([]);
        for (const act of [
            certifying.claim([bundleId]),
            certifying.transfer([bundleId], anna),
            certifying.split(bundleId, 1n, 499n),
        ])
            await expectRefusal(act, 'CERTIFICATE_STATUS_MISMATCH', { status: 'Claimed' });
    });

    it('is moved under nonce 0 alone: money has the numbers', async () => {
        const bundleIds = [await certifying.bundle(10, 500n)];
        const numbered = certifying.sign(
            'Certificate:Transfer',
            sunny,
            { bundleIds, to: anna },
            { nonce: 1n as never },
        );
        await expectRefusal(numbered, 'NONCE_MISMATCH');
    });

    it('counts once in a list, and only if it is there [V26 V30]', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await expectRefusal(certifying.claim([bundleId, bundleId]), 'CERTIFICATE_REPEATED', { bundleId });
        // Parts of a bundle are nobody's before it was split, and it is nobody's afterwards.
        await expectRefusal(certifying.claim([certifying.idOf(10, '0-99')]), 'CERTIFICATE_NOT_FOUND');
        const [part] = await certifying.split(bundleId, 100n, 400n);
        await expectRefusal(certifying.claim([bundleId]), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Split' });
        await certifying.claim([part!]);
        await expectRefusal(certifying.claim([certifying.idOf(10, '50-149')]), 'CERTIFICATE_NOT_FOUND');
    });

    it.each(['sunny-plant', 'sunny-plant/2027-01-14T10:00Z/5-4', 'sunny-plant/2027-01-14T10:07Z/0-9', 'a/b/0-1', ''])(
        'is not named %j',
        async (name) => {
            await expectRefusal(certifying.claim([name as BundleId]), 'INVALID_ARGUMENT', {
                field: 'intent.bundleIds[0]',
            });
        },
    );

    it('is one of at most 64 in a transaction [V67]', async () => {
        const ids = Array.from({ length: 65 }, (_, index) => certifying.idOf(10, `${String(index)}-${String(index)}`));
        await expectRefusal(certifying.claim(ids), 'INVALID_ARGUMENT', { field: 'intent.bundleIds' });
        await expectRefusal(certifying.claim([]), 'INVALID_ARGUMENT', { field: 'intent.bundleIds' });
        await certifying.bundle(10, 64n);
        await certifying.split(certifying.idOf(10, '0-63'), ...Array.from({ length: 64 }, () => 1n));
        await expect(certifying.claim(ids.slice(0, 64))).resolves.toMatchObject({ energyWh: 64n });
    });
});

describe('where holders change,', () => {
    beforeEach(async () => {
        certifying = await Certifying.founded(anna);
    });
    afterEach(() => certifying.scenario.close());

    it("issuing is the entity's alone, while it counts [V44 V51]", async () => {
        await certifying.verified(10, 500n);
        const wish = certifying.wish([10], null);
        await expectRefusal(certifying.sign('Certificate:Issue', anna, wish), 'FACILITY_NOT_YOURS');
        const nowhere = { ...wish, facilityId: 'nowhere' as never };
        await expectRefusal(certifying.sign('Certificate:Issue', sunny, nowhere), 'FACILITY_NOT_FOUND');
        const delegate = certifying.scenario.person('CooperativeMSP', 'admin');
        const reason = 'audit open';
        await certifying.scenario.submit(delegate, 'EnergyRegistry:SuspendEntity', {
            entityId: sunny as never,
            reason,
        });
        await expectRefusal(certifying.issue([10]), 'ENTITY_NOT_ACTIVE', { obstacle: 'suspended' });
    });

    it('issuing is for plants: storage gives back what others made, an aggregate counts what others count', async () => {
        const nation = await activeEntity(certifying.scenario, 'nl', 'nation');
        const { facilityId } = await facilityOf(certifying.scenario, nation, 'nl-all', { type: 'aggregate' });
        await certifying.verified(10, 500n, facilityId);
        const all = certifying.wish([10], null, facilityId);
        const refusal = { type: 'aggregate', expected: 'generation' };
        await expectRefusal(
            certifying.sign('Certificate:Issue', nation as never, all),
            'FACILITY_TYPE_MISMATCH',
            refusal,
        );
        await certifying.verified(10, 500n, certifying.battery);
        const stored = certifying.wish([10], null, certifying.battery);
        await expectRefusal(certifying.sign('Certificate:Issue', sunny, stored), 'FACILITY_TYPE_MISMATCH');
    });

    it('a bundle is not given to oneself, to nobody, or to a wallet that is closed', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await expectRefusal(certifying.transfer([bundleId], sunny), 'TRANSFER_TO_SELF');
        await expectRefusal(certifying.transfer([bundleId], 'nobody' as WalletId), 'WALLET_NOT_FOUND');
        await certifying.close(anna);
        await expectRefusal(certifying.transfer([bundleId], anna), 'WALLET_CLOSED');
        await certifying.verified(11, 5n);
        await certifying.close(sunny);
        await expectRefusal(certifying.issue([11]), 'WALLET_CLOSED');
    });

    it('a bundle cannot be moved by a holder that is under a freeze [V50]', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await restrict(certifying.scenario, 'freeze-wallet', sunny);
        await expectRefusal(certifying.transfer([bundleId], anna), 'WALLET_FROZEN');
        await expectRefusal(certifying.claim([bundleId]), 'WALLET_FROZEN');
    });

    it('a bundle does not reach a holder under sanctions, on any way [V50]', async () => {
        const bundleIds = [await certifying.bundle(10, 500n)];
        const until = certifying.scenario.later(600n);
        await restrict(certifying.scenario, 'sanction', anna);
        await expectRefusal(certifying.transfer(bundleIds, anna), 'SANCTIONED');
        const reserved = certifying.sign('Certificate:Reserve', sunny, { bundleIds, to: anna, until });
        await expectRefusal(reserved, 'SANCTIONED');
        const away = { registry: 'grexel', reference: 'GO-1' as never };
        await certifying.sign('Certificate:Withdraw', sunny, { bundleIds, destination: away });
        await expectRefusal(certifying.reissue(bundleIds, anna, away), 'SANCTIONED');
    });
});
