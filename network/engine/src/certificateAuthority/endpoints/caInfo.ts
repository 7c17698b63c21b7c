// SPDX-License-Identifier: Apache-2.0
import { requireThisCa } from '../authentication.js';
import type { CertificateAuthority } from '../certificateAuthority.js';
import type { Endpoint } from './endpoint.js';

/** The release of Fabric CA whose interface this server speaks. */
export const fabricCaVersion = '1.5.21';

/** GET, POST, HEAD /cainfo */
export const caInfo: Endpoint = (ca, request) => {
    requireThisCa(ca, request);
    return { status: 200, result: caInfoFields(ca, fabricCaVersion) };
};

/** How clients learn whom to trust. Idemix is not supported, but clients want its two keys to be strings. */
export const caInfoFields = (ca: CertificateAuthority, version: string): Readonly<Record<string, string>> => ({
    CAName: ca.settings.caName,
    CAChain: Buffer.from(ca.chainPem).toString('base64'),
    IssuerPublicKey: '',
    IssuerRevocationPublicKey: '',
    Version: version,
});
