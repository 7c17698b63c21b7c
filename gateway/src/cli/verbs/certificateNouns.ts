// SPDX-License-Identifier: Apache-2.0
import { type Noun, row } from './noun.js';

const ofHour = 'roof-1/2026-11-20T13:00Z/0-499';
const bundleColumns =
    'certificateBundleId bundleQuantity certificateBundleStatus accountId energySource expiryDatestamp';

const certificate: Noun = {
    noun: 'certificate',
    description: 'certify verified energy, pass it on, use it up',
    verbs: [
        row(
            ...(['issue', 'Certificate:Issue', 'wallet facilityId day'] as const),
            'greenfield roof-1 2026-11-20 --starts 2026-11-20T13:00Z --energy-wh 500 --key keys/greenfield.pem',
        ),
        row(
            ...(['split', 'Certificate:Split', 'wallet bundleId'] as const),
            `greenfield ${ofHour} --quantities 200 300 --key keys/greenfield.pem`,
        ),
        row(
            ...(['transfer', 'Certificate:Transfer', 'wallet to bundleIds'] as const),
            `greenfield bakery ${ofHour} --key keys/greenfield.pem`,
        ),
        row(
            ...(['reserve', 'Certificate:Reserve', 'wallet to bundleIds'] as const),
            `greenfield bakery ${ofHour} --until +48h --key keys/greenfield.pem`,
        ),
        row(
            ...(['take', 'Certificate:Take', 'wallet from bundleIds'] as const),
            `bakery greenfield ${ofHour} --key keys/bakery.pem`,
        ),
        row('release', 'Certificate:Release', 'wallet bundleIds', `bakery ${ofHour} --key keys/bakery.pem`),
        row(
            ...(['claim', 'Certificate:Claim', 'wallet beneficiary bundleIds'] as const),
            `bakery 'Bakery Smith' ${ofHour} --purpose 'ovens in November' --key keys/bakery.pem`,
        ),
        row('lock', 'Certificate:Lock', 'wallet bundleIds', `greenfield ${ofHour} --key keys/greenfield.pem`),
        row('unlock', 'Certificate:Unlock', 'wallet bundleIds', `greenfield ${ofHour} --key keys/greenfield.pem`),
        row(
            ...(['withdraw', 'Certificate:Withdraw', 'wallet registry reference bundleIds'] as const),
            `greenfield grexel GO-77 ${ofHour} --key keys/greenfield.pem`,
        ),
        row('reissue', 'Certificate:Reissue', 'to registry reference bundleIds', `greenfield grexel C-12 ${ofHour}`),
        row('expire', 'Certificate:Expire', 'bundleIds', ofHour),
        row('show', 'Certificate:Describe', 'bundleId', ofHour),
        row('interval', 'Certificate:DescribeInterval', 'facilityId start', 'roof-1 2026-11-20T13:00Z'),
        row('list', 'Certificate:ListHoldings', 'walletId', 'bakery --all', bundleColumns),
        row('of', 'Certificate:ListOfFacility', 'facilityId', 'roof-1 --all', bundleColumns),
    ],
};

const storage: Noun = {
    noun: 'storage',
    description: 'store certified energy and certify what comes back',
    verbs: [
        row(
            ...(['attest-efficiency', 'Storage:AttestEfficiency', 'facilityId storageEfficiencyFactor'] as const),
            'battery-1 0.880000 --evidence acceptance-test.pdf',
        ),
        row(
            ...(['charge', 'Storage:Charge', 'wallet facilityId chargeId bundleIds'] as const),
            `greenfield battery-1 noon ${ofHour} --key keys/greenfield.pem`,
        ),
        row(
            ...(['discharge', 'Storage:Discharge', 'wallet facilityId chargeId dischargeId day'] as const),
            'greenfield battery-1 noon evening 2026-11-20 --energy-wh 400 --key keys/greenfield.pem',
        ),
        row('show', 'Storage:DescribeCharge', 'facilityId chargeId', 'battery-1 noon'),
        row('charges', 'Storage:ListCharges', 'facilityId', 'battery-1 --all'),
        row('discharges', 'Storage:ListDischarges', 'facilityId', 'battery-1 --all'),
    ],
};

/** Certificates of energy, and the storage they pass through. */
export const certificateNouns: readonly Noun[] = [certificate, storage];
