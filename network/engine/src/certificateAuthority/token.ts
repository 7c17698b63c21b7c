// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto';
import { authenticationFailure } from './caError.js';
import { lowSignature } from '../identity/ecdsaSignature.js';
import type { CaRequest } from './request.js';

/**
 * The certificate of the authorization token `<base64 PEM>.<base64 signature>`, once its signature over this very request
 * was verified (fabric-ca util/util.go, VerifyToken). Whether the certificate may be trusted is for the caller to find out.
 * @throws CaError `authentication`.
 */
export const verifyToken = (token: string, request: CaRequest): X509Certificate => {
    const [encodedCertificate, encodedSignature, ...rest] = token.split('.');
    if (encodedCertificate === undefined || encodedSignature === undefined || rest.length > 0) {
        throw authenticationFailure('Invalid token format; expecting 2 parts separated by "."');
    }
    const certificate = parseCertificate(Buffer.from(encodedCertificate, 'base64'));
    const signature = Buffer.from(encodedSignature, 'base64');
    const payload = tokenPayload(request, encodedCertificate);
    const publicKey = ellipticCurveKey(certificate);
    if (lowSignature(signature, publicKey) === undefined || !verify('sha256', payload, publicKey, signature)) {
        throw authenticationFailure('Token signature validation failed');
    }
    return certificate;
};

/** What a token signs: the request without its headers, and the certificate itself. */
export const tokenPayload = (
    { method, target, body }: Pick<CaRequest, 'method' | 'target' | 'body'>,
    encodedCertificate: string,
): Buffer =>
    Buffer.from(
        [method, Buffer.from(target).toString('base64'), body.toString('base64'), encodedCertificate].join('.'),
    );

const parseCertificate = (pem: Buffer): X509Certificate => {
    try {
        return new X509Certificate(pem);
    } catch {
        throw authenticationFailure('The token holds no certificate');
    }
};

const ellipticCurveKey = (certificate: X509Certificate): KeyObject => {
    const key = createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' }));
    if (key.asymmetricKeyType !== 'ec') throw authenticationFailure('The token is not signed with an ECDSA key');
    return key;
};
