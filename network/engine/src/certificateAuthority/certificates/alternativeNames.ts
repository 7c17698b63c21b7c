// SPDX-License-Identifier: Apache-2.0
import { isIP } from 'node:net';
import { type JsonGeneralName, type Pkcs10CertificateRequest, SubjectAlternativeNameExtension } from './x509.js';

// Go writes the kinds in this order (crypto/x509, marshalSANs).
const kinds = ['dns', 'email', 'ip', 'url'] as const;

/** The subject alternative names for host names as cfssl sorts them out: IP address, e-mail address, URI, else DNS name. */
export const alternativeNamesOf = (hosts: readonly string[]): SubjectAlternativeNameExtension | undefined =>
    extensionOf(hosts.map((host) => ({ type: kindOf(host), value: host })));

/** The alternative names a certificate request asks for; kinds other than DNS, e-mail, IP and URI are dropped, as Go drops them. */
export const requestedAlternativeNames = (
    request: Pkcs10CertificateRequest,
): SubjectAlternativeNameExtension | undefined => {
    const extension = request.extensions.find((candidate) => candidate.type === '2.5.29.17');
    if (extension === undefined) return undefined;
    return extensionOf(new SubjectAlternativeNameExtension(extension.rawData).names.toJSON());
};

const extensionOf = (names: readonly JsonGeneralName[]): SubjectAlternativeNameExtension | undefined => {
    const ordered = kinds.flatMap((kind) => names.filter(({ type }) => type === kind));
    return ordered.length === 0 ? undefined : new SubjectAlternativeNameExtension(ordered);
};

const kindOf = (host: string): (typeof kinds)[number] => {
    if (isIP(host) !== 0) return 'ip';
    if (/^[^\s@]+@[^\s@]+$/.test(host)) return 'email';
    return /^[a-z][a-z0-9+.-]*:\//i.test(host) ? 'url' : 'dns';
};
