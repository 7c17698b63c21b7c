// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import type { BundleId, ParameterName, Ppm, StorageRecordId, WalletId } from '@power-currency/domain';
import { bundleOf, Certifying, hourOf } from '../testing/certifying.js';
import { facilityOf } from '../testing/energySteps.js';
import { expectRefusal } from '../testing/refusals.js';
import { sha256 } from '../testing/scenario.js';

const sunny = 'sunny' as WalletId;
let founded: Certifying;
let certifying: Certifying;

beforeAll(async () => {
    founded = await Certifying.founded();
});
// A plant and a battery for each test.
beforeEach(async () => {
    certifying = await founded.elsewhere();
});
afterAll(() => founded.scenario.close());

const noon = 'noon' as StorageRecordId;
const attest = async (factor: bigint, mspId = 'CooperativeMSP', facilityId = certifying.battery) =>
    certifying.scenario.submit(certifying.scenario.person(mspId, 'admin'), 'Storage:AttestEfficiency', {
        ...{ facilityId, storageEfficiencyFactor: factor as Ppm, evidence: sha256(Buffer.from('report')) },
    });
const charge = async (bundleIds: readonly BundleId[], chargeId = noon, facilityId = certifying.battery) =>
    certifying.sign('Storage:Charge', sunny, { facilityId, chargeId, bundleIds });
const discharge = async (name: string, hours: readonly number[], energyWh: bigint | null = null, chargeId = noon) =>
    certifying.sign('Storage:Discharge', sunny, {
        ...certifying.wish(hours, energyWh, certifying.battery),
        ...{ chargeId, dischargeId: name as StorageRecordId },
    });
const rule = async (name: ParameterName, value: string) =>
    certifying.scenario.mandate(`set-${name.toLowerCase()}`, { kind: 'parameter', name, value });

describe('the efficiency of storage', () => {
    it('is attested by the member that registered the facility, within bounds [V44]', async () => {
        await expectRefusal(attest(900_000n, 'AuthorityMSP'), 'FACILITY_NOT_OWNED');
        await expectRefusal(attest(980_001n), 'STORAGE_EFFICIENCY_INVALID', { most: '0.980000' });
        await expectRefusal(attest(299_999n), 'STORAGE_EFFICIENCY_INVALID', { least: '0.300000' });
        await expectRefusal(attest(900_000n, 'CooperativeMSP', certifying.plant), 'FACILITY_TYPE_MISMATCH');
        await expect(attest(980_000n)).resolves.toMatchObject({ attestedBy: 'cooperative' });
    });

    it('is needed before anything is stored', async () => {
        const bundleIds = [await certifying.bundle(10, 500n)];
        await expectRefusal(charge(bundleIds), 'STORAGE_EFFICIENCY_MISSING');
    });

    it('holds within the bounds of when something is stored', async () => {
        certifying = await Certifying.founded();
        await attest(900_000n);
        await rule('storageEfficiencyMax', '0.850000');
        const stored = charge([await certifying.bundle(10, 500n)]);
        await expectRefusal(stored, 'STORAGE_EFFICIENCY_INVALID', { most: '0.850000' });
        certifying.scenario.close();
    });
});

describe('a charge', () => {
    beforeEach(() => attest(900_000n));

    it('uses certificates up for the storage, and says what can come back, rounded down', async () => {
        const bundleIds = [await certifying.bundle(10, 501n), await certifying.bundle(11, 110n)];
        await expect(charge(bundleIds)).resolves.toMatchObject({
            ...{ chargedWh: 611n, dischargeableWh: 549n, dischargedWh: 0n, energySource: 'B16' },
            producedUntil: hourOf(12),
        });
        const used = { certificateBundleStatus: 'Claimed', beneficiary: certifying.battery };
        for (const bundleId of bundleIds) await expect(certifying.describe(bundleId)).resolves.toMatchObject(used);
        await expectRefusal(charge(bundleIds, 'again' as never), 'CERTIFICATE_STATUS_MISMATCH', { status: 'Claimed' });
        await expectRefusal(charge(bundleIds), 'STORAGE_RECORD_EXISTS', { recordId: 'noon' });
    });

    it('is of certificates of its own entity and of one source, each once [V26 V44]', async () => {
        const bundleId = await certifying.bundle(10, 500n);
        await expectRefusal(charge([bundleId, bundleId]), 'CERTIFICATE_REPEATED');
        const wind = { carrier: 'B19' } as const;
        const { facilityId } = await facilityOf(certifying.scenario, 'sunny' as never, 'sunny-wind', wind);
        await certifying.verified(10, 70n, facilityId);
        const other = certifying.wish([10], null, facilityId);
        const { bundleIds } = await certifying.sign('Certificate:Issue', sunny, other);
        await expectRefusal(charge([bundleId, ...bundleIds]), 'STORAGE_SOURCES_MIXED', { sources: ['B16', 'B19'] });
        await certifying.scenario.openWallet('anna');
        await certifying.sign('Certificate:Transfer', sunny, { bundleIds: [bundleId], to: 'anna' as WalletId });
        await expectRefusal(charge([bundleId]), 'CERTIFICATE_NOT_YOURS');
        const theirs = { facilityId: certifying.battery, chargeId: noon, bundleIds: [bundleId] };
        await expectRefusal(certifying.sign('Storage:Charge', 'anna' as WalletId, theirs), 'FACILITY_NOT_YOURS');
        await expectRefusal(charge(bundleIds, noon, certifying.plant), 'FACILITY_TYPE_MISMATCH');
    });
});

