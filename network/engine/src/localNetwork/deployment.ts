// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { packageIdOf, writeChaincodePackage } from '../lifecycle/chaincodePackage.js';
import { freePort } from '../process/freePort.js';
import { errorText } from '../wire/errorText.js';
import { type ChildProcesses, runCommand } from './childProcesses.js';
import { chaincodeEnvironment } from './nodeEnvironments.js';
import type { NetworkOrderer, NetworkPeer } from './nodes.js';
import { type EnrolledOrganisation, executable } from './organisation.js';

export interface Chaincode {
    readonly name: string;
    /** The sequence of the definition when undefined: 1, 2, … */
    readonly version?: string;
    /** Where the command runs; undefined when the caller starts the processes, as the returned places say. */
    readonly folder?: string;
    /** `fabric-chaincode-node server` when undefined; commands of the folder's npm packages are found. */
    readonly command?: readonly string[];
    /** Endorsement policy in Fabric's notation; the channel's, which is a majority of the organisations, when undefined. */
    readonly policy?: string;
}

/** Where one organisation's peer expects its chaincode process. */
export interface ChaincodePlace {
    readonly mspId: string;
    readonly packageId: string;
    /** CHAINCODE_ID, CHAINCODE_SERVER_ADDRESS and CHAINCODE_TLS_..., and the same as fabric-chaincode-node reads them. */
    readonly environment: Readonly<Record<string, string>>;
}

interface DeployingOrganisation extends EnrolledOrganisation {
    readonly peer: NetworkPeer;
    readonly environment: Readonly<Record<string, string>>;
}

interface Surroundings {
    readonly folder: string;
    readonly channel: string;
    readonly processes: ChildProcesses;
    readonly orderer: NetworkOrderer;
    readonly organisations: readonly DeployingOrganisation[];
}

interface Installed extends ChaincodePlace {
    readonly organisation: DeployingOrganisation;
    readonly port: number;
}

const approvalsKnownWithinMs = 15_000;

/** Brings chaincode onto the channel; each organisation installs a package and runs a process of its own. */
export class Deployment {
    readonly #network: Surroundings;
    /** Newest sequence, and the processes that serve it, by name of the chaincode. */
    readonly #deployed = new Map<string, { readonly sequence: number; readonly processes: readonly string[] }>();

    constructor(network: Surroundings) {
        this.#network = network;
    }

    async deploy(chaincode: Chaincode): Promise<readonly ChaincodePlace[]> {
        const before = this.#deployed.get(chaincode.name);
        const sequence = (before?.sequence ?? 0) + 1;
        const { organisations, processes } = this.#network;
        const installed = await Promise.all(
            organisations.map((organisation) => this.#install(organisation, chaincode, sequence)),
        );
        const names = await this.#start(chaincode, installed, sequence);
        await this.#define(chaincode, installed, sequence);
        this.#deployed.set(chaincode.name, { sequence, processes: names });
        await Promise.all((before?.processes ?? []).map((name) => processes.stop(name)));
        return installed.map(({ mspId, packageId, environment }) => ({ mspId, packageId, environment }));
    }

    async #install(organisation: DeployingOrganisation, { name }: Chaincode, sequence: number): Promise<Installed> {
        const { mspId, dir, rootFile } = organisation;
        const port = await freePort();
        const tlsDir = join(dir, 'chaincode');
        const label = `${name}_${String(sequence)}`;
        const connection = {
            address: `localhost:${String(port)}`,
            dial_timeout: '10s',
            tls_required: true,
            client_auth_required: true,
            client_key: readFileSync(join(dir, 'peer/tls/server.key'), 'utf8'),
            client_cert: readFileSync(join(dir, 'peer/tls/server.crt'), 'utf8'),
            root_cert: readFileSync(rootFile, 'utf8'),
        };
        const content = await writeChaincodePackage({ type: 'ccaas', label, path: '' }, [
            { name: 'connection.json', content: Buffer.from(JSON.stringify(connection)) },
        ]);
        const packageId = packageIdOf(label, content);
        const file = join(dir, `${label}.tar.gz`);
        writeFileSync(file, content, { mode: 0o600 });
        await lifecycle(organisation, 'install', file);
        const common = chaincodeEnvironment({ packageId, port, tlsDir, clientRoot: rootFile });
        return { organisation, port, mspId, packageId, environment: { ...common, ...asNodeReads(common) } };
    }

