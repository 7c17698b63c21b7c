// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { DerTag, derAt, derChildren, encodeDer, encodeDerInteger, readDer } from '../../wire/der.js';
import { toLowSignature } from '../ecdsaSignature.js';
import { certificatePem } from '../pem.js';

/** Certificates made byte by byte, so that tests can make the ones that no authority would issue. */
export interface TestCertificateOptions {
    readonly name: string;
    readonly organizationalUnits?: readonly string[];
    /** The issuer; default: self-signed. */
    readonly issuer?: TestCertificate;
    readonly key?: KeyObject;
    readonly isCa?: boolean;
    readonly maxPathLength?: number;
    readonly notBefore?: Date;
    readonly notAfter?: Date;
    readonly serial?: number;
    readonly withoutSubjectKeyId?: boolean;
    /** DNS names of a server's certificate. */
    readonly hosts?: readonly string[];
    /** Extended key usages as object identifiers in hex. */
    readonly extendedKeyUsage?: readonly string[];
    /** The object identifier, in hex, of a critical extension that nobody knows. */
    readonly criticalExtension?: string;
    /** Which of the two forms of an ECDSA signature the issuer writes. */
    readonly signatureForm?: 'low' | 'high';
}

export interface TestCertificate {
    readonly name: string;
    readonly der: Buffer;
    readonly pem: Buffer;
    readonly key: KeyObject;
    readonly keyId: Buffer;
}

export const serverAuth = '2b06010505070301';
export const clientAuth = '2b06010505070302';
const p256Order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const ecdsaWithSha256 = encodeDer(DerTag.SEQUENCE, oid('2a8648ce3d040302'));
const ed25519 = encodeDer(DerTag.SEQUENCE, oid('2b6570'));
let nextSerial = 1;

export function newKey(kind: 'P-256' | 'P-384' | 'ed25519' | 'rsa' = 'P-256'): KeyObject {
    switch (kind) {
        case 'ed25519':
            return generateKeyPairSync('ed25519').privateKey;
        case 'rsa':
            return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
        case 'P-256':
        case 'P-384':
            return generateKeyPairSync('ec', { namedCurve: kind }).privateKey;
    }
}

export function testCertificate(options: TestCertificateOptions): TestCertificate {
    const key = options.key ?? newKey();
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
    const keyId = spki.subarray(-20);
    const issuerKey = options.issuer?.key ?? key;
    const algorithm = issuerKey.asymmetricKeyType === 'ed25519' ? ed25519 : ecdsaWithSha256;
    const tbs = encodeDer(
        DerTag.SEQUENCE,
        encodeDer(0xa0, encodeDerInteger(2)),
        encodeDerInteger(options.serial ?? nextSerial++),
        algorithm,
        nameDer(options.issuer?.name ?? options.name, []),
        encodeDer(
            DerTag.SEQUENCE,
            timeDer(options.notBefore ?? new Date('2024-01-01T00:00:00Z')),
            timeDer(options.notAfter ?? new Date('2044-01-01T00:00:00Z')),
        ),
        nameDer(options.name, options.organizationalUnits ?? []),
        spki,
        encodeDer(0xa3, encodeDer(DerTag.SEQUENCE, ...extensions(options, keyId))),
    );
    const der = encodeDer(DerTag.SEQUENCE, tbs, algorithm, bitString(signature(tbs, issuerKey, options.signatureForm)));
    return { name: options.name, der, pem: Buffer.from(certificatePem(der)), key, keyId };
}

/** A revocation list of the issuer that names these certificates. */
export function testRevocationList(issuer: TestCertificate, serials: readonly number[], signer = issuer): Buffer {
    const at = timeDer(new Date('2024-01-01T00:00:00Z'));
    const entries = serials.map((serial) => encodeDer(DerTag.SEQUENCE, encodeDerInteger(serial), at));
    const authorityKeyId = extension('551d23', encodeDer(DerTag.SEQUENCE, encodeDer(0x80, issuer.keyId)));
    const tbs = encodeDer(
        DerTag.SEQUENCE,
        encodeDerInteger(1),
        ecdsaWithSha256,
        nameDer(issuer.name, []),
        at,
        at,
        ...(entries.length === 0 ? [] : [encodeDer(DerTag.SEQUENCE, ...entries)]),
        encodeDer(0xa0, encodeDer(DerTag.SEQUENCE, authorityKeyId)),
    );
    return encodeDer(DerTag.SEQUENCE, tbs, ecdsaWithSha256, bitString(signature(tbs, signer.key, 'low')));
}

