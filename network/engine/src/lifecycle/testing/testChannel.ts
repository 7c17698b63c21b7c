// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChannelConfiguration } from '../../channel/channelConfiguration.js';
import { buildGenesisBlock } from '../../channel/testing/buildGenesisBlock.js';
import { plainConfigtx } from '../../channel/plainConfigtx.js';
import { loadLocalMsp, type LocalMsp } from '../../identity/localMsp.js';
import { ChannelLedger } from '../../ledger/channelLedger.js';
import type { CommittedBlock } from '../../ledger/blocks/committedBlock.js';
import { nextBlock } from '../../ledger/testing/blocks.js';
import { BlockValidator } from '../../ledger/validation/blockValidator.js';
import type { DefinitionOf } from '../../ledger/validation/validationDefinition.js';
import { alreadyExpired, notYetValid, TestAuthority } from '../../identity/testing/testAuthority.js';
import { encode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import { definitionOf } from '../chaincodeDefinitions.js';
import type { PeerChannel } from '../peerChannels.js';

export const channelId = 'test';
/** Members that every organisation has, with their NodeOU roles. */
const memberRoles = {
    peer: 'peer',
    secondPeer: 'peer',
    client: 'client',
    admin: 'admin',
    expiredPeer: 'peer',
    expiredClient: 'client',
    earlyPeer: 'peer',
    earlyClient: 'client',
} as const;
type Member = keyof typeof memberRoles;
const memberNames = Object.keys(memberRoles) as Member[];

/** Two organisations, AlphaMSP and BetaMSP, on a channel whose blocks nobody orders: tests hand them over. */
export interface TestChannel {
    readonly directory: string;
    readonly genesis: common.Block;
    /** Member of an organisation; OrdererMSP has only an orderer, under the name of a peer. */
    member(mspId: string, name: Member): LocalMsp;
    /** A peer of the organisation, with its own ledger and validation; definitions come from state by default. */
    openPeer(mspId: string, definitions?: DefinitionOf): Promise<TestPeer>;
    remove(): void;
}

export interface TestPeer extends PeerChannel {
    /** Validates and commits one block of these envelopes. */
    commit(...envelopes: common.Envelope[]): Promise<CommittedBlock>;
}

/** `acls`: resource → policy reference of the channel's configuration. */
export function testChannel(acls: Readonly<Record<string, string>> = {}): TestChannel {
    const directory = mkdtempSync(join(tmpdir(), 'channel-'));
    const members = new Map<string, LocalMsp>();
    for (const mspId of ['AlphaMSP', 'BetaMSP', 'OrdererMSP']) {
        const authority = new TestAuthority(directory, mspId);
        for (const name of memberNames) {
            const role = mspId === 'OrdererMSP' ? 'orderer' : memberRoles[name];
            const folder = authority.member(name, role, validityOf(name));
            members.set(`${mspId}/${name}`, loadLocalMsp(folder, mspId, new Date(0)));
        }
    }
    const ordererTls = new TestAuthority(directory, 'TlsMSP').tlsFolder('orderer0');
    mkdirSync(join(directory, 'config'));
    writeFileSync(
        join(directory, 'config', 'configtx.yaml'),
        plainConfigtx({ directory, ordererTls, members: [{ mspId: 'AlphaMSP' }, { mspId: 'BetaMSP' }], acls }),
    );
    const genesis = buildGenesisBlock({ configPath: join(directory, 'config'), profile: 'Test', channelId });
    return {
        directory,
        genesis,
        member: (mspId, name) => {
            const member = members.get(`${mspId}/${name}`);
            if (member === undefined) throw new Error(`no ${name} of ${mspId}`);
            return member;
        },
        openPeer: (mspId, definitions = definitionOf) =>
            openPeer({ dir: mkdtempSync(join(directory, `peer-${mspId}-`)), mspId, genesis, definitions }),
        remove: () => {
            rmSync(directory, { recursive: true });
        },
    };
}

function validityOf(name: Member): Parameters<TestAuthority['member']>[2] {
    if (name.startsWith('expired')) return alreadyExpired();
    return name.startsWith('early') ? notYetValid() : {};
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
