// SPDX-License-Identifier: Apache-2.0
import { DerTag, derAt, derChildren, readDer, type DerValue } from '../wire/der.js';

export interface CertificateExtensions {
    readonly basicConstraints?: { readonly isCa: boolean; readonly maxPathLength?: number };
    readonly keyUsage?: { readonly certSign: boolean };
    /** Object identifiers in hex; undefined means good for anything. */
    readonly extendedKeyUsage?: readonly string[];
    readonly subjectKeyId?: Buffer;
    readonly hasNameConstraints: boolean;
    readonly hasUnhandledCritical: boolean;
}

/** Object identifiers as the hex of their DER content. */
const oid = {
    subjectKeyId: '551d0e', // 2.5.29.14
    keyUsage: '551d0f', // 2.5.29.15
    basicConstraints: '551d13', // 2.5.29.19
    nameConstraints: '551d1e', // 2.5.29.30
    authorityKeyId: '551d23', // 2.5.29.35
    extendedKeyUsage: '551d25', // 2.5.29.37
} as const;

/** What Go's crypto/x509 understands besides; a critical extension outside the two lists makes a certificate invalid. */
const otherHandled: ReadonlySet<string> = new Set([
    '551d11', // subject alternative name
    '551d1f', // CRL distribution points
    '551d20', // certificate policies
    '551d21', // policy mappings
    '551d24', // policy constraints
    '551d36', // inhibit any policy
    '2b06010505070101', // authority information access
]);

const certSignBit = 5;

/** Reads the [3] element of a certificate, or the [0] element of a revocation list. */
export function readExtensions(wrapped: DerValue | undefined): CertificateExtensions {
    const all = extensionValues(wrapped);
    const content = (id: string): Buffer | undefined => all.find((extension) => extension.id === id)?.value;
    const known = new Set<string>(Object.values(oid));
    const basic = content(oid.basicConstraints);
    const usage = content(oid.keyUsage);
    const extended = content(oid.extendedKeyUsage);
    const keyId = content(oid.subjectKeyId);
    return {
        ...(basic === undefined ? {} : { basicConstraints: readBasicConstraints(basic) }),
        ...(usage === undefined ? {} : { keyUsage: readKeyUsage(usage) }),
        ...(extended === undefined
            ? {}
            : { extendedKeyUsage: derChildren(readDer(extended)).map((usageOid) => usageOid.content.toString('hex')) }),
        ...(keyId === undefined ? {} : { subjectKeyId: readDer(keyId).content }),
        hasNameConstraints: content(oid.nameConstraints) !== undefined,
        hasUnhandledCritical: all.some(({ id, critical }) => critical && !known.has(id) && !otherHandled.has(id)),
    };
}

/** The key identifier of the authority, from the extensions of a revocation list or a certificate. */
export function readAuthorityKeyId(wrapped: DerValue | undefined): Buffer | undefined {
    const extension = extensionValues(wrapped).find(({ id }) => id === oid.authorityKeyId);
    return extension && derChildren(readDer(extension.value)).find(({ tag }) => tag === 0x80)?.content;
}

interface Extension {
    readonly id: string;
    readonly critical: boolean;
    readonly value: Buffer;
}

function extensionValues(wrapped: DerValue | undefined): Extension[] {
    if (wrapped === undefined) {
        return [];
    }
    return derChildren(readDer(wrapped.content)).map((extension) => {
        const values = derChildren(extension);
        const flag = values.find(({ tag }) => tag === DerTag.BOOLEAN);
        return {
            id: derAt(values, 0, DerTag.OID).content.toString('hex'),
            critical: flag?.content[0] === 0xff,
            value: derAt(values, values.length - 1, DerTag.OCTET_STRING).content,
        };
    });
}

function readBasicConstraints(value: Buffer): { isCa: boolean; maxPathLength?: number } {
    const values = derChildren(readDer(value));
    const isCa = values.some(({ tag, content }) => tag === DerTag.BOOLEAN && content[0] === 0xff);
    const length = values.find(({ tag }) => tag === DerTag.INTEGER);
    return length === undefined ? { isCa } : { isCa, maxPathLength: Number(`0x${length.content.toString('hex')}`) };
}

function readKeyUsage(value: Buffer): { certSign: boolean } {
    const bits = readDer(value).content.subarray(1);
    return { certSign: ((bits[0] ?? 0) & (0x80 >> certSignBit)) !== 0 };
}
