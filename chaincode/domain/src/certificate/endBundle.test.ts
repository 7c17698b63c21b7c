// SPDX-License-Identifier: Apache-2.0
import type { RedemptionId } from '../encoding/identifier.js';
import type { CertificateBundle } from './certificateBundle.js';
import { redeemBundle, returnBundle } from './endBundle.js';

const heat = 'heat' as RedemptionId;
const keptFor = (redemptionId: string): CertificateBundle =>
    ({ certificateBundleStatus: 'Reserved', reservation: { kind: 'redemption', redemptionId } }) as CertificateBundle;
const use = { beneficiary: 'anna', purpose: 'redemption heat' };

it('a delivery ends for bundles that were kept for it', () => {
    expect(redeemBundle(keptFor('heat'), heat, use)).toMatchObject({ certificateBundleStatus: 'Claimed' });
    expect(returnBundle(keptFor('heat'), heat)).toMatchObject({ certificateBundleStatus: 'Active', reservation: null });
});

it.each([keptFor('light'), { certificateBundleStatus: 'Active', reservation: null } as CertificateBundle])(
    'a redemption that names a bundle kept for nobody, or another, is corrupt',
    (bundle) => {
        expect(() => redeemBundle(bundle, heat, use)).toThrow('STATE_CORRUPT');
        expect(() => returnBundle(bundle, heat)).toThrow('STATE_CORRUPT');
    },
);
