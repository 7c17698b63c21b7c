// SPDX-License-Identifier: Apache-2.0
import { generateKeyPair } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../application/failure.js';
import { byCertificate, byPassword, CertificateAuthorityHttp } from './certificateAuthorityHttp.js';
import { certificateRequest } from './certificateRequest.js';

const newKeyPair = promisify(generateKeyPair);

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

export interface RegisterRequest {
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
 *
 * @throws Failure CA_REFUSED from every method
 */
export function openCertificateAuthority(options: CertificateAuthorityOptions): CertificateAuthority {
    const http = new CertificateAuthorityHttp(options.url, options.tlsRoots);
    return {
        enrol: (request) => guarded(options, () => enrol(http, options, request)),
        register: (request, registrar) => guarded(options, () => register(http, options, request, registrar)),
    };
}

async function guarded<T>(options: CertificateAuthorityOptions, call: () => Promise<T>): Promise<T> {
    try {
        return await call();
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Failure('CA_REFUSED', { url: options.url, reason }, { cause: error });
    }
}

async function enrol(
    http: CertificateAuthorityHttp,
    { caName }: CertificateAuthorityOptions,
    request: EnrolRequest,
): Promise<Enrolment> {
    const { enrolmentId, secret, hosts = [], profile = '', attributes = [] } = request;
    const { privateKey, publicKey } = await newKeyPair('ec', { namedCurve: 'prime256v1' });
    const body = {
        ...{ caname: caName, certificate_request: certificateRequest(enrolmentId, hosts, privateKey, publicKey) },
        ...(profile === '' ? {} : { profile }),
        ...(attributes.length === 0 ? {} : { attr_reqs: attributes.map((name) => ({ name, optional: false })) }),
    };
    const result = await http.post('/api/v1/enroll', body, byPassword(enrolmentId, secret));
    const { Cert, ServerInfo } = result as { Cert: string; ServerInfo: { CAChain: string } };
    return {
        certificate: Buffer.from(Cert, 'base64').toString(),
        privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
        caChain: Buffer.from(ServerInfo.CAChain, 'base64').toString(),
    };
}

async function register(
    http: CertificateAuthorityHttp,
    { caName }: CertificateAuthorityOptions,
    { enrolmentId, secret, role, attributes = {} }: RegisterRequest,
    registrar: Enrolment,
): Promise<void> {
    const body = {
        ...{ caname: caName, id: enrolmentId, secret, type: role, affiliation: '', max_enrollments: -1 },
        attrs: Object.entries(attributes).map(([name, value]) => ({ name, value, ecert: true })),
    };
    await http.post('/api/v1/register', body, byCertificate(registrar.certificate, registrar.privateKey));
}

/** The NodeOU settings every MSP folder of the network carries (Fabric's config.yaml). */
export const NODE_OU_CONFIG = `NodeOUs:
  Enable: true
  ClientOUIdentifier:
    OrganizationalUnitIdentifier: client
  PeerOUIdentifier:
    OrganizationalUnitIdentifier: peer
  AdminOUIdentifier:
    OrganizationalUnitIdentifier: admin
  OrdererOUIdentifier:
    OrganizationalUnitIdentifier: orderer
`;

/** Writes an enrolment as the MSP folder Fabric's own tools read. Keys are readable by their owner only. */
export function writeMspFolder(mspDir: string, { certificate, privateKey, caChain }: Enrolment): void {
    for (const folder of ['signcerts', 'keystore', 'cacerts']) {
        mkdirSync(join(mspDir, folder), { recursive: true });
    }
    writeFileSync(join(mspDir, 'signcerts', 'cert.pem'), certificate);
    writeFileSync(join(mspDir, 'keystore', 'key.pem'), privateKey, { mode: 0o600 });
    chmodSync(join(mspDir, 'keystore'), 0o700);
    writeFileSync(join(mspDir, 'cacerts', 'ca.pem'), caChain);
    writeFileSync(join(mspDir, 'config.yaml'), NODE_OU_CONFIG);
}
