// SPDX-License-Identifier: Apache-2.0
import { createHash, createPublicKey, type KeyObject, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writeDurably } from '../../process/durableFile.js';
import { reached } from '../../process/faults/faultPoints.js';
import { addMs, roundToMinute } from './certificateTime.js';
import { type KeyStore, readPrivateKey, uncompressedPoint } from './keyStore.js';
import { lowSCrypto } from './lowSCrypto.js';
import { type Subject, subjectName } from './subjectName.js';
import {
    BasicConstraintsExtension,
    KeyUsageFlags,
    KeyUsagesExtension,
    SubjectKeyIdentifierExtension,
    X509Certificate as DecodedCertificate,
    X509CertificateGenerator,
} from './x509.js';

/** The CA's own certificate and key: what everything it issues is signed with. */
export interface SigningAuthority {
    readonly certificate: DecodedCertificate;
    readonly pem: string;
    readonly publicKey: KeyObject;
    readonly signingKey: webcrypto.CryptoKey;
    /** Subject key identifier, hex. */
    readonly keyIdentifier: string;
}

export interface AuthorityFiles {
    readonly certificateFile: string;
    /** Only to bring a key of one's own; otherwise the key is in the key store. */
    readonly keyFile?: string;
}

export interface RootRequest {
    readonly subject: Subject;
    readonly expiryMs: number;
    /** -1: no limit. */
    readonly pathLength: number;
}

/**
 * Loads the CA's certificate and key, or makes them when there is no certificate file yet.
 * @throws Error when a certificate exists without its key, or the certificate is none of a CA.
 */
export const openSigningAuthority = async (
    files: AuthorityFiles,
    keyStore: KeyStore,
    root: RootRequest,
): Promise<{ authority: SigningAuthority; created: boolean }> => {
    if (existsSync(files.certificateFile)) {
        const pem = readFileSync(files.certificateFile, 'utf8');
        return { authority: await authorityOf(pem, privateKeyFor(pem, files, keyStore)), created: false };
    }
    const privateKey = files.keyFile === undefined ? keyStore.generate() : readPrivateKey(files.keyFile);
    const pem = await selfSignedCertificate(privateKey, root);
    writeDurably(files.certificateFile, pem, { mode: 0o644 });
    reached('ca.certificateWritten');
    return { authority: await authorityOf(pem, privateKey), created: true };
};

/** 20 random bytes with the top bit cleared, as hex: positive as a DER integer (RFC 5280 §4.1.2.2). */
export const randomSerialNumber = (): string => {
    const serial = randomBytes(20);
    serial.writeUInt8(serial.readUInt8(0) & 0x7f, 0);
    return serial.toString('hex');
};

const privateKeyFor = (pem: string, { certificateFile, keyFile }: AuthorityFiles, keyStore: KeyStore): KeyObject => {
    const certificate = new X509Certificate(pem);
    const key =
        keyFile !== undefined && existsSync(keyFile) ? readPrivateKey(keyFile) : keyStore.find(certificate.publicKey);
    if (key === undefined) throw new Error(`no private key for ${certificateFile} in ${keyStore.directory}`);
    if (!certificate.checkPrivateKey(key)) throw new Error(`the private key does not belong to ${certificateFile}`);
    if (!certificate.ca) throw new Error(`${certificateFile} is not a certificate of a certificate authority`);
    return key;
};

const authorityOf = async (pem: string, privateKey: KeyObject): Promise<SigningAuthority> => {
    const certificate = new DecodedCertificate(pem);
    const identifier = certificate.getExtension(SubjectKeyIdentifierExtension);
    if (identifier === null) throw new Error('the CA certificate has no subject key identifier');
    return {
        certificate,
        pem,
        publicKey: createPublicKey(privateKey),
        signingKey: await webCryptoKey(privateKey),
        keyIdentifier: identifier.keyId.toLowerCase(),
    };
};

const webCryptoKey = (privateKey: KeyObject): Promise<webcrypto.CryptoKey> => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const pkcs8 = new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
    return webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
};

const selfSignedCertificate = async (privateKey: KeyObject, root: RootRequest): Promise<string> => {
    const publicKey = createPublicKey(privateKey);
    const keyIdentifier = createHash('sha256').update(uncompressedPoint(publicKey)).digest('hex');
    const name = subjectName(root.subject);
    // Five minutes of tolerance for clocks that are behind (cfssl csr/csr.go, CAConfig.Backdate).
    const notBefore = addMs(roundToMinute(new Date()), -5 * 60_000);
    const certificate = await X509CertificateGenerator.create(
        {
            serialNumber: randomSerialNumber(),
            subject: name,
            issuer: name,
            notBefore,
            notAfter: addMs(notBefore, root.expiryMs),
            publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
            signingKey: await webCryptoKey(privateKey),
            signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
            extensions: [
                new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
                new BasicConstraintsExtension(true, root.pathLength < 0 ? undefined : root.pathLength, true),
                new SubjectKeyIdentifierExtension(keyIdentifier),
            ],
        },
        lowSCrypto,
    );
    return `${certificate.toString('pem')}\n`;
};
