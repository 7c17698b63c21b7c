// SPDX-License-Identifier: Apache-2.0
import type { FacilityId, WalletId } from '../encoding/identifier.js';
import type { EnergyWh } from '../energy/energy.js';
import type { IntervalStart } from '../time/meteringInterval.js';
import { bundleIdOf } from './bundleId.js';
import type { BundleStatus, CertificateBundle } from './certificateBundle.js';
import { lifeOfInterval } from './lifeOfInterval.js';

function bundle(first: bigint, last: bigint, certificateBundleStatus: BundleStatus = 'Active'): CertificateBundle {
    const place = { facilityId: 'plant' as FacilityId, start: '2026-11-20T13:00Z' as IntervalStart };
    const certificateBundleId = bundleIdOf({ ...place, first: first as EnergyWh, last: last as EnergyWh });
    return {
        ...{ certificateBundleId, issuanceId: certificateBundleId, deviceId: place.facilityId },
        ...{ productionStartingInterval: place.start, productionEndingInterval: '2026-11-20T14:00Z' as IntervalStart },
        certificateBundleIdRangeStart: first as EnergyWh,
        certificateBundleIdRangeEnd: last as EnergyWh,
        bundleQuantity: (last - first + 1n) as EnergyWh,
        ...{ energyCarrier: 'electricity', energySource: 'B16', isStorage: false, sdrAllocationId: null },
        ...{ storageEfficiencyFactor: null, issuanceDatestamp: 0n as never, expiryDatestamp: 1n as never },
        ...{ accountId: 'anna' as WalletId, certificateBundleStatus, changeCount: 1, parentId: null, splitInto: [] },
        ...{ beneficiary: null, claimPurpose: null, reservation: null, withdrawal: null, reissue: null },
    };
}

const life = (verifiedWh: bigint, allocatedWh: bigint, bundles: readonly CertificateBundle[]) =>
    lifeOfInterval({ verifiedWh: verifiedWh as EnergyWh, allocatedWh: allocatedWh as EnergyWh }, bundles);

describe('the life of an interval', () => {
    it('gives each watt-hour the state of the one bundle it is in, in whatever order they come', () => {
        const statuses = ['Expired', 'Withdrawn', 'Claimed', 'Locked', 'Reserved', 'Active'] as const;
        const parts = statuses.map((status, index) => bundle(BigInt(index) * 10n, BigInt(index) * 10n + 9n, status));
        expect(life(100n, 60n, [bundle(0n, 59n, 'Split'), ...parts.toReversed()])).toEqual({
            ...{ unallocated: 40n, certificate: 20n, backingCredits: 10n, claimed: 10n, withdrawn: 10n, expired: 10n },
        });
    });

    it('is that of unallocated energy where there are no bundles', () => {
        expect(life(7n, 0n, [])).toMatchObject({ unallocated: 7n, certificate: 0n });
    });

    it.each<[string, bigint, bigint, readonly CertificateBundle[]]>([
        ['is in two bundles', 100n, 20n, [bundle(0n, 10n), bundle(10n, 19n)]],
        ['is in a bundle and a part of it', 100n, 20n, [bundle(0n, 19n), bundle(0n, 9n)]],
        ['is in two bundles and another in none', 100n, 20n, [bundle(0n, 9n), bundle(0n, 4n), bundle(15n, 19n)]],
        ['lies between bundles', 100n, 20n, [bundle(0n, 8n), bundle(10n, 19n)]],
        ['is allocated to no bundle', 100n, 20n, [bundle(0n, 18n)]],
        ['is certified and not allocated', 100n, 20n, [bundle(0n, 20n)]],
        ['was split and is in no part', 100n, 20n, [bundle(0n, 19n, 'Split'), bundle(0n, 9n)]],
        ['is certified and was not verified', 19n, 20n, [bundle(0n, 19n)]],
        ['is counted and in no range', 100n, 20n, [{ ...bundle(0n, 19n), bundleQuantity: 21n as EnergyWh }]],
    ])('is refused as corrupt where a watt-hour %s', (_, verifiedWh, allocatedWh, bundles) => {
        expect(() => life(verifiedWh, allocatedWh, bundles)).toThrow('STATE_CORRUPT');
    });
});