/** The other of the two forms of an ECDSA signature on P-256. */
export function otherForm(form: Buffer): Buffer {
    const [r, s] = derChildren(readDer(form)).map(({ content }) => BigInt(`0x${content.toString('hex')}`));
    return encodeDer(DerTag.SEQUENCE, encodeDerInteger(r!), encodeDerInteger(p256Order - s!));
}

/** The same certificate with its issuer's signature in the other form. */
export function withOtherSignatureForm(certificate: TestCertificate): Buffer {
    const parts = derChildren(readDer(certificate.der));
    const other = otherForm(derAt(parts, 2).content.subarray(1));
    const der = encodeDer(DerTag.SEQUENCE, derAt(parts, 0).raw, derAt(parts, 1).raw, bitString(other));
    return Buffer.from(certificatePem(der));
}

export function pkcs8(key: KeyObject): string {
    return createPrivateKey(key.export({ type: 'pkcs8', format: 'pem' }))
        .export({ type: 'pkcs8', format: 'pem' })
        .toString();
}

function signature(tbs: Buffer, key: KeyObject, form: 'low' | 'high' = 'low'): Buffer {
    if (key.asymmetricKeyType === 'ed25519') {
        return sign(null, tbs, key);
    }
    const low = toLowSignature(sign('sha256', tbs, key), createPublicKey(key));
    return form === 'low' ? low : otherForm(low);
}

function extensions(options: TestCertificateOptions, keyId: Buffer): Buffer[] {
    const pathLength = options.maxPathLength === undefined ? [] : [encodeDerInteger(options.maxPathLength)];
    const basicConstraints = encodeDer(DerTag.SEQUENCE, encodeDer(DerTag.BOOLEAN, Buffer.of(0xff)), ...pathLength);
    const usages = (options.extendedKeyUsage ?? []).map(oid);
    const hosts = (options.hosts ?? []).map((host) => encodeDer(0x82, Buffer.from(host)));
    return [
        ...(options.isCa === true ? [extension('551d13', basicConstraints, true)] : []),
        ...(options.withoutSubjectKeyId === true ? [] : [extension('551d0e', encodeDer(DerTag.OCTET_STRING, keyId))]),
        ...(hosts.length === 0 ? [] : [extension('551d11', encodeDer(DerTag.SEQUENCE, ...hosts))]),
        ...(usages.length === 0 ? [] : [extension('551d25', encodeDer(DerTag.SEQUENCE, ...usages))]),
        ...(options.criticalExtension === undefined
            ? []
            : [extension(options.criticalExtension, Buffer.of(5, 0), true)]),
    ];
}

function extension(id: string, value: Buffer, critical = false): Buffer {
    const flag = critical ? [encodeDer(DerTag.BOOLEAN, Buffer.of(0xff))] : [];
    return encodeDer(DerTag.SEQUENCE, oid(id), ...flag, encodeDer(DerTag.OCTET_STRING, value));
}

function nameDer(commonName: string, units: readonly string[]): Buffer {
    const attribute = (id: string, value: string): Buffer =>
        encodeDer(0x31, encodeDer(DerTag.SEQUENCE, oid(id), encodeDer(0x0c, Buffer.from(value))));
    return encodeDer(
        DerTag.SEQUENCE,
        ...units.map((unit) => attribute('55040b', unit)),
        attribute('550403', commonName),
    );
}

function timeDer(time: Date): Buffer {
    const digits = time.toISOString().replace(/[-:T]|\.\d+/g, '');
    return encodeDer(0x18, Buffer.from(digits));
}

function bitString(content: Buffer): Buffer {
    return encodeDer(DerTag.BIT_STRING, Buffer.of(0), content);
}

function oid(hex: string): Buffer {
    return encodeDer(DerTag.OID, Buffer.from(hex, 'hex'));
}
