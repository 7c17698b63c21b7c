// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pkcs8, testCertificate, type TestCertificate, type TestCertificateOptions } from './testCertificate.js';

/** When a certificate is valid. */
type Validity = Pick<TestCertificateOptions, 'notBefore' | 'notAfter'>;

const dayMs = 86_400_000;
export const alreadyExpired = (): Validity => ({ notAfter: new Date(Date.now() - dayMs) });
export const notYetValid = (): Validity => ({ notBefore: new Date(Date.now() + dayMs) });

/** Throw-away authorities of one organisation, and the MSP folders of its members. */
export class TestAuthority {
    readonly mspId: string;
    readonly #directory: string;
    readonly #signing: TestCertificate;
    readonly #tls: TestCertificate;

    /** Writes the organisation's own MSP folder too: `<directory>/<mspId>/msp`. */
    constructor(directory: string, mspId: string) {
        this.mspId = mspId;
        this.#directory = join(directory, mspId);
        this.#signing = testCertificate({ name: `ca.${mspId}`, isCa: true });
        this.#tls = testCertificate({ name: `tlsca.${mspId}`, isCa: true });
        this.#writeCommon(this.mspFolder('msp'));
    }

    /** PEM file of the TLS authority. */
    get tlsRootFile(): string {
        return join(this.mspFolder('msp'), 'tlscacerts', 'tlsca.pem');
    }

    mspFolder(name: string): string {
        return join(this.#directory, name);
    }

    /** MSP folder of a new member with a NodeOU role. */
    member(name: string, role: 'client' | 'peer' | 'admin' | 'orderer', validity: Validity = {}): string {
        const folder = this.mspFolder(name);
        this.#writeCommon(folder);
        const { pem, key } = testCertificate({
            name,
            organizationalUnits: [role],
            issuer: this.#signing,
            ...validity,
        });
        write(join(folder, 'signcerts'), 'cert.pem', pem);
        write(join(folder, 'keystore'), 'key_sk', pkcs8(key));
        return folder;
    }

    /** A TLS certificate for localhost, as files `server.crt` and `server.key` in the returned folder. */
    tlsFolder(name: string): string {
        const { pem, key } = testCertificate({ name, issuer: this.#tls, hosts: ['localhost'] });
        const folder = this.mspFolder(`tls-${name}`);
        write(folder, 'server.crt', pem);
        write(folder, 'server.key', pkcs8(key));
        return folder;
    }

    #writeCommon(folder: string): void {
        write(join(folder, 'cacerts'), 'ca.pem', this.#signing.pem);
        write(join(folder, 'tlscacerts'), 'tlsca.pem', this.#tls.pem);
        const units = ['Client', 'Peer', 'Admin', 'Orderer'].map(
            (role) => `  ${role}OUIdentifier: {OrganizationalUnitIdentifier: ${role.toLowerCase()}}\n`,
        );
        write(folder, 'config.yaml', `NodeOUs:\n  Enable: true\n${units.join('')}`);
    }
}

function write(folder: string, name: string, content: string | Buffer): void {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), content);
}
