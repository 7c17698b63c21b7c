// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Enrolment } from '../certificateAuthority/authorityClient.js';
import { writeMspFolder, writeTlsFolder } from './mspFiles.js';

interface Credentials {
    readonly enrolmentId: string;
    readonly secret: string;
}

/** What a client of a CA can do: the engine's own and those made with fabric-ca-client. */
interface EnrolmentService {
    enrol(
        request: Credentials & {
            readonly profile?: 'tls';
            readonly hosts?: readonly string[];
            readonly attributes?: readonly string[];
        },
    ): Promise<Enrolment>;
    register(
        request: Credentials & {
            readonly role: 'client' | 'peer' | 'orderer' | 'admin';
            readonly attributes?: Readonly<Record<string, string>>;
        },
        registrar: Enrolment,
    ): Promise<void>;
}

interface User {
    readonly enrolmentId: string;
    readonly role: 'admin' | 'client';
    /** What the certificate is to say of its owner, such as `{ department: 'audit' }`. */
    readonly attributes?: Readonly<Record<string, string>>;
}

const hosts = ['localhost', '127.0.0.1'];

/** Registers the nodes and users of one organisation with its CA and writes their folders as Fabric reads them. */
export class Enroller {
    readonly #authority: EnrolmentService;
    readonly #registrar: Enrolment;

    constructor(authority: EnrolmentService, registrar: Enrolment) {
        this.#authority = authority;
        this.#registrar = registrar;
    }

    /** `msp` and `tls` of a node that is reached at localhost. */
    async enrolNode(enrolmentId: string, role: 'peer' | 'orderer', dir: string): Promise<void> {
        const secret = await this.#register({ enrolmentId, role });
        writeMspFolder(join(dir, 'msp'), await this.#authority.enrol({ enrolmentId, secret, hosts }));
        writeTlsFolder(join(dir, 'tls'), 'server', await this.#enrolTls(enrolmentId, secret));
    }

    /** A TLS certificate for localhost, for either side of a connection. */
    async enrolTls(enrolmentId: string, dir: string, side: 'server' | 'client'): Promise<void> {
        const secret = await this.#register({ enrolmentId, role: 'client' });
        writeTlsFolder(dir, side, await this.#enrolTls(enrolmentId, secret));
    }

    /** `msp` of a user; an administrator gets `tls` too, for the orderer's administration. */
    async enrolUser({ enrolmentId, role, attributes }: User, dir: string): Promise<void> {
        const secret = await this.#register({ enrolmentId, role, ...(attributes && { attributes }) });
        const named = attributes && { attributes: Object.keys(attributes) };
        const identity = await this.#authority.enrol({ enrolmentId, secret, ...named });
        writeMspFolder(join(dir, 'msp'), identity);
        if (role === 'admin') writeTlsFolder(join(dir, 'tls'), 'client', await this.#enrolTls(enrolmentId, secret));
    }

    #enrolTls(enrolmentId: string, secret: string): Promise<Enrolment> {
        return this.#authority.enrol({ enrolmentId, secret, hosts, profile: 'tls' });
    }

    async #register(request: Omit<Parameters<EnrolmentService['register']>[0], 'secret'>): Promise<string> {
        const secret = randomBytes(18).toString('base64url');
        await this.#authority.register({ ...request, secret }, this.#registrar);
        return secret;
    }
}
