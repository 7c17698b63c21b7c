// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../process/freePort.js';
import type { ChildProcesses } from './childProcesses.js';
import { ordererEnvironment, peerClientEnvironment, peerEnvironment } from './nodeEnvironments.js';
import { configDir, type EnrolledOrganisation, executable } from './organisation.js';

export interface NetworkPeer {
    /** `localhost:port` of gRPC over TLS. */
    readonly address: string;
    /** PEM. */
    readonly tlsRoots: Buffer;
    /** `127.0.0.1:port` of /metrics, /healthz and /logspec. */
    readonly operations: string;
}

export interface NetworkOrderer {
    readonly mspId: string;
    readonly address: string;
    /** `localhost:port` for `osnadmin`, with a client certificate of the orderer's organisation. */
    readonly adminAddress: string;
    /** PEM. */
    readonly tlsRoots: Buffer;
    /** PEM file of the same. */
    readonly tlsRootFile: string;
    readonly operations: string;
    /** Folder with client.crt and client.key of the administrator's TLS, and with server.crt of the orderer's. */
    readonly tlsDir: string;
    readonly adminTlsDir: string;
}

const localhost = (port: number): string => `localhost:${String(port)}`;
const loopback = (port: number): string => `127.0.0.1:${String(port)}`;

export async function startOrderer(
    processes: ChildProcesses,
    { mspId, dir, rootFile }: EnrolledOrganisation,
): Promise<NetworkOrderer> {
    const ports = { orderer: await freePort(), ordererAdmin: await freePort(), ordererOperations: await freePort() };
    const place = { configDir, mspId, dir: join(dir, 'orderer'), dataDir: join(dir, 'orderer/data'), ports };
    await processes.start({
        name: `${mspId}-orderer`,
        command: [executable('orderer')],
        environment: ordererEnvironment(place, rootFile, [rootFile]),
        ports: [ports.orderer, ports.ordererAdmin],
        healthPort: ports.ordererOperations,
    });
    return {
        mspId,
        address: localhost(ports.orderer),
        adminAddress: localhost(ports.ordererAdmin),
        tlsRoots: readFileSync(rootFile),
        tlsRootFile: rootFile,
        operations: loopback(ports.ordererOperations),
        tlsDir: join(dir, 'orderer/tls'),
        adminTlsDir: join(dir, 'admin/tls'),
    };
}

export async function startPeer(
    processes: ChildProcesses,
    { mspId, dir, rootFile, admin }: EnrolledOrganisation,
): Promise<{ readonly peer: NetworkPeer; readonly environment: Readonly<Record<string, string>> }> {
    const ports = { peer: await freePort(), peerChaincode: await freePort(), peerOperations: await freePort() };
    const place = { configDir, mspId, dir: join(dir, 'peer'), dataDir: join(dir, 'peer/data'), ports };
    await processes.start({
        name: `${mspId}-peer`,
        command: [executable('peer'), 'node', 'start'],
        environment: peerEnvironment(`${mspId}-peer`, place),
        ports: [ports.peer],
        healthPort: ports.peerOperations,
    });
    const address = localhost(ports.peer);
    return {
        peer: { address, tlsRoots: readFileSync(rootFile), operations: loopback(ports.peerOperations) },
        environment: {
            FABRIC_CFG_PATH: configDir,
            ...peerClientEnvironment({ mspId, mspDir: admin.mspDir, tlsRoot: rootFile, address }),
        },
    };
}
