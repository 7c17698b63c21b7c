// SPDX-License-Identifier: Apache-2.0
import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Enrolment } from '../certificateAuthority/authorityClient.js';

/** How a member's role is told from the organisational unit of its certificate (Fabric's config.yaml). */
const nodeUnits = `NodeOUs:
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
    for (const folder of ['signcerts', 'keystore', 'cacerts', 'tlscacerts']) {
        mkdirSync(join(mspDir, folder), { recursive: true });
    }
    writeFileSync(join(mspDir, 'signcerts', 'cert.pem'), certificate);
    writeFileSync(join(mspDir, 'keystore', 'key.pem'), privateKey, { mode: 0o600 });
    chmodSync(join(mspDir, 'keystore'), 0o700);
    writeFileSync(join(mspDir, 'cacerts', 'ca.pem'), caChain);
    writeFileSync(join(mspDir, 'tlscacerts', 'ca.pem'), caChain);
    writeFileSync(join(mspDir, 'config.yaml'), nodeUnits);
}

/** What the channel knows of an organisation: its roots and how roles are told apart. It appears as a whole. */
export function writeOrganisationMsp(mspDir: string, caChain: string): void {
    const draft = `${mspDir}.draft`;
    for (const folder of ['cacerts', 'tlscacerts']) {
        mkdirSync(join(draft, folder), { recursive: true });
        writeFileSync(join(draft, folder, 'ca.pem'), caChain);
    }
    writeFileSync(join(draft, 'config.yaml'), nodeUnits);
    renameSync(draft, mspDir);
}

/** Writes `<name>.crt`, `<name>.key` and the root `ca.crt`. */
export function writeTlsFolder(dir: string, name: 'server' | 'client', tls: Enrolment): void {
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, `${name}.crt`), tls.certificate);
    writeFileSync(join(dir, `${name}.key`), tls.privateKey, { mode: 0o600 });
    writeFileSync(join(dir, 'ca.crt'), tls.caChain);
}
