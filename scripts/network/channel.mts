// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ordererFlags, osnadminFlags, peerEnvironment, runCommand } from './commands.mts';
import { networkDir, peerName, portOffset, projectDir, type Organisation } from './consortium.mts';
import type { Network } from './network.mts';
import { StepFailure } from './progress.mts';

const genesisFile = (channel: string): string => join(networkDir, `${channel}.genesis.block`);

/** Genesis block, then every orderer and every peer joins; what has joined already is left alone. */
export async function createChannel(network: Network, note: (text: string) => void): Promise<void> {
    const { channel, orderingOrganisations, consortium } = network;
    // Nobody can have joined with a block that was not there.
    const isNew = await writeGenesisBlock(network);
    note('orderers join');
    await Promise.all(orderingOrganisations.map((organisation) => joinOrderer(network, organisation, isNew)));
    note('peers join');
    await Promise.all(consortium.organisations.map((organisation) => joinPeer(network, organisation, isNew)));
    note(`channel ${channel}`);
}

/** @returns whether it was not there before */
async function writeGenesisBlock(network: Network): Promise<boolean> {
    const file = genesisFile(network.channel);
    if (existsSync(file)) return false;
    writeFileSync(join(networkDir, 'configtx.yaml'), shiftedConfiguration());
    const profile = network.profile;
    await runCommand(network.engine, 'configtxgen', [
        ...['-profile', profile, '-channelID', network.channel],
        ...['-outputBlock', file, '-configPath', networkDir],
    ]);
    return true;
}

/** The committed configtx.yaml, with the port offset of a second network added to its addresses. */
function shiftedConfiguration(): string {
    const text = readFileSync(join(projectDir, 'network/configtx.yaml'), 'utf8');
    return text.replace(/(Port: |localhost:)(\d+)/g, (_, label: string, port: string) => {
        return label + String(Number(port) + portOffset());
    });
}

async function joinOrderer(network: Network, organisation: Organisation, isNew: boolean): Promise<void> {
    const flags = osnadminFlags(organisation);
    if (!isNew) {
        const listed = await runCommand(network.engine, 'osnadmin', ['channel', 'list', ...flags]);
        if (listed.stdout.includes(`"name": "${network.channel}"`)) return;
    }
    const block = genesisFile(network.channel);
    const joined = await runCommand(network.engine, 'osnadmin', [
        ...['channel', 'join', '--channelID', network.channel, '--config-block', block],
        ...flags,
    ]);
    if (!joined.stdout.includes('Status: 201')) {
        throw new StepFailure(`${organisation.name}'s orderer did not join the channel.`, joined.stdout);
    }
}

async function joinPeer(network: Network, organisation: Organisation, isNew: boolean): Promise<void> {
    const environment = peerEnvironment(organisation);
    if (!isNew) {
        const listed = await runCommand(network.engine, 'peer', ['channel', 'list'], environment);
        if (listed.stdout.split('\n').includes(network.channel)) return;
    }
    await runCommand(network.engine, 'peer', ['channel', 'join', '-b', genesisFile(network.channel)], environment);
}

/** Height and current block hash that one organisation's peer reports. */
export async function channelInfo(
    network: Network,
    organisation: Organisation,
): Promise<{ height: number; blockHash: string }> {
    const { stdout } = await runCommand(
        network.engine,
        'peer',
        ['channel', 'getinfo', '-c', network.channel],
        peerEnvironment(organisation),
    );
    const json = /\{.*\}/.exec(stdout)?.[0];
    if (json === undefined) throw new StepFailure(`${peerName(organisation)} gave no channel information.`, stdout);
    const info = JSON.parse(json) as { height: number; currentBlockHash: string };
    return { height: info.height, blockHash: info.currentBlockHash };
}

/** Waits until an orderer takes part in the channel: a freshly joined Raft or BFT cluster elects a leader first. */
export async function awaitOrdering(network: Network, deadlineMs = 60_000): Promise<void> {
    const [organisation] = network.orderingOrganisations;
    if (!organisation) throw new StepFailure('The network has no orderer.');
    const fetch = ['channel', 'fetch', 'newest', join(networkDir, 'newest.block'), '-c', network.channel];
    const deadline = performance.now() + deadlineMs;
    for (;;) {
        try {
            const environment = peerEnvironment(organisation);
            await runCommand(network.engine, 'peer', [...fetch, ...ordererFlags(organisation)], environment);
            return;
        } catch (error) {
            if (performance.now() > deadline) throw error;
            await sleep(100);
        }
    }
}
