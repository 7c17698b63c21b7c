// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../application/failure.js';
import { createLedger, type Ledger } from '../application/ledger.js';
import { type ChainReader, type Receipt } from '../application/ports.js';
import { pairFrom } from '../config/contextFile.js';
import { loadNetworkFile, type NetworkFile, type NetworkOrganisation } from '../config/networkFile.js';
import { type OpenLedger, openLedger } from '../fabric/openLedger.js';
import { type SigningKey } from '../keys/ed25519.js';
import { createKeyFile, readKeyFile } from '../keys/keyFile.js';

/** An organisation on the stage: what its admin and its client can do, and what its peer knows. */
export interface Actor {
    readonly organisation: NetworkOrganisation;
    readonly admin: Ledger;
    readonly client: Ledger;
    readonly chain: ChainReader;
}

/** Everyone in the demo, and the ways in which it looks at the network. */
export interface Stage {
    readonly network: NetworkFile;
    /** Organisations that endorse. */
    readonly members: readonly Actor[];
    readonly regulator: Actor;
    readonly tell: (line: string) => void;
    /** A key of the demo, made on first use and kept beside the network. */
    readonly key: (name: string) => SigningKey;
    /** Every transaction so far, to be looked for at the regulator's peer. */
    readonly txIds: readonly string[];
    /** Notes the transaction and waits until every peer holds its block: the next step meets the same ledger everywhere. */
    readonly settle: <T extends Receipt>(committed: T) => Promise<T>;
    readonly close: () => void;
}

/** @throws Failure FILE_NOT_FOUND, CONFIG_INVALID, IDENTITY_INVALID */
export function openStage(networkDir: string, tell: (line: string) => void): Stage {
    const network = loadNetworkFile(networkDir);
    const opened: OpenLedger[] = [];
    const actors = network.organisations.map((organisation) => openActor(network, organisation, opened));
    const members = actors.filter(({ organisation }) => organisation.endorses);
    const regulator = actors.find(({ organisation }) => organisation.role === 'regulator');
    if (regulator === undefined || members.length === 0) {
        throw new Failure('CONFIG_INVALID', {
            file: join(networkDir, 'network.json'),
            problem: 'it names no regulator or no member',
        });
    }
    const txIds: string[] = [];
    return {
        network,
        members,
        regulator,
        tell,
        txIds,
        key: (name) => keyNamed(join(networkDir, 'keys'), name),
        settle: async (committed) => {
            txIds.push(committed.txId);
            await Promise.all(
                actors.map(({ organisation, chain }) => waitForBlock(chain, committed.blockNumber, organisation.name)),
            );
            return committed;
        },
        close: () => {
            for (const ledger of opened) {
                ledger.close();
            }
        },
    };
}

/** The member that holds an attester role. */
export function memberWithRole({ members }: Stage, role: string): Actor {
    const member = members.find(({ organisation }) => organisation.role === role);
    if (member === undefined) {
        throw new Failure('DEMO_STEP_FAILED', {
            step: 'cast',
            problem: `no member of the network has the role ${role}`,
        });
    }
    return member;
}

function openActor(network: NetworkFile, organisation: NetworkOrganisation, opened: OpenLedger[]): Actor {
    const endorsers = network.organisations.filter(({ endorses }) => endorses).map(({ mspId }) => mspId);
    const open = (user: string): OpenLedger => {
        const mspDir = organisation.users[user]?.mspDir;
        if (mspDir === undefined) {
            throw new Failure('CONFIG_INVALID', {
                file: 'network.json',
                problem: `${organisation.name} has no user ${user}`,
            });
        }
        const ledger = openLedger({
            mspId: organisation.mspId,
            mspDir,
            peerAddress: organisation.peer.address,
            tlsCaFile: organisation.peer.tlsCaFile,
            serverName: organisation.peer.serverName,
            channel: network.channel,
            chaincode: network.chaincode,
            endorsingOrganizations: pairFrom(endorsers, endorsers.indexOf(organisation.mspId)),
        });
        opened.push(ledger);
        return ledger;
    };
    const [admin, client] = [open('admin'), open('client')];
    return {
        organisation,
        admin: createLedger(admin.transport),
        client: createLedger(client.transport),
        chain: client.chain,
    };
}

const SETTLE_MS = 30_000;
const POLL_MS = 20;

async function waitForBlock(chain: ChainReader, blockNumber: bigint, peer: string): Promise<void> {
    const deadline = Date.now() + SETTLE_MS;
    while ((await chain.chainInfo()).height <= blockNumber) {
        if (Date.now() > deadline) {
            throw new Failure('FABRIC_DEADLINE', { peer, step: `waiting for block ${blockNumber.toString()}` });
        }
        await sleep(POLL_MS);
    }
}

function keyNamed(folder: string, name: string): SigningKey {
    const file = join(folder, `${name}.pem`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return existsSync(file) ? readKeyFile(file) : createKeyFile(file);
}
