// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
    caCertificate,
    certificateAuthorityName,
    networkDir,
    ordererName,
    peerDir,
    peerName,
    userDir,
    type Organisation,
} from './consortium.mts';
import type { Network } from './network.mts';

/** Describes the running network to the gateway app: who is there, where, and with which keys. */
export function writeNetworkFile(network: Network): void {
    const { engine, consortium, channel, chaincode, orderers } = network;
    const description = {
        engine: engine.kind,
        version: engine.version,
        channel,
        chaincode,
        consensus: orderers === 4 ? 'BFT' : 'etcdraft',
        orderers: network.orderingOrganisations.map((organisation) => ({
            name: ordererName(organisation),
            address: `localhost:${String(organisation.ports.orderer)}`,
        })),
        organisations: consortium.organisations.map(describeOrganisation),
    };
    writeFileSync(join(networkDir, 'network.json'), JSON.stringify(description, null, 2));
}

function describeOrganisation(organisation: Organisation): object {
    const user = (name: string): object => ({ mspDir: join(userDir(organisation, name), 'msp') });
    return {
        name: organisation.name,
        title: organisation.title,
        mspId: organisation.mspId,
        role: organisation.attesterRole ?? 'regulator',
        endorses: organisation.endorses,
        peer: {
            name: peerName(organisation),
            address: `localhost:${String(organisation.ports.peer)}`,
            tlsCaFile: join(peerDir(organisation), 'tls/ca.crt'),
            serverName: 'localhost',
            operations: `127.0.0.1:${String(organisation.ports.peerOperations)}`,
        },
        ca: {
            url: `https://localhost:${String(organisation.ports.ca)}`,
            name: certificateAuthorityName(organisation),
            tlsCaFile: caCertificate(organisation),
        },
        users: {
            admin: user('admin'),
            client: user('client'),
            custodian: user('custodian'),
            attester: user('attester'),
        },
    };
}
