// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import type { BundleId, WalletId } from '@power-currency/domain';
import { bundleOf, Certifying } from '../testing/certifying.js';
import { Scenario } from '../testing/index.js';
import { Redeeming } from '../testing/redeeming.js';
import { expectRefusal } from '../testing/refusals.js';
import { restrict } from '../testing/restricting.js';

const day = '2026-11-19';
const anna = 'anna' as WalletId;
// At 1.50 euros a credit and 90 euros a MWh, 0.06 credits are 1,000 Wh.
const [amount, promisedWh] = [60_000n, 1_000n];
let scenario: Scenario;
let certifying: Certifying;
let redeeming: Redeeming;

beforeEach(async () => {
    scenario = await Scenario.founded();
    await scenario.openWallet(anna);
    await scenario.attestDay(day, 338_385_500_000n);
    await scenario.fund(day, 1_000_000n, anna);
    certifying = await Certifying.of(scenario);
    redeeming = await Redeeming.between(scenario, anna);
});
afterEach(() => scenario.close());

/** A bundle of the provider's. */
async function provided(hour: number, energyWh: bigint): Promise<BundleId> {
    const bundleId = await certifying.bundle(hour, energyWh);
    const { entity } = certifying;
    await certifying.sign('Certificate:Transfer', entity, { bundleIds: [bundleId], to: redeeming.provider });
    return bundleId;
}

async function issued(service: 'energy' | 'service' = 'energy'): Promise<void> {
    const { quote } = await redeeming.request('heat', amount, { service });
    expect(quote.energyWh).toBe(service === 'energy' ? promisedWh : 0n);
    await redeeming.issue('heat');
}

const deliver = async (...certificates: readonly BundleId[]) => redeeming.deliver('heat', { certificates });
const stateOf = async (bundleId: BundleId) => {
    const { certificateBundleStatus, beneficiary, accountId } = await certifying.describe(bundleId);
    return [certificateBundleStatus, beneficiary, accountId];
};

describe('a delivery of energy', () => {
    it('names certificates of exactly the Wh that were promised, and keeps them for the redemption', async () => {
        const [most, rest] = [await provided(10, 900n), await provided(11, 100n)];
        await issued();
        await expect(deliver(most, rest)).resolves.toMatchObject({ delivery: { certificates: [most, rest] } });
        await expect(stateOf(most)).resolves.toEqual(['Reserved', null, redeeming.provider]);
        const { provider } = redeeming;
        const use = { bundleIds: [most], beneficiary: 'Bakery', purpose: '' };
        await expectRefusal(certifying.sign('Certificate:Claim', provider, use), 'CERTIFICATE_STATUS_MISMATCH');
        const given = certifying.sign('Certificate:Take', anna, { bundleIds: [most], from: provider });
        await expectRefusal(given, 'CERTIFICATE_IN_DELIVERY');
        const released = certifying.sign('Certificate:Release', provider, { bundleIds: [most] });
        await expectRefusal(released, 'CERTIFICATE_IN_DELIVERY');
    });

    it.each([
        ['fewer', 999n],
        ['more', 1_001n],
    ])('is refused for %s Wh', async (_, energyWh) => {
        const bundleId = await provided(10, energyWh);
        await issued();
        const mismatch = { energyWh: '1000', certifiedWh: energyWh.toString() };
        await expectRefusal(deliver(bundleId), 'DELIVERY_ENERGY_MISMATCH', mismatch);
        await expectRefusal(deliver(), 'DELIVERY_ENERGY_MISMATCH', { certifiedWh: '0' });
    });

    it("takes the provider's own usable certificates, each once [V26 V44]", async () => {
        const [half, foreign] = [await provided(10, 500n), await certifying.bundle(11, 1_000n)];
        await issued();
        await expectRefusal(deliver(half, half), 'CERTIFICATE_REPEATED');
        await expectRefusal(deliver(foreign), 'CERTIFICATE_NOT_YOURS');
        await expectRefusal(deliver(bundleOf('sunny-plant', 12, '0-999')), 'CERTIFICATE_NOT_FOUND');
        const many = Array.from({ length: 25 }, (_, index) => bundleOf('sunny-plant', 10, `0-${String(index)}`));
        await expectRefusal(deliver(...many), 'INVALID_ARGUMENT', { field: 'intent.certificates' });
    });

    it('does not count twice: certificates of one delivery are in no other', async () => {
        const bundleId = await provided(10, promisedWh);
        await issued();
        await deliver(bundleId);
        await redeeming.request('light', amount, { service: 'energy' });
        await redeeming.issue('light');
        const again = redeeming.deliver('light', { certificates: [bundleId] });
        await expectRefusal(again, 'CERTIFICATE_STATUS_MISMATCH', { status: 'Reserved' });
    });

    it('is refused for certificates that have expired', async () => {
        await scenario.mandate('expiry', { kind: 'parameter', name: 'certificateSecondsMax', value: '86400' });
        const bundleId = await provided(10, promisedWh);
        await issued();
        scenario.ledger.time += 86_400n;
        await expectRefusal(deliver(bundleId), 'CERTIFICATE_EXPIRED');
    });

    it('is no way past a freeze [V50]', async () => {
        const bundleId = await provided(10, promisedWh);
        await issued();
        await restrict(certifying.scenario, 'freeze-wallet', redeeming.provider);
        await expectRefusal(deliver(bundleId), 'WALLET_FROZEN');
    });
});

