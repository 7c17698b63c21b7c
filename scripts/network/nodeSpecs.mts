// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
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

const dataDir = (name: string): string => join(networkDir, 'data', name);
const loggingSpec = process.env.FABRIC_LOGGING_SPEC ?? 'info:grpc=error:gateway=warn:comm.grpc.server=warn';

/** The organisation's Fabric CA: identities and TLS certificates from one root of its own. */
export function certificateAuthoritySpec(engine: Engine, organisation: Organisation, secret: string): ProcessSpec {
    const home = dataDir(certificateAuthorityName(organisation));
    return {
        name: certificateAuthorityName(organisation),
        command: [join(engine.binDir, 'fabric-ca-server'), 'start', '-b', `admin:${secret}`],
        environment: {
            FABRIC_CA_SERVER_HOME: home,
            FABRIC_CA_SERVER_ADDRESS: '127.0.0.1',
            FABRIC_CA_SERVER_PORT: String(organisation.ports.ca),
            FABRIC_CA_SERVER_TLS_ENABLED: 'true',
            FABRIC_CA_SERVER_CA_NAME: certificateAuthorityName(organisation),
            FABRIC_CA_SERVER_CSR_CN: certificateAuthorityName(organisation),
            FABRIC_CA_SERVER_CSR_HOSTS: 'localhost,127.0.0.1',
            FABRIC_CA_SERVER_OPERATIONS_LISTENADDRESS: `127.0.0.1:${String(organisation.ports.caOperations)}`,
        },
        ports: [organisation.ports.ca],
    };
}

export const certificateAuthorityHome = (organisation: Organisation): string =>
    dataDir(certificateAuthorityName(organisation));

export function ordererSpec(engine: Engine, organisation: Organisation, clusterRoots: readonly string[]): ProcessSpec {
    const home = ordererDir(organisation);
    const data = dataDir(ordererName(organisation));
    const tls = { certificate: join(home, 'tls/server.crt'), key: join(home, 'tls/server.key') };
    return {
        name: ordererName(organisation),
        command: [join(engine.binDir, 'orderer')],
        environment: {
            FABRIC_CFG_PATH: engine.configDir,
            FABRIC_LOGGING_SPEC: loggingSpec,
            ORDERER_GENERAL_LISTENADDRESS: '127.0.0.1',
            ORDERER_GENERAL_LISTENPORT: String(organisation.ports.orderer),
            ORDERER_GENERAL_LOCALMSPID: organisation.mspId,
            ORDERER_GENERAL_LOCALMSPDIR: join(home, 'msp'),
            ORDERER_GENERAL_BOOTSTRAPMETHOD: 'none',
            ORDERER_GENERAL_TLS_ENABLED: 'true',
            ORDERER_GENERAL_TLS_CERTIFICATE: tls.certificate,
            ORDERER_GENERAL_TLS_PRIVATEKEY: tls.key,
            ORDERER_GENERAL_TLS_ROOTCAS: `[${caCertificate(organisation)}]`,
            ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE: tls.certificate,
            ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY: tls.key,
            ORDERER_GENERAL_CLUSTER_ROOTCAS: `[${clusterRoots.join(',')}]`,
            ORDERER_CHANNELPARTICIPATION_ENABLED: 'true',
            ORDERER_FILELEDGER_LOCATION: data,
            ORDERER_CONSENSUS_WALDIR: join(data, 'etcdraft/wal'),
            ORDERER_CONSENSUS_SNAPDIR: join(data, 'etcdraft/snapshot'),
            ORDERER_ADMIN_LISTENADDRESS: `127.0.0.1:${String(organisation.ports.ordererAdmin)}`,
            ORDERER_ADMIN_TLS_ENABLED: 'true',
            ORDERER_ADMIN_TLS_CERTIFICATE: tls.certificate,
            ORDERER_ADMIN_TLS_PRIVATEKEY: tls.key,
            ORDERER_ADMIN_TLS_ROOTCAS: `[${caCertificate(organisation)}]`,
            ORDERER_ADMIN_TLS_CLIENTAUTHREQUIRED: 'true',
            ORDERER_ADMIN_TLS_CLIENTROOTCAS: `[${caCertificate(organisation)}]`,
            ORDERER_OPERATIONS_LISTENADDRESS: `127.0.0.1:${String(organisation.ports.ordererOperations)}`,
            ORDERER_METRICS_PROVIDER: 'prometheus',
        },
        ports: [organisation.ports.orderer, organisation.ports.ordererAdmin],
        healthPort: organisation.ports.ordererOperations,
    };
}

