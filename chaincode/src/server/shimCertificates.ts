// SPDX-License-Identifier: Apache-2.0
import { createRequire } from 'node:module';
import { BoundedCache } from '../ledger/boundedCache.js';

interface CertificateClass {
    fromPEM(pem: string): object;
}

/**
 * Has the shim parse each caller's certificate once. It parses it for every transaction, before the contract is asked,
 * to make an identity of which {@link callerIdentity} takes attributes alone; the parsed form is only read.
 */
export function rememberShimCertificates(): void {
    const shimRequire = createRequire(require.resolve('fabric-shim'));
    const { Certificate } = shimRequire('@fidm/x509') as { readonly Certificate: CertificateClass };
    if (patched.has(Certificate)) return;
    patched.add(Certificate);
    const parse = Certificate.fromPEM.bind(Certificate);
    const parsed = new BoundedCache<object>(1024);
    Certificate.fromPEM = (pem) => parsed.get(pem, () => parse(pem));
}

const patched = new WeakSet<CertificateClass>();
