// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { hostname } from 'node:os';
import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { CertificateAuthority } from './certificateAuthority.js';
import { writeDurably } from '../process/durableFile.js';
import { reached } from '../process/faults/faultPoints.js';
import { alternativeNamesOf } from './certificates/alternativeNames.js';
import { issueCertificate } from './certificates/issueCertificate.js';
import { readPrivateKey } from './certificates/keyStore.js';
import { PublicKey } from './certificates/x509.js';
import { httpService } from './httpService.js';
import type { TlsSettings } from './settings/caSettings.js';

/** Starts the REST interface, over TLS where the settings say so. @throws Error when the address is taken or a file is missing. */
export const listen = async (ca: CertificateAuthority): Promise<Server> => {
    const { tls, address, port } = ca.settings;
    const server = tls === undefined ? createHttpServer(httpService(ca)) : await tlsServer(ca, tls);
    await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, address, () => {
            server.off('error', reject);
            resolve();
        });
    });
    ca.log.info(`Listening on ${tls === undefined ? 'http' : 'https'}://${address}:${String(port)}`);
    return server;
};

const tlsServer = async (ca: CertificateAuthority, tls: TlsSettings): Promise<Server> => {
    const { certificate, key } = await keyPair(ca, tls);
    return createHttpsServer(
        {
            cert: certificate,
            key: key.export({ type: 'pkcs8', format: 'pem' }),
            minVersion: 'TLSv1.2',
            requestCert: tls.clients !== 'noclientcert',
            rejectUnauthorized: tls.clients === 'requireandverifyclientcert',
            ...(tls.clients === 'noclientcert' ? {} : { ca: tls.clientRootFiles.map((file) => readFileSync(file)) }),
        },
        httpService(ca),
    );
};

const keyPair = async (
    ca: CertificateAuthority,
    tls: TlsSettings,
): Promise<{ certificate: string; key: KeyObject }> => {
    const { certificateFile, keyFile } = tls;
    if (keyFile !== undefined) {
        requireFile('tls.keyfile', keyFile);
        requireFile('tls.certfile', certificateFile);
        return { certificate: readFileSync(certificateFile, 'utf8'), key: readPrivateKey(keyFile) };
    }
    if (!existsSync(certificateFile)) await issueServerCertificate(ca, certificateFile);
    const certificate = readFileSync(certificateFile, 'utf8');
    const key = ca.keyStore.find(new X509Certificate(certificate).publicKey);
    if (key === undefined) throw new Error(`no private key for ${certificateFile} in ${ca.keyStore.directory}`);
    return { certificate, key };
};

// As Fabric CA does when TLS is on and it was given no certificate: it issues one to itself, with the tls profile.
const issueServerCertificate = async (ca: CertificateAuthority, certificateFile: string): Promise<void> => {
    const profile = ca.settings.profiles.get('tls');
    if (profile === undefined) throw new Error("Invalid profile: 'tls'");
    const publicKey = createPublicKey(ca.keyStore.generate()).export({ type: 'spki', format: 'der' });
    const { pem } = await issueCertificate(
        ca.authority,
        {
            subject: { commonName: [hostname()] },
            publicKey: new PublicKey(new Uint8Array(publicKey)),
            profile,
            alternativeNames: alternativeNamesOf(ca.settings.hosts),
        },
        new Date(),
    );
    writeDurably(certificateFile, pem, { mode: 0o644 });
    reached('ca.certificateWritten');
};

const requireFile = (name: string, file: string): void => {
    if (!existsSync(file)) throw new Error(`File specified by '${name}' does not exist: ${file}`);
};
