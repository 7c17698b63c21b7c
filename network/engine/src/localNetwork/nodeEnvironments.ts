// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';

/** `msp` and `tls` of a node lie in its `dir`; ports are on 127.0.0.1. */
interface NodePlace<Port extends string> {
    /** Folder of core.yaml and orderer.yaml. */
    readonly configDir: string;
    readonly mspId: string;
    readonly dir: string;
    readonly dataDir: string;
    readonly ports: Readonly<Record<Port, number>>;
}

type Environment = Record<string, string>;

const loggingSpec = process.env.FABRIC_LOGGING_SPEC ?? 'info:grpc=error:gateway=warn:comm.grpc.server=warn';
const listenAddress = (port: number): string => `127.0.0.1:${String(port)}`;

/** Settings of `fabric-ca-server start` for a CA that signs identities and TLS certificates from one root of its own. */
export function certificateAuthorityEnvironment(
    name: string,
    home: string,
    ports: { readonly ca: number; readonly caOperations: number },
): Environment {
    return {
        FABRIC_CA_SERVER_HOME: home,
        FABRIC_CA_SERVER_ADDRESS: '127.0.0.1',
        FABRIC_CA_SERVER_PORT: String(ports.ca),
        FABRIC_CA_SERVER_TLS_ENABLED: 'true',
        FABRIC_CA_SERVER_CA_NAME: name,
        FABRIC_CA_SERVER_CSR_CN: name,
        FABRIC_CA_SERVER_CSR_HOSTS: 'localhost,127.0.0.1',
        FABRIC_CA_SERVER_OPERATIONS_LISTENADDRESS: listenAddress(ports.caOperations),
    };
}

/**
 * Settings of `orderer`.
 * @param tlsRoot PEM file of the organisation's TLS root
 * @param clusterRoots PEM files of the TLS roots of all ordering organisations
 */
export function ordererEnvironment(
    place: NodePlace<'orderer' | 'ordererAdmin' | 'ordererOperations'>,
    tlsRoot: string,
    clusterRoots: readonly string[],
): Environment {
    const { configDir, mspId, dir, dataDir, ports } = place;
    const tls = { certificate: join(dir, 'tls/server.crt'), key: join(dir, 'tls/server.key') };
    return {
        FABRIC_CFG_PATH: configDir,
        FABRIC_LOGGING_SPEC: loggingSpec,
        ORDERER_GENERAL_LISTENADDRESS: '127.0.0.1',
        ORDERER_GENERAL_LISTENPORT: String(ports.orderer),
        ORDERER_GENERAL_LOCALMSPID: mspId,
        ORDERER_GENERAL_LOCALMSPDIR: join(dir, 'msp'),
        ORDERER_GENERAL_BOOTSTRAPMETHOD: 'none',
        ORDERER_GENERAL_TLS_ENABLED: 'true',
        ORDERER_GENERAL_TLS_CERTIFICATE: tls.certificate,
        ORDERER_GENERAL_TLS_PRIVATEKEY: tls.key,
        ORDERER_GENERAL_TLS_ROOTCAS: `[${tlsRoot}]`,
        ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE: tls.certificate,
        ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY: tls.key,
        ORDERER_GENERAL_CLUSTER_ROOTCAS: `[${clusterRoots.join(',')}]`,
        ORDERER_CHANNELPARTICIPATION_ENABLED: 'true',
        ORDERER_FILELEDGER_LOCATION: dataDir,
        ORDERER_CONSENSUS_WALDIR: join(dataDir, 'etcdraft/wal'),
        ORDERER_CONSENSUS_SNAPDIR: join(dataDir, 'etcdraft/snapshot'),
        ORDERER_ADMIN_LISTENADDRESS: listenAddress(ports.ordererAdmin),
        ORDERER_ADMIN_TLS_ENABLED: 'true',
        ORDERER_ADMIN_TLS_CERTIFICATE: tls.certificate,
        ORDERER_ADMIN_TLS_PRIVATEKEY: tls.key,
        ORDERER_ADMIN_TLS_ROOTCAS: `[${tlsRoot}]`,
        ORDERER_ADMIN_TLS_CLIENTAUTHREQUIRED: 'true',
        ORDERER_ADMIN_TLS_CLIENTROOTCAS: `[${tlsRoot}]`,
        ORDERER_OPERATIONS_LISTENADDRESS: listenAddress(ports.ordererOperations),
        ORDERER_METRICS_PROVIDER: 'prometheus',
    };
}

