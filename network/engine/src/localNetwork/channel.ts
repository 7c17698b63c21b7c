// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BatchSettings, plainConfigtx } from '../channel/plainConfigtx.js';
import { callParticipation } from '../commands/osnadmin/participationClient.js';
import { runCommand } from './childProcesses.js';
import type { NetworkOrderer, NetworkPeer } from './nodes.js';
import { executable } from './organisation.js';

interface NewChannel {
    /** Holds the MSP folders; configtx.yaml and the genesis block are written into it. */
    readonly folder: string;
    readonly channel: string;
    readonly batch: BatchSettings;
    readonly orderer: NetworkOrderer;
    readonly organisations: readonly {
        readonly mspId: string;
        readonly peer: NetworkPeer;
        readonly environment: Readonly<Record<string, string>>;
    }[];
}

const portOf = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1));

/** Makes the genesis block; the orderer and every peer join with it. */
export async function createChannel({ folder, channel, batch, orderer, organisations }: NewChannel): Promise<void> {
    const yaml = plainConfigtx({
        directory: folder,
        ordererTls: orderer.tlsDir,
        ordererPort: portOf(orderer.address),
        members: organisations.map(({ mspId, peer }) => ({ mspId, anchorPort: portOf(peer.address) })),
        batch,
    });
    writeFileSync(join(folder, 'configtx.yaml'), yaml);
    const block = join(folder, `${channel}.genesis.block`);
    const flags = ['-profile', 'Test', '-channelID', channel, '-outputBlock', block, '-configPath', folder];
    await runCommand(executable('configtxgen'), flags, {});
    await joinOrderer(orderer, readFileSync(block));
    await Promise.all(
        organisations.map(({ environment }) =>
            runCommand(executable('peer'), ['channel', 'join', '-b', block], environment),
        ),
    );
}

async function joinOrderer({ adminAddress, tlsRoots, adminTlsDir }: NetworkOrderer, genesis: Buffer): Promise<void> {
    const { status, body } = await callParticipation({
        method: 'POST',
        orderer: adminAddress,
        path: '/participation/v1/channels',
        tls: {
            roots: [tlsRoots],
            certificate: readFileSync(join(adminTlsDir, 'client.crt')),
            key: readFileSync(join(adminTlsDir, 'client.key')),
        },
        file: { part: 'config-block', name: 'config.block', content: genesis },
    });
    if (status !== 201) throw new Error(`the orderer did not join the channel: ${body.toString()}`);
}