    async #start(chaincode: Chaincode, installed: readonly Installed[], sequence: number): Promise<readonly string[]> {
        const { folder, command = ['fabric-chaincode-node', 'server'], name } = chaincode;
        if (folder === undefined) return [];
        return Promise.all(
            installed.map(async ({ mspId, environment, port }) => {
                const process = `${mspId}-${name}_${String(sequence)}`;
                await this.#network.processes.start({
                    name: process,
                    command,
                    environment: { ...environment, CORE_PEER_LOCALMSPID: mspId, PATH: pathFrom(folder) },
                    directory: folder,
                    ports: [port],
                });
                return process;
            }),
        );
    }

    async #define(chaincode: Chaincode, installed: readonly Installed[], sequence: number): Promise<void> {
        const { name, version = String(sequence), policy } = chaincode;
        const { orderer, channel } = this.#network;
        const definition = [
            ...['-C', channel, '-n', name, '-v', version, '--sequence', String(sequence)],
            ...(policy === undefined ? [] : ['--signature-policy', policy]),
            ...['-o', orderer.address, '--tls', '--cafile', orderer.tlsRootFile],
        ];
        await Promise.all(
            installed.map(({ organisation, packageId }) =>
                lifecycle(organisation, 'approveformyorg', '--package-id', packageId, ...definition),
            ),
        );
        const peers = installed.flatMap(({ organisation: { peer, rootFile } }) => [
            ...['--peerAddresses', peer.address, '--tlsRootCertFiles', rootFile],
        ]);
        const [first] = installed;
        if (first !== undefined) await commitOnceApproved(first.organisation, [...definition, ...peers]);
    }
}

/** An approval is told when the approving organisation's peer has it; the others may have it a moment later. */
async function commitOnceApproved(organisation: DeployingOrganisation, flags: readonly string[]): Promise<void> {
    const deadline = performance.now() + approvalsKnownWithinMs;
    for (;;) {
        try {
            await lifecycle(organisation, 'commit', ...flags);
            return;
        } catch (error) {
            if (performance.now() > deadline || !errorText(error).includes('not agreed to by')) throw error;
            await pause(200);
        }
    }
}

function lifecycle({ environment }: DeployingOrganisation, ...words: readonly string[]): Promise<string> {
    return runCommand(executable('peer'), ['lifecycle', 'chaincode', ...words], environment);
}

/** fabric-chaincode-node takes its flags from variables that begin with CORE_. */
function asNodeReads(environment: Readonly<Record<string, string>>): Record<string, string> {
    const names = {
        CHAINCODE_ID: 'CORE_CHAINCODE_ID',
        CHAINCODE_SERVER_ADDRESS: 'CORE_CHAINCODE_ADDRESS',
        CHAINCODE_TLS_KEY_FILE: 'CORE_CHAINCODE_TLS_KEY_FILE',
        CHAINCODE_TLS_CERT_FILE: 'CORE_CHAINCODE_TLS_CERT_FILE',
        CHAINCODE_TLS_CLIENT_CACERT_FILE: 'CORE_CHAINCODE_TLS_CLIENT_CACERT_FILE',
    };
    return Object.fromEntries(Object.entries(names).map(([from, to]) => [to, environment[from] ?? '']));
}

/** PATH with the commands of the npm packages of a folder and of those above it, as npm sets it for scripts. */
function pathFrom(folder: string): string {
    const bins: string[] = [];
    for (let dir = resolve(folder); dir !== dirname(dir); dir = dirname(dir)) bins.push(join(dir, 'node_modules/.bin'));
    return [...bins, process.env.PATH ?? ''].join(delimiter);
}
