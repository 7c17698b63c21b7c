// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchSettings } from '../channel/plainConfigtx.js';
import { createChannel } from './channel.js';
import { ChildProcesses } from './childProcesses.js';
import { type Chaincode, type ChaincodePlace, Deployment } from './deployment.js';
import { type NetworkOrderer, type NetworkPeer, startOrderer, startPeer } from './nodes.js';
import {
    enrolOrganisation,
    type EnrolledOrganisation,
    type NetworkAuthority,
    type NetworkIdentity,
} from './organisation.js';

export type { Chaincode, ChaincodePlace, NetworkAuthority, NetworkIdentity, NetworkOrderer, NetworkPeer };

export interface NetworkOptions {
    /** Letters and digits; `Org1` gets the MSP id `Org1MSP`. One organisation, Org1, when undefined. */
    readonly organisations?: readonly string[];
    /** `mychannel` when undefined. */
    readonly channel?: string;
    /** How the orderer cuts blocks: 10 transactions or 200 ms when undefined. */
    readonly batch?: BatchSettings;
}

export interface NetworkOrganisation {
    readonly mspId: string;
    readonly peer: NetworkPeer;
    readonly ca: NetworkAuthority;
    readonly admin: NetworkIdentity;
    readonly user: NetworkIdentity;
    /** Environment in which the `peer` command acts as the administrator towards the organisation's peer. */
    readonly environment: Readonly<Record<string, string>>;
}

export interface Network {
    readonly channel: string;
    /** In the order of the options. */
    readonly organisations: readonly [NetworkOrganisation, ...NetworkOrganisation[]];
    readonly orderer: NetworkOrderer;
    /** Holds keys, ledgers and `logs` until the network stops. */
    readonly folder: string;
    /**
     * Installs, approves and commits a chaincode for every organisation; the same name again is an upgrade. Resolves when all
     * peers have it, with where each organisation's peer expects its process.
     */
    deploy(chaincode: Chaincode): Promise<readonly ChaincodePlace[]>;
    /** Ends every process and removes the folder. */
    stop(): Promise<void>;
}

/**
 * Starts a network of separate processes on free loopback ports, in a temporary folder: an orderer with a CA, and a CA and
 * a peer for each organisation, all joined to one channel.
 *
 * @throws Error, leaving nothing behind, with the log of what could not be started
 */
export async function startNetwork(options: NetworkOptions = {}): Promise<Network> {
    const names = checkedNames(options.organisations ?? ['Org1']);
    const folder = mkdtempSync(join(tmpdir(), 'fabric-network-'));
    const processes = new ChildProcesses(folder);
    const stop = async (): Promise<void> => {
        await processes.stopAll();
        rmSync(folder, { recursive: true, force: true });
    };
    try {
        return { ...(await startInside(folder, processes, names, options)), folder, stop };
    } catch (error) {
        await stop();
        throw error;
    }
}

async function startInside(
    folder: string,
    processes: ChildProcesses,
    names: readonly string[],
    { channel = 'mychannel', batch = {} }: NetworkOptions,
): Promise<Omit<Network, 'folder' | 'stop'>> {
    const enrol = (mspId: string, node: 'peer' | 'orderer'): Promise<EnrolledOrganisation> => {
        mkdirSync(join(folder, mspId));
        return enrolOrganisation(processes, join(folder, mspId), { mspId, node });
    };
    const [orderer, ...organisations] = await Promise.all([
        enrol('OrdererMSP', 'orderer').then((organisation) => startOrderer(processes, organisation)),
        ...names.map(async (name) => {
            const organisation = await enrol(`${name}MSP`, 'peer');
            return { ...organisation, ...(await startPeer(processes, organisation)) };
        }),
    ]);
    await createChannel({ folder, channel, batch, orderer, organisations });
    const deployment = new Deployment({ folder, channel, processes, orderer, organisations });
    const [first, ...others] = organisations.map(({ mspId, peer, ca, admin, user, environment }) => ({
        ...{ mspId, peer, ca, admin, user, environment },
    }));
    if (first === undefined) throw new Error('a network needs an organisation');
    return {
        channel,
        organisations: [first, ...others],
        orderer,
        deploy: (chaincode) => deployment.deploy(chaincode),
    };
}

function checkedNames(names: readonly string[]): readonly string[] {
    const isUsable = names.every((name) => /^[A-Za-z][A-Za-z0-9]{0,31}$/.test(name) && name !== 'Orderer');
    if (names.length === 0 || !isUsable || new Set(names).size < names.length) {
        throw new Error(
            `organisations ${JSON.stringify(names)}: give different names of letters and digits; Orderer is taken`,
        );
    }
    return names;
}
