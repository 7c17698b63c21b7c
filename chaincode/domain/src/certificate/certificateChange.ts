// SPDX-License-Identifier: Apache-2.0
import { type Decoded, integer, object, oneOf } from '../encoding/codec.js';
import { transactionId, walletId } from '../encoding/identifier.js';
import { instant } from '../encoding/quantityCodec.js';
import { bundleId } from './bundleId.js';
import { bundleStatus } from './certificateBundle.js';

const certificateAction = oneOf([
    'issue',
    'discharge',
    'split',
    'transfer',
    'reserve',
    'take',
    'release',
    'claim',
    'charge',
    'lock',
    'unlock',
    'withdraw',
    'reissue',
    'expire',
    'deliver',
    'redeem',
    'return',
]);
export type CertificateAction = Decoded<typeof certificateAction>;

/** One transaction in the life of a bundle, inserted by that transaction. */
export const certificateChange = object({
    certificateBundleId: bundleId,
    /** Its turn among those of the bundle and of the ones it was split from. */
    changeCount: integer(1, 2 ** 31),
    action: certificateAction,
    /** What it was afterwards, and whose. */
    certificateBundleStatus: bundleStatus,
    accountId: walletId,
    transactionId,
    at: instant,
});
export type CertificateChange = Decoded<typeof certificateChange>;
