// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGenesisBlock } from '../../channel/testing/buildGenesisBlock.js';
import { plainConfigtx, type BatchSettings } from '../../channel/plainConfigtx.js';
import { encode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import { TestAuthority } from '../../identity/testing/testAuthority.js';

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
export function testOrdering(): TestOrdering {
    const directory = mkdtempSync(join(tmpdir(), 'ordering-'));
    const orderers = new TestAuthority(directory, 'OrdererMSP');
    const members = new TestAuthority(directory, 'MemberMSP');
    orderers.member('orderer0', 'orderer');
    orderers.member('admin', 'admin');
    members.member('user', 'client');
    members.member('peer0', 'peer');
    const tlsFolder = orderers.tlsFolder('orderer0');
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
            const members = [{ mspId: 'MemberMSP' }];
            const yaml = plainConfigtx({ directory, ordererTls: tlsFolder, members, batch });
            writeFileSync(join(configPath, 'configtx.yaml'), yaml);
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
