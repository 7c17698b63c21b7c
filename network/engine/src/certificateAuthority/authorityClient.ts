// SPDX-License-Identifier: Apache-2.0
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { text } from 'node:stream/consumers';
import { createPrivateKey } from 'node:crypto';
import { SubjectAlternativeNameExtension } from './certificates/x509.js';
import { newRequest } from './newRequest.js';
import { newToken } from './token.js';

interface EnrolRequest {
    readonly enrolmentId: string;
    readonly secret: string;
    /** 'tls' for a certificate that serves TLS; otherwise one that signs transactions. */
    readonly profile?: 'tls';
    /** Host names and IP addresses for the subject alternative name. */
    readonly hosts?: readonly string[];
    /** Names of registered attributes to put into the certificate; undefined for those that the CA puts into each. */
    readonly attributes?: readonly string[];
}

interface RegisterRequest {
    readonly enrolmentId: string;
    readonly secret: string;
    readonly role: 'client' | 'peer' | 'orderer' | 'admin';
    readonly attributes?: Readonly<Record<string, string>>;
}

/** PEM texts. */
export interface Enrolment {
    readonly certificate: string;
    readonly privateKey: string;
    readonly caChain: string;
}

interface Answer<T> {
    readonly success: boolean;
    readonly result: T;
    readonly errors: readonly { readonly code: number; readonly message: string }[];
}

/** Enrols and registers identities with a CA over its REST interface. Methods throw Error with the CA's reason. */
export class AuthorityClient {
    readonly #url: string;
    readonly #tlsRoot: Buffer;

    /** @param tlsRoot PEM of the root that the CA's own TLS certificate chains to */
    constructor(url: string, tlsRoot: Buffer) {
        this.#url = url;
        this.#tlsRoot = tlsRoot;
    }

    async enrol({ enrolmentId, secret, profile, attributes, hosts = [] }: EnrolRequest): Promise<Enrolment> {
        const names = hosts.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value }));
        const { key, csr } = await newRequest(
            enrolmentId,
            names.length === 0 ? [] : [new SubjectAlternativeNameExtension(names)],
        );
        const body = JSON.stringify({
            certificate_request: csr,
            profile,
            attr_reqs: attributes?.map((name) => ({ name, optional: false })),
        });
        const password = Buffer.from(`${enrolmentId}:${secret}`).toString('base64');
        const { Cert, ServerInfo } = await this.#post<{ Cert: string; ServerInfo: { CAChain: string } }>(
            '/api/v1/enroll',
            body,
            `Basic ${password}`,
        );
        return {
            certificate: Buffer.from(Cert, 'base64').toString(),
            privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
            caChain: Buffer.from(ServerInfo.CAChain, 'base64').toString(),
        };
    }

    /** Registers an identity in the name of `registrar`, which must have been enrolled with the right to do so. */
    async register(
        { enrolmentId, secret, role, attributes = {} }: RegisterRequest,
        registrar: Enrolment,
    ): Promise<void> {
        const target = '/api/v1/register';
        const attrs = Object.entries(attributes).map(([name, value]) => ({ name, value, ecert: true }));
        const body = JSON.stringify({ id: enrolmentId, secret, type: role, max_enrollments: -1, attrs });
        const { certificate, privateKey } = registrar;
        const request = { method: 'POST', target, body: Buffer.from(body) };
        await this.#post(target, body, newToken({ certificate, key: createPrivateKey(privateKey) }, request));
    }

    async #post<T>(target: string, body: string, authorization: string): Promise<T> {
        const options = { method: 'POST', ca: this.#tlsRoot, headers: { authorization }, agent: false };
        const answer = await new Promise<string>((resolve, reject) => {
            const request = httpsRequest(this.#url + target, options, (response) => {
                text(response).then(resolve, reject);
            });
            request.on('error', reject);
            request.end(body);
        });
        const { success, result, errors } = JSON.parse(answer) as Answer<T>;
        if (!success) throw new Error(`${this.#url}${target}: ${errors.map(({ message }) => message).join('; ')}`);
        return result;
    }
}
