// SPDX-License-Identifier: Apache-2.0

export interface OrganisationPlan {
    readonly mspId: string;
    /** Anchor peer's port; undefined for the orderer's organisation. */
    readonly peerPort?: number;
}

export interface NetworkPlan {
    readonly directory: string;
    readonly ordererPort: number;
    readonly ordererTls: string;
    readonly batchTimeout: string;
    readonly maxMessageCount: number;
    readonly members: readonly OrganisationPlan[];
}

/** configtx.yaml of a test network in Fabric's format; profile `Test`. */
export function configtxYaml(plan: NetworkPlan): string {
    const meta = { Readers: 'ANY Readers', Writers: 'ANY Writers', Admins: 'MAJORITY Admins' };
    const endorsement = { LifecycleEndorsement: 'MAJORITY Endorsement', Endorsement: 'MAJORITY Endorsement' };
    const certificate = `${plan.ordererTls}/server.crt`;
    const endpoint = `localhost:${String(plan.ordererPort)}`;
    return `
Profiles:
  Test:
    Policies: {${policies(meta, 'ImplicitMeta')}}
    Capabilities: {V3_0: true}
    Orderer:
      OrdererType: etcdraft
      EtcdRaft:
        Consenters: [{Host: localhost, Port: ${String(plan.ordererPort)}, ClientTLSCert: ${certificate}, ServerTLSCert: ${certificate}}]
        Options: {TickInterval: 500ms, ElectionTick: 10, HeartbeatTick: 1, MaxInflightBlocks: 5, SnapshotIntervalSize: 16 MB}
      BatchTimeout: ${plan.batchTimeout}
      BatchSize: {MaxMessageCount: ${String(plan.maxMessageCount)}, AbsoluteMaxBytes: 10 MB, PreferredMaxBytes: 4 MB}
      Organizations: [${organisation('OrdererMSP', plan.directory, `, OrdererEndpoints: ['${endpoint}']`)}]
      Policies: {${policies({ ...meta, BlockValidation: 'ANY Writers' }, 'ImplicitMeta')}}
      Capabilities: {V2_0: true}
    Application:
      Organizations:
${plan.members.map((member) => `        - ${memberOrganisation(member, plan.directory)}\n`).join('')}
      Policies: {${policies({ ...meta, ...endorsement }, 'ImplicitMeta')}}
      Capabilities: {V2_5: true}
`;
}

function memberOrganisation({ mspId, peerPort }: OrganisationPlan, directory: string): string {
    return organisation(mspId, directory, `, AnchorPeers: [{Host: localhost, Port: ${String(peerPort)}}]`);
}

function organisation(mspId: string, directory: string, extra: string): string {
    const rules = {
        Readers: `OR('${mspId}.member')`,
        Writers: `OR('${mspId}.admin','${mspId}.client','${mspId}.orderer')`,
        Admins: `OR('${mspId}.admin')`,
        Endorsement: `OR('${mspId}.peer')`,
    };
    return `{Name: ${mspId}, ID: ${mspId}, MSPDir: ${directory}/${mspId}/msp, Policies: {${policies(rules, 'Signature')}}${extra}}`;
}

function policies(rules: Readonly<Record<string, string>>, type: string): string {
    return Object.entries(rules)
        .map(([name, rule]) => `${name}: {Type: ${type}, Rule: "${rule}"}`)
        .join(', ');
}

/** orderer.yaml with everything below `directory`. */
export function ordererYaml({ directory, ordererPort, ordererTls }: NetworkPlan, tlsRoot: string): string {
    const tls = `Enabled: true, Certificate: ${ordererTls}/server.crt, PrivateKey: ${ordererTls}/server.key`;
    return `
General:
  ListenAddress: localhost
  ListenPort: ${String(ordererPort)}
  TLS: {${tls}, ClientAuthRequired: false, ClientRootCAs: [${tlsRoot}]}
  LocalMSPDir: OrdererMSP/orderer0
  LocalMSPID: OrdererMSP
FileLedger: {Location: ${directory}/orderer-ledger}
Operations: {ListenAddress: 'localhost:0'}
Admin:
  ListenAddress: localhost:0
  TLS: {${tls}, ClientAuthRequired: true, ClientRootCAs: [${tlsRoot}]}
`;
}

/** core.yaml of one peer. */
export function coreYaml(folder: string, mspId: string, port: number, tls: string): string {
    return `
peer:
  id: peer0.${mspId}
  listenAddress: localhost:${String(port)}
  address: localhost:${String(port)}
  localMspId: ${mspId}
  mspConfigPath: ${folder}/peer0
  fileSystemPath: ${folder}/peer-data
  gossip: {externalEndpoint: 'localhost:${String(port)}'}
  tls: {enabled: true, cert: {file: ${tls}/server.crt}, key: {file: ${tls}/server.key}}
  discovery: {enabled: true}
  gateway: {enabled: true, endorsementTimeout: 10s, broadcastTimeout: 10s}
chaincode:
  executetimeout: 5s
  startuptimeout: 10s
  runtimeParams: {useWriteBatch: true, maxSizeWriteBatch: 1000, useGetMultipleKeys: true, maxSizeGetMultipleKeys: 1000}
ledger: {state: {totalQueryLimit: 100000}, history: {enableHistoryDatabase: true}}
operations: {listenAddress: 'localhost:0'}
metrics: {provider: prometheus}
`;
}
