// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, webcrypto } from 'node:crypto';
import { lowSignature } from '../../identity/ecdsaSignature.js';
import { lowSCrypto } from '../certificates/lowSCrypto.js';
import { Pkcs10CertificateRequestGenerator } from '../certificates/x509.js';

/** A key with the certificate that was issued for it. */
export interface Credentials {
    readonly key: KeyObject;
    readonly certificate: string;
}

interface Answer {
    readonly status: number;
    readonly headers: Headers;
    readonly text: string;
}

/** A fresh P-256 key and a certificate request that it signed. */
export const newRequest = async (
    commonName: string,
    extensions: ConstructorParameters<typeof Array> = [],
): Promise<{ key: KeyObject; csr: string }> => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const keys = {
        privateKey: await webcrypto.subtle.importKey('pkcs8', der(privateKey, 'pkcs8'), algorithm, false, ['sign']),
        publicKey: await webcrypto.subtle.importKey('spki', der(publicKey, 'spki'), algorithm, true, ['verify']),
    };
    const request = await Pkcs10CertificateRequestGenerator.create(
        {
            name: [{ CN: [commonName] }],
            keys,
            signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
            extensions: extensions as never[],
        },
        lowSCrypto,
    );
    return { key: createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })), csr: request.toString('pem') };
};

/** The authorization token of Fabric CA for a request. */
export const tokenFor = (
    { key, certificate }: Credentials,
    method: string,
    target: string,
    body: string,
    options: { readonly highS: boolean } = { highS: false },
): string => {
    const encoded = Buffer.from(certificate).toString('base64');
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    const payload = Buffer.from([method, base64(target), base64(body), encoded].join('.'));
    for (;;) {
        const signature = sign('sha256', payload, key);
        const isLow = lowSignature(signature, createPublicKey(key)) !== undefined;
        if (isLow !== options.highS) return `${encoded}.${signature.toString('base64')}`;
    }
};

export const basicAuthorization = (user: string, password: string): string =>
    `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** Sends one request and reads the answer in full. */
export const send = async (
    url: string,
    method: string,
    target: string,
    body: string,
    authorization?: string,
): Promise<Answer> => {
    const response = await fetch(url + target, {
        method,
        ...(body === '' ? {} : { body }),
        headers: authorization === undefined ? {} : { authorization },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
};

/** Enrols and returns key and certificate. @throws Error with the answer when the CA refuses. */
export const enrolled = async (
    url: string,
    user: string,
    password: string,
    fields: Readonly<Record<string, unknown>> = {},
): Promise<Credentials> => {
    const { key, csr } = await newRequest(user);
    const body = JSON.stringify({ certificate_request: csr, ...fields });
    const answer = await send(url, 'POST', '/api/v1/enroll', body, basicAuthorization(user, password));
    if (answer.status !== 201) throw new Error(answer.text);
    return { key, certificate: certificateIn(answer.text) };
};

/** The certificate in the answer to an enrolment, in PEM. */
export const certificateIn = (text: string): string => {
    const { result } = JSON.parse(text) as { result: { Cert: string } };
    return Buffer.from(result.Cert, 'base64').toString('utf8');
};

const der = (key: KeyObject, type: 'pkcs8' | 'spki'): Uint8Array<ArrayBuffer> =>
    new Uint8Array(key.export({ type, format: 'der' } as never) as unknown as Buffer);
