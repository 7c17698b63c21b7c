// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { lowSignature, toLowSignature } from '../../identity/ecdsaSignature.js';
import { newRequest } from '../newRequest.js';
import { tokenPayload } from '../token.js';

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

/** The authorization token of Fabric CA for a request; `highS` gives it the form that Fabric refuses. */
export const tokenFor = (
    credentials: Credentials,
    method: string,
    target: string,
    body: string,
    options: { readonly highS: boolean } = { highS: false },
): string => {
    const certificate = Buffer.from(credentials.certificate).toString('base64');
    const payload = tokenPayload({ method, target, body: Buffer.from(body) }, certificate);
    const publicKey = createPublicKey(credentials.key);
    for (;;) {
        const signature = sign('sha256', payload, credentials.key);
        if (!options.highS) return `${certificate}.${toLowSignature(signature, publicKey).toString('base64')}`;
        const isHigh = lowSignature(signature, publicKey) === undefined;
        if (isHigh) return `${certificate}.${signature.toString('base64')}`;
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
