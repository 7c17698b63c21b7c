// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { signLowS } from './signer.js';

/** How long a CA may take over one request. */
const ANSWER_WITHIN_MS = 60_000;

/** Makes the Authorization header of one request, over its path and body. */
type Authorization = (path: string, body: string) => string;

/** Enrolment id and secret (HTTP basic authentication). */
export const byPassword =
    (id: string, secret: string): Authorization =>
    () =>
        `Basic ${base64(`${id}:${secret}`)}`;

/** A token only the key of an issued certificate can make, over this very request (fabric-ca util/util.go, CreateToken). */
export function byCertificate(certificate: string, privateKey: string): Authorization {
    const key = createPrivateKey(privateKey);
    return (path, body) => {
        const payload = ['POST', base64(path), base64(body), base64(certificate)].join('.');
        const signature = signLowS(key, Buffer.from(payload));
        return `${base64(certificate)}.${Buffer.from(signature).toString('base64')}`;
    };
}

const base64 = (value: string): string => Buffer.from(value).toString('base64');

/** Calls a CA's REST interface (fabric-ca swagger/swagger-fabric-ca.json) on connections that are kept. */
export class CertificateAuthorityHttp {
    readonly #url: URL;
    readonly #open: (options: RequestOptions) => ClientRequest;

    /** @param tlsRoots PEM of the roots the CA's own certificate chains to; unused for http */
    constructor(url: string, tlsRoots: string) {
        this.#url = new URL(url);
        if (this.#url.protocol === 'https:') {
            const agent = new HttpsAgent({ keepAlive: true, ca: tlsRoots });
            this.#open = (options) => httpsRequest(this.#url, { ...options, agent });
        } else {
            const agent = new HttpAgent({ keepAlive: true });
            this.#open = (options) => httpRequest(this.#url, { ...options, agent });
        }
    }

    /** @returns the answer's `result`. @throws Error with what the CA said. */
    async post(path: string, content: object, authorization: Authorization): Promise<unknown> {
        const body = JSON.stringify(content);
        const headers = { 'content-type': 'application/json', authorization: authorization(path, body) };
        const { status, answer } = await this.#exchange({ method: 'POST', path, headers }, body);
        const { success, result, errors } = readAnswer(answer, status);
        if (success === true) return result;
        const reasons = errors?.map(({ code, message }) => `${message ?? ''} (code ${String(code)})`).join('; ');
        throw new Error(reasons === undefined || reasons === '' ? `HTTP status ${String(status)}` : reasons);
    }

    #exchange(options: RequestOptions, body: string): Promise<{ status: number; answer: string }> {
        return new Promise((resolve, reject) => {
            const request = this.#open({ ...options, timeout: ANSWER_WITHIN_MS });
            request.on('error', reject);
            request.on('timeout', () => request.destroy(new Error('the CA did not answer in time')));
            request.on('response', (response) => {
                text(response).then((answer) => resolve({ status: response.statusCode ?? 0, answer }), reject);
            });
            request.end(body);
        });
    }
}

interface Answer {
    readonly success?: boolean;
    readonly result?: unknown;
    readonly errors?: readonly { readonly code?: number; readonly message?: string }[];
}

function readAnswer(text: string, status: number): Answer {
    try {
        const value: unknown = JSON.parse(text);
        if (typeof value === 'object' && value !== null) return value;
    } catch {
        // Whatever answered is no CA; its status says more than its text.
    }
    throw new Error(`no answer of a Fabric CA (HTTP status ${String(status)})`);
}
