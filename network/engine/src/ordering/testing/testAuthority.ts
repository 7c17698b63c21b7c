// SPDX-License-Identifier: Apache-2.0
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
    AuthorityKeyIdentifierExtension,
    BasicConstraintsExtension,
    KeyUsageFlags,
    KeyUsagesExtension,
    PemConverter,
    SubjectAlternativeNameExtension,
    SubjectKeyIdentifierExtension,
    X509CertificateGenerator,
    type X509Certificate,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 86_400_000;

export interface IssuedPair {
    readonly certificatePem: string;
    readonly keyPem: string;
}

/** Throw-away authorities of one organisation, and the MSP folders of its members. */
export class TestAuthority {
    readonly mspId: string;
    readonly #directory: string;
    readonly #signing: Authority;
    readonly #tls: Authority;

    private constructor(directory: string, mspId: string, signing: Authority, tls: Authority) {
        this.#directory = directory;
        this.mspId = mspId;
        this.#signing = signing;
        this.#tls = tls;
    }

    /** Creates the organisation's own MSP folder too: `<directory>/<mspId>/msp`. */
    static async create(directory: string, mspId: string): Promise<TestAuthority> {
        const [signing, tls] = [await newAuthority(`ca.${mspId}`), await newAuthority(`tlsca.${mspId}`)];
        const authority = new TestAuthority(join(directory, mspId), mspId, signing, tls);
        authority.#writeCommon(authority.mspFolder('msp'));
        return authority;
    }

    /** PEM file of the TLS authority. */
    get tlsRootFile(): string {
        return join(this.mspFolder('msp'), 'tlscacerts', 'tlsca.pem');
    }

    mspFolder(name: string): string {
        return join(this.#directory, name);
    }

    /** MSP folder of a new member with a NodeOU role. */
    async member(name: string, role: 'client' | 'peer' | 'admin' | 'orderer', expired = false): Promise<string> {
        const folder = this.mspFolder(name);
        this.#writeCommon(folder);
        const pair = await issue(this.#signing, `CN=${name},OU=${role}`, [], expired);
        write(join(folder, 'signcerts'), 'cert.pem', pair.certificatePem);
        write(join(folder, 'keystore'), 'key_sk', pair.keyPem);
        return folder;
    }

    /** A TLS certificate for localhost, as files `server.crt` and `server.key` in the returned folder. */
    async tlsFolder(name: string): Promise<string> {
        const pair = await issue(this.#tls, `CN=${name}`, ['localhost']);
        const folder = join(this.#directory, `tls-${name}`);
        write(folder, 'server.crt', pair.certificatePem);
        write(folder, 'server.key', pair.keyPem);
        return folder;
    }

    #writeCommon(folder: string): void {
        write(join(folder, 'cacerts'), 'ca.pem', this.#signing.certificate.toString('pem'));
        write(join(folder, 'tlscacerts'), 'tlsca.pem', this.#tls.certificate.toString('pem'));
        const units = ['Client', 'Peer', 'Admin', 'Orderer'].map(
            (role) => `  ${role}OUIdentifier: {OrganizationalUnitIdentifier: ${role.toLowerCase()}}\n`,
        );
        write(folder, 'config.yaml', `NodeOUs:\n  Enable: true\n${units.join('')}`);
    }
}

interface Authority {
    readonly certificate: X509Certificate;
    readonly keys: webcrypto.CryptoKeyPair;
}

async function newAuthority(name: string): Promise<Authority> {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const certificate = await X509CertificateGenerator.createSelfSigned({
        serialNumber: serial(),
        name: `CN=${name}`,
        keys,
        notBefore: new Date(Date.now() - 2 * dayMs),
        notAfter: new Date(Date.now() + dayMs),
        signingAlgorithm: algorithm,
        extensions: [
            new BasicConstraintsExtension(true, undefined, true),
            new KeyUsagesExtension(
                KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature,
                true,
            ),
            await SubjectKeyIdentifierExtension.create(keys.publicKey),
        ],
    });
    return { certificate, keys };
}

async function issue(
    authority: Authority,
    subject: string,
    hosts: readonly string[],
    expired = false,
): Promise<IssuedPair> {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const certificate = await X509CertificateGenerator.create({
        serialNumber: serial(),
        subject,
        issuer: authority.certificate.subject,
        publicKey: keys.publicKey,
        signingKey: authority.keys.privateKey,
        notBefore: new Date(Date.now() - dayMs),
        notAfter: new Date(Date.now() + (expired ? -1_000 : dayMs)),
        signingAlgorithm: algorithm,
        extensions: [
            new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
            await SubjectKeyIdentifierExtension.create(keys.publicKey),
            await AuthorityKeyIdentifierExtension.create(authority.certificate),
            ...(hosts.length === 0
                ? []
                : [new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns' as const, value })))]),
        ],
    });
    const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return {
        certificatePem: `${certificate.toString('pem')}\n`,
        keyPem: `${PemConverter.encode(key, 'PRIVATE KEY')}\n`,
    };
}

function serial(): string {
    return Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex');
}

function write(folder: string, name: string, text: string): void {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
}