/** Settings of `peer node start`; `id` is how logs and metrics call it. */
export function peerEnvironment(
    id: string,
    { configDir, mspId, dir, dataDir, ports }: NodePlace<'peer' | 'peerChaincode' | 'peerOperations'>,
): Environment {
    const address = `localhost:${String(ports.peer)}`;
    return {
        FABRIC_CFG_PATH: configDir,
        FABRIC_LOGGING_SPEC: loggingSpec,
        CORE_PEER_ID: id,
        CORE_PEER_ADDRESS: address,
        CORE_PEER_LISTENADDRESS: listenAddress(ports.peer),
        CORE_PEER_CHAINCODEADDRESS: listenAddress(ports.peerChaincode),
        CORE_PEER_CHAINCODELISTENADDRESS: listenAddress(ports.peerChaincode),
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
        CORE_PEER_LOCALMSPID: mspId,
        CORE_PEER_MSPCONFIGPATH: join(dir, 'msp'),
        CORE_PEER_FILESYSTEMPATH: dataDir,
        CORE_LEDGER_SNAPSHOTS_ROOTDIR: join(dataDir, 'snapshots'),
        CORE_PEER_TLS_ENABLED: 'true',
        CORE_PEER_TLS_CERT_FILE: join(dir, 'tls/server.crt'),
        CORE_PEER_TLS_KEY_FILE: join(dir, 'tls/server.key'),
        CORE_PEER_TLS_ROOTCERT_FILE: join(dir, 'tls/ca.crt'),
        CORE_PEER_LIMITS_CONCURRENCY_GATEWAYSERVICE: '10000',
        CORE_PEER_AUTHENTICATION_TIMEWINDOW: '2m',
        CORE_CHAINCODE_EXECUTETIMEOUT: '10s',
        CORE_CHAINCODE_RUNTIMEPARAMS_USEWRITEBATCH: 'true',
        CORE_CHAINCODE_RUNTIMEPARAMS_USEGETMULTIPLEKEYS: 'true',
        CORE_VM_ENDPOINT: '',
        CORE_OPERATIONS_LISTENADDRESS: listenAddress(ports.peerOperations),
        CORE_METRICS_PROVIDER: 'prometheus',
    };
}

/** What the `peer` command needs to act as a user towards one peer. */
export function peerClientEnvironment(client: {
    readonly mspId: string;
    readonly mspDir: string;
    /** PEM file. */
    readonly tlsRoot: string;
    readonly address: string;
}): Environment {
    return {
        CORE_PEER_TLS_ENABLED: 'true',
        CORE_PEER_LOCALMSPID: client.mspId,
        CORE_PEER_MSPCONFIGPATH: client.mspDir,
        CORE_PEER_TLS_ROOTCERT_FILE: client.tlsRoot,
        CORE_PEER_ADDRESS: client.address,
    };
}

/** What chaincode that runs as a service needs; `tlsDir` holds server.crt and server.key, `clientRoot` is a PEM file. */
export function chaincodeEnvironment(server: {
    readonly packageId: string;
    readonly port: number;
    readonly tlsDir: string;
    readonly clientRoot: string;
}): Environment {
    return {
        CHAINCODE_ID: server.packageId,
        CHAINCODE_SERVER_ADDRESS: listenAddress(server.port),
        CHAINCODE_TLS_KEY_FILE: join(server.tlsDir, 'server.key'),
        CHAINCODE_TLS_CERT_FILE: join(server.tlsDir, 'server.crt'),
        CHAINCODE_TLS_CLIENT_CACERT_FILE: server.clientRoot,
    };
}
