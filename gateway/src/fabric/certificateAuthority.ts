// SPDX-License-Identifier: Apache-2.0
import http from 'node:http';
import https from 'node:https';
import type FabricCAServices from 'fabric-ca-client';
import type * as FabricCommon from 'fabric-common';
import { Failure } from '../application/failure.js';

/** What an identity is to Fabric; its CA writes it into the certificate as the organisational unit (NodeOU). */
type NodeRole = 'client' | 'peer' | 'orderer' | 'admin';

interface CertificateAuthorityOptions {
    readonly url: string;
    readonly caName: string;
    readonly mspId: string;
    /** PEM of the roots the CA's own TLS certificate chains to. */
    readonly tlsRoots: string;
}

interface EnrolRequest {
    readonly enrolmentId: string;
    readonly secret: string;
    /** 'tls' for a certificate that serves TLS; otherwise one that signs transactions. */
    readonly profile?: 'tls';
    /** Host names and IP addresses for the subject alternative name. */
    readonly hosts?: readonly string[];
    /** Names of registered attributes to put into the certificate. */
    readonly attributes?: readonly string[];
}

interface RegisterRequest {
    readonly enrolmentId: string;
    readonly secret: string;
    readonly role: NodeRole;
    /** Attributes the certificate will carry, such as `{ 'power.role': 'custodian' }`. */
    readonly attributes?: Readonly<Record<string, string>>;
}

/** PEM texts. */
export interface Enrolment {
    readonly certificate: string;
    readonly privateKey: string;
    readonly caChain: string;
}

/** An organisation's CA. */
export interface CertificateAuthority {
    enrol(request: EnrolRequest): Promise<Enrolment>;
    /** Registers an identity in the name of `registrar`, which must have been enrolled with the right to do so. */
    register(request: RegisterRequest, registrar: Enrolment): Promise<void>;
}

/**
 * Opens an organisation's Fabric CA.
 * fabric-ca-client doubles the memory of a process (44 to 98 MB), so it is loaded on first use, here and nowhere else.
 *
 * @throws Failure CA_REFUSED from every method
 */
export function openCertificateAuthority(options: CertificateAuthorityOptions): CertificateAuthority {
    return {
        enrol: (request) => guarded(options, (libraries) => enrol(libraries, request)),
        register: (request, registrar) =>
            guarded(options, (libraries) => register(libraries, options, request, registrar)),
    };
}

interface Libraries {
    readonly services: FabricCAServices;
    readonly common: typeof FabricCommon;
}

async function guarded<T>(
    options: CertificateAuthorityOptions,
    call: (libraries: Libraries) => Promise<T>,
): Promise<T> {
    try {
        return await call(await load(options));
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Failure('CA_REFUSED', { url: options.url, reason }, { cause: error });
    }
}

async function load({ url, caName, tlsRoots }: CertificateAuthorityOptions): Promise<Libraries> {
    // It adds listeners to the socket of every request and takes none away: on a connection that is used again they pile up.
    http.globalAgent = new http.Agent();
    https.globalAgent = new https.Agent();
    const [{ default: Services }, common] = await Promise.all([import('fabric-ca-client'), import('fabric-common')]);
    allowSlowAnswers(common);
    const suite = common.Utils.newCryptoSuite();
    return { services: new Services(url, { trustedRoots: [tlsRoots], verify: true }, caName, suite), common };
}

/** The library gives up 3 s after the last byte, which an answer may take on a busy machine. Its types leave the setting out. */
function allowSlowAnswers(common: { Utils: object }): void {
    const settings = common.Utils as { setConfigSetting(name: 'connection-timeout', milliseconds: number): void };
    settings.setConfigSetting('connection-timeout', 20_000);
}

async function enrol({ services }: Libraries, { enrolmentId, secret, ...wanted }: EnrolRequest): Promise<Enrolment> {
    const { requestIdentity } = await import('./certificateRequest.js');
    const { privateKey, request } = await requestIdentity(enrolmentId, wanted.hosts ?? []);
    const { certificate, rootCertificate } = await services.enroll({
        enrollmentID: enrolmentId,
        enrollmentSecret: secret,
        csr: request,
        ...(wanted.profile === undefined ? {} : { profile: wanted.profile }),
        ...(wanted.attributes === undefined
            ? {}
            : { attr_reqs: wanted.attributes.map((name) => ({ name, optional: false })) }),
    });
    return { certificate, privateKey, caChain: rootCertificate };
}

async function register(
    { services, common }: Libraries,
    { mspId }: CertificateAuthorityOptions,
    request: RegisterRequest,
    registrar: Enrolment,
): Promise<void> {
    const user = common.User.createUser('registrar', '', mspId, registrar.certificate, registrar.privateKey);
    const attributes = Object.entries(request.attributes ?? {});
    await services.register(
        {
            enrollmentID: request.enrolmentId,
            enrollmentSecret: request.secret,
            role: request.role,
            affiliation: '',
            maxEnrollments: -1,
            attrs: attributes.map(([name, value]) => ({ name, value, ecert: true })),
        },
        user,
    );
}
