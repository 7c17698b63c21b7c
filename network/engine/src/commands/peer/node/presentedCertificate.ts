// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from 'node:crypto';
import type { ClientTls } from '../../../process/tls.js';
import { sha256 } from '../../../wire/hashing.js';

/** SHA-256 of the DER certificate that the peer shows to servers, which binds a deliver request to its connection. */
export function presentedCertificateHash(pair: Omit<ClientTls, 'roots'> | undefined): Buffer | undefined {
    return pair?.certificate && sha256(new X509Certificate(pair.certificate).raw);
}
