// SPDX-License-Identifier: Apache-2.0
import type { BundleId, Ppm, StorageRecordId, WalletId } from '@power-currency/domain';
import { Certifying } from '../certifying.js';
import { type Scenario, sha256 } from '../scenario.js';

/** One hour of a plant is certified, and its watt-hours go every way there is. */
export async function tellCertificates(scenario: Scenario, friend: WalletId): Promise<void> {
    const certifying = await Certifying.of(scenario, 'story-sun');
    const { entity } = certifying;
    const whole = await certifying.bundle(10, 1_000n);
    const parts = await certifying.split(whole, 100n, 100n, 100n, 100n, 100n, 500n);
    const of = (index: number): readonly BundleId[] => parts.slice(index, index + 1);
    const [given, kept, locked, gone, claimed, stored] = [of(0), of(1), of(2), of(3), of(4), of(5)];
    await certifying.sign('Certificate:Transfer', entity, { bundleIds: given, to: friend });
    for (const isTaken of [false, true]) {
        const until = scenario.later(60n);
        await certifying.sign('Certificate:Reserve', entity, { bundleIds: kept, to: friend, until });
        if (isTaken) await certifying.sign('Certificate:Take', friend, { bundleIds: kept, from: entity });
        else await certifying.sign('Certificate:Release', friend, { bundleIds: kept });
    }
    for (const name of ['Certificate:Lock', 'Certificate:Unlock'] as const)
        await certifying.sign(name, entity, { bundleIds: locked });
    const destination = { registry: 'elsewhere', reference: 'GO-1' as never };
    await certifying.sign('Certificate:Withdraw', entity, { bundleIds: gone, destination });
    await certifying.reissue(gone, entity, { ...destination, reference: 'C-1' as never });
    const use = { beneficiary: 'Bakery', purpose: 'ovens' };
    await certifying.sign('Certificate:Claim', entity, { bundleIds: claimed, ...use });
    await store(certifying, stored);
    await scenario.mandate('story-expiry', { kind: 'parameter', name: 'certificateSecondsMax', value: '86400' });
    const bundleIds = [await certifying.bundle(11, 50n)];
    await scenario.submit(scenario.person('AuthorityMSP'), 'Certificate:Expire', { bundleIds });
}

/** A battery takes 500 Wh in and gives some back in the evening. */
async function store(certifying: Certifying, bundleIds: readonly BundleId[]): Promise<void> {
    const { scenario, entity, battery: facilityId } = certifying;
    const ids = { chargeId: 'noon' as StorageRecordId, dischargeId: 'evening' as StorageRecordId };
    await scenario.submit(scenario.person('CooperativeMSP', 'admin'), 'Storage:AttestEfficiency', {
        ...{ facilityId, storageEfficiencyFactor: 900_000n as Ppm, evidence: sha256(Buffer.from('test report')) },
    });
    await certifying.sign('Storage:Charge', entity, { facilityId, chargeId: ids.chargeId, bundleIds });
    await certifying.verified(19, 400n, facilityId);
    const wish = certifying.wish([19], 300n, facilityId);
    await certifying.sign('Storage:Discharge', entity, { ...wish, ...ids });
}
