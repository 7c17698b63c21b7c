// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import {
    certificateAuthorityEnvironment,
    chaincodeEnvironment,
    ordererEnvironment,
    peerEnvironment,
} from '@power-currency/engine/localNetwork/nodeEnvironments.js';
import {
    caCertificate,
    certificateAuthorityName,
    chaincodeName,
    networkDir,
    ordererDir,
    ordererName,
    organisationDir,
    peerDir,
    peerName,
    projectDir,
    type Organisation,
} from './consortium.mts';
import type { Engine } from './engineChoice.mts';
import type { ProcessSpec } from './processes.mts';

const peerAddress = ({ ports }: Organisation): string => `localhost:${String(ports.peer)}`;
const dataDir = (name: string): string => join(networkDir, 'data', name);

/** The organisation's Fabric CA: identities and TLS certificates from one root of its own. */
export function certificateAuthoritySpec(engine: Engine, organisation: Organisation, secret: string): ProcessSpec {
    const name = certificateAuthorityName(organisation);
    return {
        name,
        command: [join(engine.binDir, 'fabric-ca-server'), 'start', '-b', `admin:${secret}`],
        environment: certificateAuthorityEnvironment(name, dataDir(name), organisation.ports),
        ports: [organisation.ports.ca],
    };
}

export const certificateAuthorityHome = (organisation: Organisation): string =>
    dataDir(certificateAuthorityName(organisation));

export function ordererSpec(engine: Engine, organisation: Organisation, clusterRoots: readonly string[]): ProcessSpec {
    const name = ordererName(organisation);
    const { mspId, ports } = organisation;
    const place = { configDir: engine.configDir, mspId, dir: ordererDir(organisation), dataDir: dataDir(name), ports };
    return {
        name,
        command: [join(engine.binDir, 'orderer')],
        environment: ordererEnvironment(place, caCertificate(organisation), clusterRoots),
        ports: [ports.orderer, ports.ordererAdmin],
        healthPort: ports.ordererOperations,
    };
}

/** @param witnesses organisations with whose peers this one compares its ledger; Fabric's own peer has no such setting */
export function peerSpec(
    engine: Engine,
    organisation: Organisation,
    witnesses: readonly Organisation[] = [],
): ProcessSpec {
    const name = peerName(organisation);
    const { mspId, ports } = organisation;
    const place = { configDir: engine.configDir, mspId, dir: peerDir(organisation), dataDir: dataDir(name), ports };
    return {
        name,
        command: [join(engine.binDir, 'peer'), 'node', 'start'],
        environment: {
            ...peerEnvironment(name, place),
            CORE_CHAINCODE_EXTERNALBUILDERS: `[{name: ccaas, path: ${join(projectDir, 'network/ccaas')}}]`,
            ...(witnesses.length > 0 && { CORE_LEDGER_WITNESSES: `[${witnesses.map(peerAddress).join(',')}]` }),
        },
        ports: [ports.peer],
        healthPort: ports.peerOperations,
    };
}

/** The organisation's chaincode process: it serves only its own peer, over mutual TLS. */
export function chaincodeSpec(organisation: Organisation, packageId: string): ProcessSpec {
    const server = {
        packageId,
        port: organisation.ports.chaincode,
        tlsDir: join(organisationDir(organisation), 'chaincode/tls'),
        clientRoot: caCertificate(organisation),
    };
    return {
        name: chaincodeName(organisation),
        command: ['bash', join(projectDir, 'scripts/network/superviseChaincode.sh')],
        environment: {
            ...chaincodeEnvironment(server),
            CORE_PEER_LOCALMSPID: organisation.mspId,
            CORE_CHAINCODE_LOGGING_LEVEL: process.env.CORE_CHAINCODE_LOGGING_LEVEL ?? 'ERROR',
        },
        ports: [organisation.ports.chaincode],
    };
}
