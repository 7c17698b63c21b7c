// SPDX-License-Identifier: Apache-2.0

/** orderer.yaml with everything below `directory`. */
export function ordererYaml(directory: string, port: number, tlsFolder: string, tlsRoot: string): string {
    const tls = `Enabled: true, Certificate: ${tlsFolder}/server.crt, PrivateKey: ${tlsFolder}/server.key`;
    return `
General:
  ListenAddress: localhost
  ListenPort: ${String(port)}
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
  gossip: {externalEndpoint: 'localhost:${String(port)}', pvtData: {reconcileSleepInterval: 1s}}
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
