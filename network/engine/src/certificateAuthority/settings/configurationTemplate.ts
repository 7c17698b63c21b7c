// SPDX-License-Identifier: Apache-2.0
import { hostname } from 'node:os';
import { Document } from 'yaml';

/** The credentials of the first registrar, from `-b user:pass`. */
export interface BootstrapCredentials {
    readonly user: string;
    readonly password: string;
}

/** The configuration file a first start writes: Fabric CA's defaults with the bootstrap identity. */
export const defaultConfiguration = (version: string, { user, password }: BootstrapCredentials): string => {
    const document = new Document({
        version,
        port: 7054,
        debug: false,
        crlsizelimit: 512000,
        tls: { enabled: false, certfile: null, keyfile: null, clientauth: { type: 'noclientcert', certfiles: null } },
        ca: { name: null, keyfile: null, certfile: null, chainfile: null, reenrollIgnoreCertExpiry: false },
        crl: { expiry: '24h' },
        registry: {
            maxenrollments: -1,
            identities: [{ name: user, pass: password, type: 'client', affiliation: '', attrs: registrarAttributes }],
        },
        db: { type: 'sqlite3', datasource: 'fabric-ca-server.db' },
        affiliations: { org1: ['department1', 'department2'], org2: ['department1'] },
        signing: {
            default: { usage: ['digital signature'], expiry: '8760h' },
            profiles: {
                ca: {
                    usage: ['cert sign', 'crl sign'],
                    expiry: '43800h',
                    caconstraint: { isca: true, maxpathlen: 0 },
                },
                tls: {
                    usage: ['signing', 'key encipherment', 'server auth', 'client auth', 'key agreement'],
                    expiry: '8760h',
                },
            },
        },
        csr: {
            cn: 'fabric-ca-server',
            keyrequest: { algo: 'ecdsa', size: 256 },
            names: [{ C: 'US', ST: 'North Carolina', L: null, O: 'Hyperledger', OU: 'Fabric' }],
            hosts: [hostname(), 'localhost'],
            ca: { expiry: '131400h', pathlength: 1 },
        },
        bccsp: {
            default: 'SW',
            sw: { hash: 'SHA2', security: 256, filekeystore: { keystore: 'msp/keystore' } },
        },
        cfg: { identities: { passwordattempts: 10, allowremove: false }, affiliations: { allowremove: false } },
        operations: { listenAddress: '127.0.0.1:9443' },
    });
    document.commentBefore = heading;
    return document.toString();
};

const registrarAttributes = {
    'hf.Registrar.Roles': '*',
    'hf.Registrar.DelegateRoles': '*',
    'hf.Revoker': true,
    'hf.IntermediateCA': true,
    'hf.GenCRL': true,
    'hf.Registrar.Attributes': '*',
    'hf.AffiliationMgr': true,
};

const heading = ` Configuration of fabric-ca-server.
 Precedence of each element: command line argument (--ca.name x), environment variable
 (FABRIC_CA_SERVER_CA_NAME=x), this file, default. Relative file names start at this file's directory.`;
