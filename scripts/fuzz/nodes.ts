// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGenesisBlock } from '@power-currency/engine/channel/testing/buildGenesisBlock.js';
import { plainConfigtx } from '@power-currency/engine/channel/plainConfigtx.js';
import { callParticipation } from '@power-currency/engine/commands/osnadmin/participationClient.js';
import { runPeer, type PeerNode } from '@power-currency/engine/commands/peer/node/peerNode.js';
import { coreYaml, ordererYaml } from '@power-currency/engine/commands/peer/node/testing/networkConfiguration.js';
import { loadLocalMsp } from '@power-currency/engine/identity/localMsp.js';
import { alreadyExpired, TestAuthority } from '@power-currency/engine/identity/testing/testAuthority.js';
import { runOrderer, type OrdererNode } from '@power-currency/engine/ordering/ordererNode.js';
import { GrpcChannel } from '@power-currency/engine/process/grpcClient.js';
import { encode } from '@power-currency/engine/wire/decode.js';
import type { Signer } from '@power-currency/engine/wire/envelope.js';
import { common } from '@power-currency/engine/wire/protobuf.js';

export const channelId = 'fuzz';
export const mspId = 'AuthorityMSP';

/** Who can sign: members of the channel, its orderer, and somebody of an organisation that the channel does not know. */
export interface Signers {
    readonly user: Signer;
    readonly admin: Signer;
    readonly peer: Signer;
    readonly orderer: Signer;
    readonly stranger: Signer;
    readonly expired: Signer;
}

/** A peer and an orderer in this process, listening as they do in processes of their own, and joined to a channel. */
export interface Nodes {
    readonly directory: string;
    readonly genesis: Buffer;
    readonly signers: Signers;
    readonly peer: PeerNode;
    readonly orderer: OrdererNode;
    readonly toPeer: GrpcChannel;
    readonly toOrderer: GrpcChannel;
    close(): Promise<void>;
}

/** Starts both; `onFatal` hears when the peer cannot go on. */
export async function startNodes(onFatal: (error: unknown) => void): Promise<Nodes> {
    const directory = mkdtempSync(join(tmpdir(), 'power-fuzz-'));
    const orderers = new TestAuthority(directory, 'OrdererMSP');
    const members = new TestAuthority(directory, mspId);
    const signers = signersOf(orderers, members, new TestAuthority(directory, 'StrangerMSP'));
    const [ordererTls, peerTls] = [orderers.tlsFolder('orderer0'), members.tlsFolder('peer0')];
    // The channel's configuration names the orderer's port, so the orderer takes one before there is a configuration.
    writeFileSync(join(directory, 'orderer.yaml'), ordererYaml(directory, 0, ordererTls, orderers.tlsRootFile));
    const orderer = await runOrderer({ FABRIC_CFG_PATH: directory });
    const genesis = genesisBlock(directory, ordererTls, portOf(orderer.address));
    await joinOrderer(orderer, orderers, ordererTls, genesis);
    const folder = join(directory, mspId);
    mkdirSync(join(folder, 'config'));
    writeFileSync(join(folder, 'config', 'core.yaml'), coreYaml(folder, mspId, 0, peerTls));
    const peer = await runPeer(
        // One registry of metrics serves a process.
        { FABRIC_CFG_PATH: join(folder, 'config'), CORE_METRICS_PROVIDER: 'disabled' },
        onFatal,
    );
    const toPeer = new GrpcChannel({ address: peer.address, tls: { roots: [readFileSync(members.tlsRootFile)] } });
    const toOrderer = new GrpcChannel({
        address: orderer.address,
        tls: { roots: [readFileSync(orderers.tlsRootFile)] },
    });
    const close = async (): Promise<void> => {
        toPeer.close();
        toOrderer.close();
        await peer.close();
        await orderer.close();
        rmSync(directory, { recursive: true });
    };
    return { directory, genesis, signers, peer, orderer, toPeer, toOrderer, close };
}

function signersOf(orderers: TestAuthority, members: TestAuthority, strangers: TestAuthority): Signers {
    const signer = (authority: TestAuthority, name: string, role: 'client' | 'peer' | 'admin' | 'orderer'): Signer =>
        loadLocalMsp(authority.member(name, role), authority.mspId).signer;
    const longAgo = new Date(0);
    return {
        user: signer(members, 'user', 'client'),
        admin: signer(members, 'admin', 'admin'),
        peer: signer(members, 'peer0', 'peer'),
        orderer: signer(orderers, 'orderer0', 'orderer'),
        stranger: signer(strangers, 'user', 'client'),
        expired: loadLocalMsp(members.member('late', 'client', alreadyExpired()), mspId, longAgo).signer,
    };
}

const portOf = (address: string): number => Number(address.split(':').at(-1));

function genesisBlock(directory: string, ordererTls: string, ordererPort: number): Buffer {
    const configPath = join(directory, 'config');
    mkdirSync(configPath);
    const batch = { batchTimeout: '20ms', maxMessageCount: 500, absoluteMaxBytes: '4 MB', preferredMaxBytes: '1 MB' };
    const yaml = plainConfigtx({ directory, ordererTls, ordererPort, members: [{ mspId }], batch });
    writeFileSync(join(configPath, 'configtx.yaml'), yaml);
    return encode(common.Block, buildGenesisBlock({ configPath, profile: 'Test', channelId }));
}

async function joinOrderer(node: OrdererNode, authority: TestAuthority, tls: string, genesis: Buffer): Promise<void> {
    const reply = await callParticipation({
        method: 'POST',
        orderer: node.adminAddress,
        path: '/participation/v1/channels',
        tls: {
            roots: [readFileSync(authority.tlsRootFile)],
            certificate: readFileSync(join(tls, 'server.crt')),
            key: readFileSync(join(tls, 'server.key')),
        },
        file: { part: 'config-block', name: 'config.block', content: genesis },
    });
    if (reply.status !== 201) throw new Error(`the orderer did not join: ${reply.body.toString()}`);
}
