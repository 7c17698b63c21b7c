// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuthorityClient } from '../certificateAuthority/authorityClient.js';
import { freePort } from '../process/freePort.js';
import type { ChildProcesses } from './childProcesses.js';
import { Enroller } from './enroller.js';
import { writeOrganisationMsp } from './mspFiles.js';
import { certificateAuthorityEnvironment } from './nodeEnvironments.js';

/** Somebody who signs: an `Identity` of @hyperledger/fabric-gateway with its key. */
export interface NetworkIdentity {
    readonly mspId: string;
    /** Certificate in PEM. */
    readonly credentials: Buffer;
    readonly privateKey: KeyObject;
    /** MSP folder, for Fabric's commands. */
    readonly mspDir: string;
}

/** An organisation's CA, for more identities than those that are there. */
export interface NetworkAuthority {
    readonly name: string;
    readonly url: string;
    /** PEM. */
    readonly tlsRoots: Buffer;
    /** Who may register others. */
    readonly registrar: { readonly enrolmentId: string; readonly secret: string };
}

/** An organisation with its CA running and its members enrolled. */
export interface EnrolledOrganisation {
    readonly mspId: string;
    /** Holds `msp`, a folder for each node and user, and their data. */
    readonly dir: string;
    /** PEM file of the only root. */
    readonly rootFile: string;
    readonly ca: NetworkAuthority;
    readonly admin: NetworkIdentity;
    readonly user: NetworkIdentity;
}

export const executable = (name: string): string => join(__dirname, '../../bin', name);
export const configDir = join(__dirname, '../../config');

/** Starts the organisation's CA and enrols `node`, an administrator, a user and, with a peer, chaincode. */
export async function enrolOrganisation(
    processes: ChildProcesses,
    dir: string,
    { mspId, node }: { readonly mspId: string; readonly node: 'peer' | 'orderer' },
): Promise<EnrolledOrganisation> {
    const ca = await startAuthority(processes, dir, mspId);
    const client = new AuthorityClient(ca.url, ca.tlsRoots);
    const registrar = await client.enrol(ca.registrar);
    const enroller = new Enroller(client, registrar);
    await Promise.all([
        enroller.enrolNode(node, node, join(dir, node)),
        enroller.enrolUser({ enrolmentId: 'administrator', role: 'admin' }, join(dir, 'admin')),
        enroller.enrolUser({ enrolmentId: 'user', role: 'client' }, join(dir, 'user')),
        ...(node === 'peer' ? [enroller.enrolTls('chaincode', join(dir, 'chaincode'), 'server')] : []),
    ]);
    writeOrganisationMsp(join(dir, 'msp'), registrar.caChain);
    const identity = (name: string): NetworkIdentity => readIdentity(mspId, join(dir, name, 'msp'));
    const rootFile = join(dir, 'msp/cacerts/ca.pem');
    return { mspId, dir, rootFile, ca, admin: identity('admin'), user: identity('user') };
}

async function startAuthority(processes: ChildProcesses, dir: string, mspId: string): Promise<NetworkAuthority> {
    const name = `${mspId}-ca`;
    const [port, operationsPort] = [await freePort(), await freePort()];
    const registrar = { enrolmentId: 'admin', secret: randomBytes(18).toString('base64url') };
    const home = join(dir, 'ca');
    await processes.start({
        name,
        command: [executable('fabric-ca-server'), 'start', '-b', `${registrar.enrolmentId}:${registrar.secret}`],
        environment: certificateAuthorityEnvironment(name, home, { ca: port, caOperations: operationsPort }),
        ports: [port],
    });
    const tlsRoots = readFileSync(join(home, 'ca-cert.pem'));
    return { name, url: `https://localhost:${String(port)}`, tlsRoots, registrar };
}

function readIdentity(mspId: string, mspDir: string): NetworkIdentity {
    return {
        mspId,
        credentials: readFileSync(join(mspDir, 'signcerts/cert.pem')),
        privateKey: createPrivateKey(readFileSync(join(mspDir, 'keystore/key.pem'))),
        mspDir,
    };
}
