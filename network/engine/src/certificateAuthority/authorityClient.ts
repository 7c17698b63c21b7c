// SPDX-License-Identifier: Apache-2.0
import { isIP } from 'node:net';
import type FabricCAServices from 'fabric-ca-client';
import type * as FabricCommon from 'fabric-common';
import { SubjectAlternativeNameExtension } from './certificates/x509.js';
import { newRequest } from './newRequest.js';

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

interface Libraries {
    readonly services: FabricCAServices;
    readonly common: typeof FabricCommon;
}

/** Enrols and registers identities with a CA through fabric-ca-client, loaded when first used. Methods throw Error with the CA's reason. */
export class AuthorityClient {
    readonly #url: string;
    readonly #tlsRoot: Buffer;
    #libraries: Promise<Libraries> | undefined;

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
        const { services } = await this.#load();
        const { certificate, rootCertificate } = await services.enroll({
            enrollmentID: enrolmentId,
            enrollmentSecret: secret,
            csr,
            ...(profile === undefined ? {} : { profile }),
            ...(attributes === undefined ? {} : { attr_reqs: attributes.map((name) => ({ name, optional: false })) }),
        });
        return {
            certificate,
            privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
            caChain: rootCertificate,
        };
    }

    /** Registers an identity in the name of `registrar`, which must have been enrolled with the right to do so. */
    async register(
        { enrolmentId, secret, role, attributes = {} }: RegisterRequest,
        { certificate, privateKey }: Enrolment,
    ): Promise<void> {
        const { services, common } = await this.#load();
        // The organisation is in the certificate; the client library only wants some name for it.
        const user = common.User.createUser('registrar', '', 'registrar', certificate, privateKey);
        const attrs = Object.entries(attributes).map(([name, value]) => ({ name, value, ecert: true }));
        const identity = { enrollmentID: enrolmentId, enrollmentSecret: secret, role, affiliation: '', attrs };
        await services.register({ ...identity, maxEnrollments: -1 }, user);
    }

    #load(): Promise<Libraries> {
        this.#libraries ??= Promise.all([import('fabric-ca-client'), import('fabric-common')]).then(
            ([{ default: Services }, common]) => {
                allowSlowAnswers(common);
                const tls = { trustedRoots: [this.#tlsRoot.toString()], verify: true };
                return { services: new Services(this.#url, tls, '', common.Utils.newCryptoSuite()), common };
            },
        );
        return this.#libraries;
    }
}

/** The library gives up 3 s after the last byte, which an answer may take on a busy machine. Its types leave the setting out. */
function allowSlowAnswers(common: { Utils: object }): void {
    const settings = common.Utils as { setConfigSetting(name: 'connection-timeout', milliseconds: number): void };
    settings.setConfigSetting('connection-timeout', 20_000);
}