describe('the end of a delivery of energy', () => {
    let bundleId: BundleId;

    beforeEach(async () => {
        bundleId = await provided(10, promisedWh);
        await issued();
        await deliver(bundleId);
    });

    const claimed = ['Claimed', 'anna', 'utility.vouchers'];

    it('uses its certificates for the holder when it is accepted', async () => {
        await redeeming.accept('heat');
        await expect(stateOf(bundleId)).resolves.toEqual(claimed);
        await expect(certifying.describe(bundleId)).resolves.toMatchObject({ claimPurpose: 'redemption heat' });
        const { changes } = await certifying.life(10);
        expect(changes.map(({ action }) => action)).toEqual(['issue', 'transfer', 'deliver', 'redeem']);
    });

    it('uses them when nobody disputes it, however old they are by then', async () => {
        scenario.ledger.time += 63_072_000n;
        await redeeming.settle('heat');
        await expect(stateOf(bundleId)).resolves.toEqual(claimed);
    });

    it('uses them when a dispute ends for the provider', async () => {
        await redeeming.dispute('heat');
        await redeeming.resolve('heat', 'provider');
        await expect(stateOf(bundleId)).resolves.toEqual(claimed);
    });

    it('gives them back to the provider when a dispute ends for the holder', async () => {
        await redeeming.dispute('heat');
        await redeeming.resolve('heat', 'holder');
        await expect(stateOf(bundleId)).resolves.toEqual(['Active', null, 'utility.vouchers']);
        await expect(certifying.holdings(redeeming.provider)).resolves.toEqual([bundleId]);
    });

    it('comes before they can expire', async () => {
        scenario.ledger.time += 63_072_000n;
        const bundleIds = [bundleId];
        const expired = scenario.submit(scenario.person('AuthorityMSP'), 'Certificate:Expire', { bundleIds });
        await expectRefusal(expired, 'CERTIFICATE_IN_DELIVERY');
    });
});

it('a service is delivered without certificates', async () => {
    const bundleId = await provided(10, promisedWh);
    await issued('service');
    await expectRefusal(deliver(bundleId), 'DELIVERY_ENERGY_MISMATCH', { energyWh: '0', certifiedWh: '1000' });
    await expect(deliver()).resolves.toMatchObject({ state: 'claimed', delivery: { certificates: [] } });
});
