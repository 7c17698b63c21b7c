// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Enroller } from '@power-currency/engine/localNetwork/enroller.js';
import { writeOrganisationMsp } from '@power-currency/engine/localNetwork/mspFiles.js';
import { openCertificateAuthority } from '@power-currency/gateway/dist/fabric/certificateAuthority.js';
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
    for (const { name, ...user } of users) {
        // The CA's first registrar is called admin already.
        const enrolmentId = name === 'admin' ? 'orgadmin' : name;
        await member.enrolUser({ ...user, enrolmentId }, userDir(organisation, name));
    }
    // Written last: its presence says that the organisation is complete.
    writeOrganisationMsp(join(target, 'msp'), registrar.caChain);
}
