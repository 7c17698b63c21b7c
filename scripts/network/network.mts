// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { readConsortium, type Consortium, type Organisation } from './consortium.mts';
import { chooseEngine, type Engine } from './engineChoice.mts';
import { choiceFile, networkExists, prepareNetworkFolder } from './networkFolder.mts';
import { StepFailure } from './progress.mts';

export interface NetworkOptions {
    readonly engine: string;
    readonly orderers: number | undefined;
    readonly bft: boolean;
    /** Whether a new network is to have fault switches. */
    readonly faults?: boolean;
    readonly channel: string | undefined;
    readonly chaincode: string | undefined;
}

/** One network on this machine: the members' table, the engine under it and how it orders. */
export interface Network {
    readonly consortium: Consortium;
    readonly engine: Engine;
    readonly orderers: 1 | 3 | 4;
    readonly profile: 'PowerRaft1' | 'PowerRaft3' | 'PowerBft';
    readonly orderingOrganisations: readonly Organisation[];
    readonly channel: string;
    readonly chaincode: string;
    /** Switches faults of the nodes; undefined in a network that has none. */
    readonly faultsToken: string | undefined;
}

interface NetworkChoice {
    readonly engine: string;
    readonly orderers: Network['orderers'];
    readonly faultsToken?: string;
}

/** The network the options ask for; one that exists keeps the engine and ordering it was made with. */
export function openNetwork(options: NetworkOptions): Network {
    const existing = readChoice();
    const consortium = readConsortium();
    const engine = chooseEngine(existing?.engine ?? options.engine);
    const orderers = existing?.orderers ?? wantedOrderers(options);
    if (existing) assertSameChoice(existing, options);
    if (engine.kind === 'embedded' && orderers > 1) {
        throw new StepFailure(
            `The embedded engine has one ordering node; ${orderers === 4 ? '-bft' : '-orderers 3'} needs Hyperledger Fabric itself.`,
            'Run ./test-network.sh prereq to see how to install Fabric 3.1.5, then try again with -engine fabric.',
        );
    }
    return {
        consortium,
        engine,
        orderers,
        profile: ({ 1: 'PowerRaft1', 3: 'PowerRaft3', 4: 'PowerBft' } as const)[orderers],
        orderingOrganisations: consortium.organisations.slice(0, orderers),
        channel: options.channel ?? consortium.channel,
        chaincode: options.chaincode ?? consortium.chaincode,
        faultsToken: faultsTokenOf(existing, options, engine),
    };
}

function faultsTokenOf(
    existing: NetworkChoice | undefined,
    { faults }: NetworkOptions,
    { kind }: Engine,
): string | undefined {
    if (existing || !faults) return existing?.faultsToken;
    if (kind === 'embedded') return randomBytes(16).toString('hex');
    throw new StepFailure('-faults is the embedded engine’s; Hyperledger Fabric has no fault switches.');
}

function wantedOrderers(options: NetworkOptions): Network['orderers'] {
    if (options.bft) return 4;
    if (options.orderers === undefined || options.orderers === 1) return 1;
    if (options.orderers === 3) return 3;
    throw new StepFailure(`-orderers ${String(options.orderers)} is not offered: choose 1 or 3, or -bft for 4.`);
}

/** What the network in the folder was made with. */
export function readChoice(): NetworkChoice | undefined {
    if (!networkExists()) return undefined;
    try {
        return JSON.parse(readFileSync(choiceFile, 'utf8')) as NetworkChoice;
    } catch (error) {
        throw new StepFailure(
            `${choiceFile} cannot be read: ${(error as Error).message}.`,
            'The network is damaged. Run ./test-network.sh down, then bring up a new one.',
        );
    }
}

function assertSameChoice(existing: NetworkChoice, options: NetworkOptions): void {
    assertFaultsAsMade(existing, options);
    const otherEngine = options.engine !== 'auto' && options.engine !== existing.engine;
    const asked = options.bft || options.orderers !== undefined ? wantedOrderers(options) : existing.orderers;
    if (otherEngine || asked !== existing.orderers) {
        throw new StepFailure(
            `There is a network here already, on the ${existing.engine} engine with ${String(existing.orderers)} orderer(s).`,
            'Run ./test-network.sh down first to make another one.',
        );
    }
}

function assertFaultsAsMade(existing: NetworkChoice, { faults }: NetworkOptions): void {
    if (faults && existing.faultsToken === undefined) {
        throw new StepFailure(
            'There is a network here already, made without fault switches.',
            'Run ./test-network.sh down first to make another one.',
        );
    }
}

export function recordChoice(network: Network): void {
    prepareNetworkFolder();
    const { engine, orderers, faultsToken } = network;
    const choice = { engine: engine.kind, orderers, ...(faultsToken !== undefined && { faultsToken }) };
    writeFileSync(choiceFile, JSON.stringify(choice satisfies NetworkChoice), { mode: 0o600 });
}