export function peerSpec(engine: Engine, organisation: Organisation): ProcessSpec {
    const home = peerDir(organisation);
    const data = dataDir(peerName(organisation));
    const address = `localhost:${String(organisation.ports.peer)}`;
    return {
        name: peerName(organisation),
        command: [join(engine.binDir, 'peer'), 'node', 'start'],
        environment: {
            FABRIC_CFG_PATH: engine.configDir,
            FABRIC_LOGGING_SPEC: loggingSpec,
            CORE_PEER_ID: peerName(organisation),
            CORE_PEER_ADDRESS: address,
            CORE_PEER_LISTENADDRESS: `127.0.0.1:${String(organisation.ports.peer)}`,
            CORE_PEER_CHAINCODEADDRESS: `127.0.0.1:${String(organisation.ports.peerChaincode)}`,
            CORE_PEER_CHAINCODELISTENADDRESS: `127.0.0.1:${String(organisation.ports.peerChaincode)}`,
            CORE_PEER_GOSSIP_BOOTSTRAP: address,
            CORE_PEER_GOSSIP_EXTERNALENDPOINT: address,
            CORE_PEER_GOSSIP_ORGLEADER: 'true',
            CORE_PEER_GOSSIP_USELEADERELECTION: 'false',
            // Peers that join at once refuse each other's first connection; Fabric's 25 s would leave them strangers for so long.
            CORE_PEER_GOSSIP_RECONNECTINTERVAL: '1s',
            CORE_PEER_GOSSIP_STATE_ENABLED: 'false',
            CORE_PEER_DELIVERYCLIENT_BLOCKGOSSIPENABLED: 'false',
            CORE_PEER_DELIVERYCLIENT_RECONNECTTOTALTIMETHRESHOLD: '3600s',
            CORE_PEER_DELIVERYCLIENT_RECONNECTBACKOFFTHRESHOLD: '1s',
            CORE_PEER_LOCALMSPID: organisation.mspId,
            CORE_PEER_MSPCONFIGPATH: join(home, 'msp'),
            CORE_PEER_FILESYSTEMPATH: data,
            CORE_LEDGER_SNAPSHOTS_ROOTDIR: join(data, 'snapshots'),
            CORE_PEER_TLS_ENABLED: 'true',
            CORE_PEER_TLS_CERT_FILE: join(home, 'tls/server.crt'),
            CORE_PEER_TLS_KEY_FILE: join(home, 'tls/server.key'),
            CORE_PEER_TLS_ROOTCERT_FILE: join(home, 'tls/ca.crt'),
            CORE_PEER_LIMITS_CONCURRENCY_GATEWAYSERVICE: '10000',
            CORE_PEER_AUTHENTICATION_TIMEWINDOW: '2m',
            CORE_CHAINCODE_EXECUTETIMEOUT: '10s',
            CORE_CHAINCODE_RUNTIMEPARAMS_USEWRITEBATCH: 'true',
            CORE_CHAINCODE_RUNTIMEPARAMS_USEGETMULTIPLEKEYS: 'true',
            CORE_CHAINCODE_EXTERNALBUILDERS: `[{name: ccaas, path: ${join(projectDir, 'network/ccaas')}}]`,
            CORE_VM_ENDPOINT: '',
            CORE_OPERATIONS_LISTENADDRESS: `127.0.0.1:${String(organisation.ports.peerOperations)}`,
            CORE_METRICS_PROVIDER: 'prometheus',
        },
        ports: [organisation.ports.peer],
        healthPort: organisation.ports.peerOperations,
    };
}

/** The organisation's chaincode process: it serves only its own peer, over mutual TLS. */
export function chaincodeSpec(organisation: Organisation, packageId: string): ProcessSpec {
    const tls = join(organisationDir(organisation), 'chaincode/tls');
    return {
        name: chaincodeName(organisation),
        command: ['bash', join(projectDir, 'scripts/network/superviseChaincode.sh')],
        environment: {
            CHAINCODE_ID: packageId,
            CHAINCODE_SERVER_ADDRESS: `127.0.0.1:${String(organisation.ports.chaincode)}`,
            CHAINCODE_TLS_KEY_FILE: join(tls, 'server.key'),
            CHAINCODE_TLS_CERT_FILE: join(tls, 'server.crt'),
            CHAINCODE_TLS_CLIENT_CACERT_FILE: caCertificate(organisation),
            CORE_PEER_LOCALMSPID: organisation.mspId,
            CORE_CHAINCODE_LOGGING_LEVEL: process.env.CORE_CHAINCODE_LOGGING_LEVEL ?? 'ERROR',
        },
        ports: [organisation.ports.chaincode],
    };
}