describe('a discharge', () => {
    beforeEach(async () => {
        await attest(900_000n);
        await charge([await certifying.bundle(10, 500n)]);
        for (const hour of [10, 11, 18, 19]) await certifying.verified(hour, 400n, certifying.battery);
    });

    it('certifies verified energy by the source of what was stored', async () => {
        const issued = [bundleOf(certifying.battery, 18, '0-199'), bundleOf(certifying.battery, 19, '0-199')];
        const record = { bundleIds: issued, dischargedWh: 400n, scrAllocationId: 'noon', accountId: 'sunny' };
        await expect(discharge('evening', [18, 19], 200n)).resolves.toMatchObject(record);
        await expect(certifying.describe(issued[0]!)).resolves.toMatchObject({
            ...{ isStorage: true, sdrAllocationId: 'evening', storageEfficiencyFactor: 900_000n, energySource: 'B16' },
            ...{ certificateBundleStatus: 'Active', accountId: 'sunny' },
        });
    });

    it('gives back no more than was stored, less what storage loses [V63]', async () => {
        await discharge('first', [18], 400n);
        await expectRefusal(discharge('second', [19], 51n), 'STORAGE_CHARGE_EXCEEDED', {
            wanted: '51',
            remaining: '50',
        });
        await discharge('second', [19], 50n);
        await expectRefusal(discharge('third', [19], 1n), 'STORAGE_CHARGE_EXCEEDED', { remaining: '0' });
        const reader = certifying.scenario.person('RegulatorMSP');
        const query = { facilityId: certifying.battery, chargeId: noon };
        const described = certifying.scenario.ledger.evaluate(reader, 'Storage:DescribeCharge', query);
        await expect(described).resolves.toMatchObject({ dischargeableWh: 450n, dischargedWh: 450n });
        const page = { facilityId: certifying.battery, pageSize: 9, bookmark: '' };
        const { rows } = await certifying.scenario.ledger.evaluate(reader, 'Storage:ListDischarges', page);
        expect(rows.map(({ sdrAllocationId }) => sdrAllocationId)).toEqual(['first', 'second']);
        await expect(certifying.scenario.ledger.evaluate(reader, 'Storage:ListCharges', page)).resolves.toMatchObject({
            rows: [{ scrAllocationId: 'noon', deviceId: certifying.battery }],
        });
    });

    it('is of energy that was verified, later than it was made, and under an id of its own', async () => {
        await expectRefusal(discharge('early', [10]), 'STORAGE_DISCHARGE_TOO_EARLY', { producedUntil: hourOf(11) });
        await discharge('soon', [11], 1n);
        await expectRefusal(discharge('none', [20]), 'ENERGY_NOT_VERIFIED');
        await expectRefusal(discharge('more', [18], 401n), 'ENERGY_ALLOCATED');
        const ofPlant = { ...certifying.wish([10], null), chargeId: noon, dischargeId: 'plant' as StorageRecordId };
        await expectRefusal(certifying.sign('Storage:Discharge', sunny, ofPlant), 'FACILITY_TYPE_MISMATCH');
        await expectRefusal(discharge('lost', [18], 1n, 'never' as never), 'STORAGE_CHARGE_NOT_FOUND');
        await discharge('evening', [18], 1n);
        await expectRefusal(discharge('evening', [18], 1n), 'STORAGE_RECORD_EXISTS');
    });
});
