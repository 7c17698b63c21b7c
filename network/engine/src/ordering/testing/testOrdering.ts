// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGenesisBlock } from '../../channel/genesisBlock.js';
import { encode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import { TestAuthority } from './testAuthority.js';

export interface BatchSettings {
    readonly maxMessageCount?: number;
    readonly batchTimeout?: string;
    readonly preferredMaxBytes?: string;
    readonly absoluteMaxBytes?: string;
}

/** An orderer's organisation, a member's, and a folder with everything an orderer process needs. */
export interface TestOrdering {
    readonly directory: string;
    readonly orderers: TestAuthority;
    readonly members: TestAuthority;
    /** Environment of `orderer start`; ports are free ones. */
    readonly environment: NodeJS.ProcessEnv;
    readonly tlsFolder: string;
    /** Bytes of a genesis block that names this orderer as the only consenter. */
    genesis(channelId: string, batch?: BatchSettings): Buffer;
}

/** Makes new keys, certificates and configuration in a temporary folder, which the caller removes. */
export async function testOrdering(): Promise<TestOrdering> {
    const directory = mkdtempSync(join(tmpdir(), 'ordering-'));
    const orderers = await TestAuthority.create(directory, 'OrdererMSP');
    const members = await TestAuthority.create(directory, 'MemberMSP');
    await orderers.member('orderer0', 'orderer');
    await orderers.member('admin', 'admin');
    await members.member('user', 'client');
    await members.member('peer0', 'peer');
    const tlsFolder = await orderers.tlsFolder('orderer0');
    writeFileSync(join(directory, 'orderer.yaml'), ordererYaml(directory, tlsFolder, orderers.tlsRootFile));
    return {
        directory,
        orderers,
        members,
        tlsFolder,
        environment: { FABRIC_CFG_PATH: directory, FABRIC_LOGGING_SPEC: 'error' },
        genesis: (channelId, batch = {}) => {
            const configPath = join(directory, `configtx-${channelId}`);
            mkdirSync(configPath, { recursive: true });
            writeFileSync(join(configPath, 'configtx.yaml'), configtxYaml(directory, tlsFolder, batch));
            return encode(common.Block, buildGenesisBlock({ configPath, profile: 'Test', channelId }));
        },
    };
}

function ordererYaml(directory: string, tlsFolder: string, tlsRoot: string): string {
    const tls = `Enabled: true, Certificate: ${tlsFolder}/server.crt, PrivateKey: ${tlsFolder}/server.key`;
    return `
General:
  ListenAddress: localhost
  ListenPort: 0
  TLS: {${tls}, ClientAuthRequired: false, ClientRootCAs: [${tlsRoot}]}
  LocalMSPDir: OrdererMSP/orderer0
  LocalMSPID: OrdererMSP
FileLedger: {Location: ${directory}/ledger}
Operations: {ListenAddress: 'localhost:0'}
Metrics: {Provider: prometheus}
Admin:
  ListenAddress: localhost:0
  TLS: {${tls}, ClientAuthRequired: true, ClientRootCAs: [${tlsRoot}]}
`;
}

function policies(rules: Readonly<Record<string, string>>, type: string): string {
    return Object.entries(rules)
        .map(([name, rule]) => `${name}: {Type: ${type}, Rule: "${rule}"}`)
        .join(', ');
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

function configtxYaml(directory: string, tlsFolder: string, batch: BatchSettings): string {
    const meta = { Readers: 'ANY Readers', Writers: 'ANY Writers', Admins: 'MAJORITY Admins' };
    const endorsement = { LifecycleEndorsement: 'MAJORITY Endorsement', Endorsement: 'MAJORITY Endorsement' };
    const certificate = `${tlsFolder}/server.crt`;
    return `
Profiles:
  Test:
    Policies: {${policies(meta, 'ImplicitMeta')}}
    Capabilities: {V3_0: true}
    Orderer:
      OrdererType: etcdraft
      EtcdRaft:
        Consenters: [{Host: localhost, Port: 7050, ClientTLSCert: ${certificate}, ServerTLSCert: ${certificate}}]
        Options: {TickInterval: 500ms, ElectionTick: 10, HeartbeatTick: 1, MaxInflightBlocks: 5, SnapshotIntervalSize: 16 MB}
      BatchTimeout: ${batch.batchTimeout ?? '200ms'}
      BatchSize:
        MaxMessageCount: ${String(batch.maxMessageCount ?? 10)}
        AbsoluteMaxBytes: ${batch.absoluteMaxBytes ?? '2 MB'}
        PreferredMaxBytes: ${batch.preferredMaxBytes ?? '512 KB'}
      Organizations: [${organisation('OrdererMSP', directory, ", OrdererEndpoints: ['localhost:7050']")}]
      Policies: {${policies({ ...meta, BlockValidation: 'ANY Writers' }, 'ImplicitMeta')}}
      Capabilities: {V2_0: true}
    Application:
      Organizations: [${organisation('MemberMSP', directory, '')}]
      Policies: {${policies({ ...meta, ...endorsement }, 'ImplicitMeta')}}
      Capabilities: {V2_5: true}
`;
}
