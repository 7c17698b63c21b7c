// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
    NODE_OU_CONFIG,
    openCertificateAuthority,
    writeMspFolder,
    type CertificateAuthority,
    type Enrolment,
    type RegisterRequest,
} from '@power-currency/gateway/dist/fabric/certificateAuthority.js';
import {
    caCertificate,
    certificateAuthorityName,
    networkDir,
    ordererDir,
    ordererName,
    organisationDir,
    peerDir,
    peerName,
    userDir,
    type Organisation,
} from './consortium.mts';
import { certificateAuthorityHome } from './nodeSpecs.mts';

/** What a person or an application of an organisation is; the attribute goes into the certificate. */
const users: readonly { name: string; role: 'admin' | 'client'; attributes: Readonly<Record<string, string>> }[] = [
    { name: 'admin', role: 'admin', attributes: { 'power.role': 'registrar' } },
    { name: 'client', role: 'client', attributes: { 'power.role': 'gateway' } },
    { name: 'custodian', role: 'client', attributes: { 'power.role': 'custodian' } },
    { name: 'attester', role: 'client', attributes: { 'power.role': 'attester' } },
];
const hosts = ['localhost', '127.0.0.1'];

const secretFile = (organisation: Organisation): string =>
    join(networkDir, 'secrets', `${certificateAuthorityName(organisation)}.txt`);

/** The password of the CA's first registrar: made once per network, readable by its owner only. */
export function bootstrapSecret(organisation: Organisation): string {
    const file = secretFile(organisation);
    if (!existsSync(file)) {
        mkdirSync(join(networkDir, 'secrets'), { recursive: true, mode: 0o700 });
        writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
    }
    return readFileSync(file, 'utf8');
}

/** Whether the enrolment of an organisation came to its end. */
export const isEnrolled = (organisation: Organisation): boolean => existsSync(caCertificate(organisation));

/** Enrols every node and user of an organisation with its own CA. Does nothing when that was done before. */
export async function enrolOrganisation(organisation: Organisation, withOrderer: boolean): Promise<void> {
    const target = organisationDir(organisation);
    if (isEnrolled(organisation)) return;
    rmSync(target, { recursive: true, force: true });
    const authority = openCertificateAuthority({
        url: `https://localhost:${String(organisation.ports.ca)}`,
        caName: certificateAuthorityName(organisation),
        mspId: organisation.mspId,
        tlsRoots: readFileSync(join(certificateAuthorityHome(organisation), 'ca-cert.pem'), 'utf8'),
    });
    const registrar = await authority.enrol({ enrolmentId: 'admin', secret: bootstrapSecret(organisation) });
    const member = new Enroller(authority, registrar);

    await member.enrolNode(peerName(organisation), 'peer', peerDir(organisation));
    if (withOrderer) await member.enrolNode(ordererName(organisation), 'orderer', ordererDir(organisation));
    await member.enrolTls(`${organisation.name}-chaincode`, join(target, 'chaincode/tls'), 'server');
    await member.enrolTls(`${organisation.name}-chaincode-client`, join(target, 'chaincode/tls'), 'client');
    for (const user of users) await member.enrolUser(user, userDir(organisation, user.name));
    // Written last: its presence says that the organisation is complete.
    writeOrganisationMsp(organisation, registrar.caChain);
}

class Enroller {
    readonly #authority: CertificateAuthority;
    readonly #registrar: Enrolment;

    constructor(authority: CertificateAuthority, registrar: Enrolment) {
        this.#authority = authority;
        this.#registrar = registrar;
    }

    async enrolNode(enrolmentId: string, role: 'peer' | 'orderer', dir: string): Promise<void> {
        const secret = await this.#register({ enrolmentId, role });
        writeMspFolder(join(dir, 'msp'), await this.#authority.enrol({ enrolmentId, secret, hosts }));
        const tls = await this.#authority.enrol({ enrolmentId, secret, hosts, profile: 'tls' });
        writeTlsFolder(join(dir, 'tls'), 'server', tls);
        writeTlsRoots(join(dir, 'msp'), tls);
    }

    async enrolTls(enrolmentId: string, dir: string, side: 'server' | 'client'): Promise<void> {
        const secret = await this.#register({ enrolmentId, role: 'client' });
        writeTlsFolder(dir, side, await this.#authority.enrol({ enrolmentId, secret, hosts, profile: 'tls' }));
    }

    async enrolUser(user: (typeof users)[number], dir: string): Promise<void> {
        // The CA's first registrar is called admin already.
        const enrolmentId = user.name === 'admin' ? 'orgadmin' : user.name;
        const { role, attributes } = user;
        const secret = await this.#register({ enrolmentId, role, attributes });
        const identity = await this.#authority.enrol({ enrolmentId, secret, attributes: Object.keys(attributes) });
        writeMspFolder(join(dir, 'msp'), identity);
        writeTlsRoots(join(dir, 'msp'), identity);
        if (role !== 'admin') return;
        const tls = await this.#authority.enrol({ enrolmentId, secret, hosts, profile: 'tls' });
        writeTlsFolder(join(dir, 'tls'), 'client', tls);
    }

    async #register(request: Omit<RegisterRequest, 'secret'>): Promise<string> {
        const secret = randomBytes(18).toString('base64url');
        await this.#authority.register({ ...request, secret }, this.#registrar);
        return secret;
    }
}

function writeTlsFolder(dir: string, name: 'server' | 'client', tls: Enrolment): void {
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, `${name}.crt`), tls.certificate);
    writeFileSync(join(dir, `${name}.key`), tls.privateKey, { mode: 0o600 });
    writeFileSync(join(dir, 'ca.crt'), tls.caChain);
}

function writeTlsRoots(mspDir: string, enrolment: Enrolment): void {
    mkdirSync(join(mspDir, 'tlscacerts'), { recursive: true });
    writeFileSync(join(mspDir, 'tlscacerts', 'ca.pem'), enrolment.caChain);
}

/** What the channel knows of the organisation: its roots and how roles are told apart. */
function writeOrganisationMsp(organisation: Organisation, caChain: string): void {
    const draft = join(organisationDir(organisation), 'msp.draft');
    for (const folder of ['cacerts', 'tlscacerts']) {
        mkdirSync(join(draft, folder), { recursive: true });
        writeFileSync(join(draft, folder, 'ca.pem'), caChain);
    }
    writeFileSync(join(draft, 'config.yaml'), NODE_OU_CONFIG);
    renameSync(draft, join(organisationDir(organisation), 'msp'));
}
