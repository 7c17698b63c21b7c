// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChannelConfiguration } from '../../channel/channelConfiguration.js';
import { buildGenesisBlock } from '../../channel/genesisBlock.js';
import { loadLocalMsp, type LocalMsp } from '../../identity/localMsp.js';
import { ChannelLedger, type CommittedBlock } from '../../ledger/channelLedger.js';
import { nextBlock } from '../../ledger/testing/blocks.js';
import { BlockValidator } from '../../ledger/validation/blockValidator.js';
import type { DefinitionOf } from '../../ledger/validation/validationDefinition.js';
import { TestAuthority } from '../../ordering/testing/testAuthority.js';
import { encode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import { definitionOf } from '../chaincodeDefinitions.js';
import type { PeerChannel } from '../peerChannels.js';

export const channelId = 'test';
const roles = ['peer', 'client', 'admin'] as const;
type Role = (typeof roles)[number];

/** Two organisations, AlphaMSP and BetaMSP, on a channel whose blocks nobody orders: tests hand them over. */
export interface TestChannel {
    readonly directory: string;
    readonly genesis: common.Block;
    /** Member of an organisation; OrdererMSP has only an orderer, under the name of a peer. */
    member(mspId: string, role: Role): LocalMsp;
    /** A peer of the organisation, with its own ledger and validation; definitions come from state by default. */
    openPeer(mspId: string, definitions?: DefinitionOf): Promise<TestPeer>;
    remove(): void;
}

export interface TestPeer extends PeerChannel {
    /** Validates and commits one block of these envelopes. */
    commit(...envelopes: common.Envelope[]): Promise<CommittedBlock>;
}

/** `acls`: resource → policy reference of the channel's configuration. */
export async function testChannel(acls: Readonly<Record<string, string>> = {}): Promise<TestChannel> {
    const directory = mkdtempSync(join(tmpdir(), 'channel-'));
    const members = new Map<string, LocalMsp>();
    for (const mspId of ['AlphaMSP', 'BetaMSP', 'OrdererMSP']) {
        const authority = await TestAuthority.create(directory, mspId);
        for (const role of roles) {
            const folder = await authority.member(role, mspId === 'OrdererMSP' ? 'orderer' : role);
            members.set(`${mspId}/${role}`, loadLocalMsp(folder, mspId));
        }
    }
    const ordererTls = await (await TestAuthority.create(directory, 'TlsMSP')).tlsFolder('orderer0');
    mkdirSync(join(directory, 'config'));
    writeFileSync(join(directory, 'config', 'configtx.yaml'), configtxYaml(directory, ordererTls, acls));
    const genesis = buildGenesisBlock({ configPath: join(directory, 'config'), profile: 'Test', channelId });
    return {
        directory,
        genesis,
        member: (mspId, role) => {
            const member = members.get(`${mspId}/${role}`);
            if (member === undefined) throw new Error(`no ${role} of ${mspId}`);
            return member;
        },
        openPeer: (mspId, definitions = definitionOf) =>
            openPeer({ dir: mkdtempSync(join(directory, `peer-${mspId}-`)), mspId, genesis, definitions }),
        remove: () => {
            rmSync(directory, { recursive: true });
        },
    };
}

interface PeerOptions {
    readonly dir: string;
    readonly mspId: string;
    readonly genesis: common.Block;
    readonly definitions: DefinitionOf;
}

async function openPeer({ dir, mspId, genesis, definitions }: PeerOptions): Promise<TestPeer> {
    const configuration = ChannelConfiguration.fromConfigBlock(genesis);
    const ledger = await ChannelLedger.create({ dir, channelId, mspId }, genesis);
    const validator = new BlockValidator({ ledger, configuration: () => configuration, definitionOf: definitions });
    return {
        ledger,
        configuration: () => configuration,
        commit: async (...envelopes) => {
            const bytes = envelopes.map((envelope) => encode(common.Envelope, envelope));
            const block = nextBlock(ledger.block(ledger.height - 1), bytes);
            return ledger.commit(block, await validator.validate(block));
        },
    };
}

function policies(rules: Readonly<Record<string, string>>, type: string): string {
    return Object.entries(rules)
        .map(([name, rule]) => `${name}: {Type: ${type}, Rule: "${rule}"}`)
        .join(', ');
}

function organisation(mspId: string, directory: string, extra = ''): string {
    const rules = {
        Readers: `OR('${mspId}.admin','${mspId}.peer','${mspId}.client')`,
        Writers: `OR('${mspId}.admin','${mspId}.client','${mspId}.orderer')`,
        Admins: `OR('${mspId}.admin')`,
        Endorsement: `OR('${mspId}.peer')`,
    };
    return `{Name: ${mspId}, ID: ${mspId}, MSPDir: ${directory}/${mspId}/msp, Policies: {${policies(rules, 'Signature')}}${extra}}`;
}

function configtxYaml(directory: string, tlsFolder: string, acls: Readonly<Record<string, string>>): string {
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
      BatchTimeout: 200ms
      BatchSize: {MaxMessageCount: 10, AbsoluteMaxBytes: 2 MB, PreferredMaxBytes: 512 KB}
      Organizations: [${organisation('OrdererMSP', directory, ", OrdererEndpoints: ['localhost:7050']")}]
      Policies: {${policies({ ...meta, BlockValidation: 'ANY Writers' }, 'ImplicitMeta')}}
      Capabilities: {V2_0: true}
    Application:
      Organizations: [${organisation('AlphaMSP', directory)}, ${organisation('BetaMSP', directory)}]
      Policies: {${policies({ ...meta, ...endorsement }, 'ImplicitMeta')}}
      Capabilities: {V2_5: true}
      ACLs: {${Object.entries(acls)
          .map(([resource, policy]) => `${resource}: ${policy}`)
          .join(', ')}}
`;
}
