// SPDX-License-Identifier: Apache-2.0
import { X509Certificate, type KeyObject } from 'node:crypto';
import { DerTag, derAt, derChildren, encodeDer, readDer, type DerValue } from '../wire/der.js';
import { readExtensions, type CertificateExtensions } from './certificateExtensions.js';
import { toLowSignature } from './ecdsaSignature.js';
import { firstPemBlock } from './pem.js';
import { IdentityError, withContext } from './identityError.js';

const ecdsaAlgorithms = '2a8648ce3d04'; // 1.2.840.10045.4
const organizationalUnitOid = '55040b'; // 2.5.4.11
const commonNameOid = '550403'; // 2.5.4.3
/** Algorithms whose hash is broken; Go verifies none of them: RSA with MD2, MD5, SHA-1 and ECDSA with SHA-1. */
const insecureAlgorithms: ReadonlySet<string> = new Set([
    '2a864886f70d010102',
    '2a864886f70d010104',
    '2a864886f70d010105',
    '2a8648ce3d0401',
]);

/**
 * A certificate with the fields that Fabric's rules need and node:crypto does not show: names as bytes, organisational
 * units in order, extensions with their criticality, the issuer's signature.
 */
export class Certificate {
    readonly x509: X509Certificate;
    readonly extensions: CertificateExtensions;
    readonly subject: Buffer;
    readonly issuer: Buffer;
    readonly organizationalUnits: readonly string[];
    readonly commonName: string;
    readonly serialNumber: Buffer;
    readonly version: number;
    readonly notBefore: Date;
    readonly notAfter: Date;
    private readonly parts: readonly DerValue[];
    private readonly algorithm: string;
    private cachedKey: KeyObject | undefined;

    constructor(der: Buffer) {
        this.x509 = new X509Certificate(der);
        this.parts = derChildren(readDer(this.raw));
        const tbs = derChildren(derAt(this.parts, 0, DerTag.SEQUENCE));
        const hasVersion = derAt(tbs, 0).tag === 0xa0;
        const fields = hasVersion ? tbs.slice(1) : tbs;
        this.version = hasVersion ? (derAt(tbs, 0).content.at(-1) ?? 0) + 1 : 1;
        this.serialNumber = derAt(fields, 0, DerTag.INTEGER).content;
        this.issuer = derAt(fields, 2).raw;
        this.notBefore = this.x509.validFromDate;
        this.notAfter = this.x509.validToDate;
        this.subject = derAt(fields, 4).raw;
        this.organizationalUnits = nameValues(derAt(fields, 4), organizationalUnitOid);
        this.commonName = nameValues(derAt(fields, 4), commonNameOid).at(-1) ?? '';
        this.extensions = readExtensions(fields.find(({ tag }) => tag === 0xa3));
        this.algorithm = derAt(derChildren(derAt(this.parts, 1)), 0, DerTag.OID).content.toString('hex');
    }

    /** Reads the first PEM block of a file or an identity. */
    static fromPem(pem: Uint8Array): Certificate {
        const der = firstPemBlock(pem);
        if (der === undefined) {
            throw new IdentityError('could not decode the PEM structure');
        }
        return withContext('parseCertificate failed', () => new Certificate(der));
    }

    get raw(): Buffer {
        return this.x509.raw;
    }

    get publicKey(): KeyObject {
        this.cachedKey ??= this.x509.publicKey;
        return this.cachedKey;
    }

    get isSignedWithEcdsa(): boolean {
        return this.algorithm.startsWith(ecdsaAlgorithms);
    }

    /** The serial number as upper-case hex, the way node:crypto and Fabric's texts show it. */
    get serialHex(): string {
        return this.x509.serialNumber.toLowerCase();
    }

    /** Throws unless `issuer` may sign certificates and did sign this one (Go's Certificate.CheckSignatureFrom). */
    checkSignatureFrom(issuer: Certificate): void {
        const { basicConstraints, keyUsage } = issuer.extensions;
        const isNoCa = basicConstraints === undefined ? issuer.version === 3 : !basicConstraints.isCa;
        if (isNoCa || (keyUsage !== undefined && !keyUsage.certSign)) {
            throw new IdentityError('x509: invalid signature: parent certificate cannot sign this kind of certificate');
        }
        if (insecureAlgorithms.has(this.algorithm)) {
            throw new IdentityError('x509: cannot verify signature: insecure algorithm');
        }
        if (!this.x509.verify(issuer.publicKey)) {
            throw new IdentityError('x509: signature verification failure');
        }
    }

    /** The certificate with its issuer's signature in low form; itself if it is so already (msp/cert.go). */
    withLowSignature(issuerKey: KeyObject): Certificate {
        if (!this.isSignedWithEcdsa) {
            return this;
        }
        const signature = derAt(this.parts, 2, DerTag.BIT_STRING).content.subarray(1);
        const low = toLowSignature(signature, issuerKey);
        if (low === signature) {
            return this;
        }
        const bits = encodeDer(DerTag.BIT_STRING, Buffer.of(0), low);
        return new Certificate(encodeDer(DerTag.SEQUENCE, derAt(this.parts, 0).raw, derAt(this.parts, 1).raw, bits));
    }
}

function nameValues(name: DerValue, oid: string): string[] {
    return derChildren(name)
        .flatMap((relativeName) => derChildren(relativeName))
        .map((attribute) => derChildren(attribute))
        .filter((attribute) => derAt(attribute, 0, DerTag.OID).content.toString('hex') === oid)
        .map((attribute) => derAt(attribute, 1).content.toString('utf8'));
}
