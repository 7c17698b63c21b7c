// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { writeCcaasPackage } from './ccaasPackage.mts';
import { ordererFlags, peerEnvironment, runCommand } from './commands.mts';
import {
    caCertificate,
    chaincodeName,
    networkDir,
    organisationDir,
    peerDir,
    type Organisation,
} from './consortium.mts';
import type { Network } from './network.mts';
import { chaincodeSpec } from './nodeSpecs.mts';
import { type ProcessSpec, recordedNames, specOf, startProcess, stopProcess } from './processes.mts';
import { StepFailure } from './progress.mts';

interface DeploymentOptions {
    readonly version: string;
    /** Sequence of the definition; undefined takes the next one. */
    readonly sequence: number | undefined;
    /** Private data collections, as `peer lifecycle chaincode --collections-config` reads them. */
    readonly collectionsFile?: string;
    /** The process that serves the chaincode for an organisation; undefined runs our own chaincode. */
    readonly process?: (organisation: Organisation, packageId: string) => ProcessSpec;
}

interface CommittedDefinition {
    readonly sequence: number;
    readonly version: string;
}

interface Definition extends Pick<DeploymentOptions, 'version' | 'collectionsFile'> {
    readonly sequence: number;
}

interface ChaincodePackage {
    readonly organisation: Organisation;
    readonly packageId: string;
    /** The package's file. */
    readonly archive: string;
}

/**
 * Brings the chaincode onto the channel: every organisation installs its own package and approves it while its own
 * process starts; when all have approved, one commits.
 */
export async function deployChaincode(
    network: Network,
    options: DeploymentOptions,
    note: (text: string) => void,
): Promise<string> {
    const { organisations } = network.consortium;
    const [committed, packages] = await Promise.all([
        committedDefinition(network),
        Promise.all(organisations.map((organisation) => packageFor(network, organisation, options.version))),
    ]);
    const sequence = options.sequence ?? nextSequence(committed, options.version);
    // Code that changed under the same version is another package: each organisation approves it for itself again.
    const approving = packages.filter(
        ({ organisation, packageId }) => committed?.sequence !== sequence || isNewPackage(organisation, packageId),
    );
    const installed = (async (): Promise<void> => {
        note('every organisation installs its package, and its chaincode process starts');
        await Promise.all(packages.map((chaincodePackage) => install(network, chaincodePackage, committed)));
        note(`${approving.map(({ organisation }) => organisation.name).join(', ')} approve`);
        await Promise.all(
            approving.map((chaincodePackage) => approve(network, chaincodePackage, { ...options, sequence })),
        );
        if (committed?.sequence === sequence) return;
        note('committing the definition');
        await commit(network, { ...options, sequence });
    })();
    const specFor = options.process ?? chaincodeSpec;
    const started = packages.map(({ organisation, packageId }) => startChaincode(specFor(organisation, packageId)));
    await Promise.all([installed, ...started]);
    if (committed?.sequence === sequence) return `sequence ${sequence} was committed before`;
    return `version ${options.version}, sequence ${sequence}`;
}

/** The same version again is the same deployment; a new version needs the next sequence. */
function nextSequence(committed: CommittedDefinition | undefined, version: string): number {
    if (!committed) return 1;
    return committed.version === version ? committed.sequence : committed.sequence + 1;
}

async function committedDefinition(network: Network): Promise<CommittedDefinition | undefined> {
    const [organisation] = network.consortium.organisations;
    if (!organisation) throw new StepFailure('network/members.yaml names no organisation.');
    const { stdout } = await runCommand(
        network.engine,
        'peer',
        ['lifecycle', 'chaincode', 'querycommitted', '-C', network.channel, '--output', 'json'],
        peerEnvironment(organisation),
    );
    const parsed = JSON.parse(stdout) as {
        chaincode_definitions?: { name: string; sequence: number; version: string }[];
    };
    return parsed.chaincode_definitions?.find(({ name }) => name === network.chaincode);
}

async function install(
    network: Network,
    { organisation, packageId, archive }: ChaincodePackage,
    committed: CommittedDefinition | undefined,
): Promise<void> {
    const lifecycle = (...words: readonly string[]): ReturnType<typeof runCommand> =>
        runCommand(
            network.engine,
            'peer',
            ['lifecycle', 'chaincode', ...words],
            peerEnvironment(organisation),
            120_000,
        );
    const isInstalled = async (): Promise<boolean> =>
        (await lifecycle('queryinstalled', '--output', 'json')).stdout.includes(packageId);
    if (committed && (await isInstalled())) return;
    try {
        await lifecycle('install', archive);
    } catch (error) {
        // A deployment that was interrupted has installed it already.
        if (!(await isInstalled())) throw error;
    }
}

async function packageFor(network: Network, organisation: Organisation, version: string): Promise<ChaincodePackage> {
    const label = `${network.chaincode}_${version}`;
    const dir = join(networkDir, 'chaincode', organisation.name);
    mkdirSync(dir, { recursive: true });
    const tls = join(organisationDir(organisation), 'chaincode/tls');
    const archive = join(dir, `${label}.tar.gz`);
    const packageId = await writeCcaasPackage(archive, label, {
        address: `localhost:${organisation.ports.chaincode}`,
        dial_timeout: '10s',
        tls_required: true,
        client_auth_required: true,
        client_key: readFileSync(join(tls, 'client.key'), 'utf8'),
        client_cert: readFileSync(join(tls, 'client.crt'), 'utf8'),
        root_cert: readFileSync(caCertificate(organisation), 'utf8'),
    });
    return { organisation, packageId, archive };
}

/** Whether the package is another one than the organisation's chaincode process was started for. */
function isNewPackage(organisation: Organisation, packageId: string): boolean {
    const name = chaincodeName(organisation);
    return !recordedNames().includes(name) || specOf(name).environment.CHAINCODE_ID !== packageId;
}

async function startChaincode(spec: ProcessSpec): Promise<void> {
    const isOther =
        recordedNames().includes(spec.name) &&
        specOf(spec.name).environment.CHAINCODE_ID !== spec.environment.CHAINCODE_ID;
    if (isOther) await stopProcess(spec.name);
    await startProcess(spec);
}

function definitionFlags(network: Network, { version, sequence, collectionsFile }: Definition): string[] {
    const [organisation] = network.orderingOrganisations;
    if (!organisation) throw new StepFailure('The network has no orderer.');
    return [
        ...['-C', network.channel, '-n', network.chaincode, '-v', version, '--sequence', String(sequence)],
        ...(collectionsFile === undefined ? [] : ['--collections-config', collectionsFile]),
        ...ordererFlags(organisation),
    ];
}

async function approve(
    network: Network,
    { organisation, packageId }: ChaincodePackage,
    definition: Definition,
): Promise<void> {
    const flags = definitionFlags(network, definition);
    const words = ['lifecycle', 'chaincode', 'approveformyorg', '--package-id', packageId, ...flags];
    try {
        await runCommand(network.engine, 'peer', words, peerEnvironment(organisation));
    } catch (error) {
        // A deployment that was interrupted has approved just this already (core/chaincode/lifecycle/lifecycle.go).
        const isApproved = error instanceof StepFailure && error.detail?.includes('with unchanged content') === true;
        if (!isApproved) throw error;
    }
}

async function commit(network: Network, definition: Definition): Promise<void> {
    const members = network.consortium.organisations.filter(({ endorses }) => endorses);
    const [first] = members;
    if (!first) throw new StepFailure('network/members.yaml names no endorsing member.');
    const peers = members.flatMap((member) => [
        ...['--peerAddresses', `localhost:${String(member.ports.peer)}`],
        ...['--tlsRootCertFiles', join(peerDir(member), 'tls/ca.crt')],
    ]);
    const words = ['lifecycle', 'chaincode', 'commit', ...definitionFlags(network, definition), ...peers];
    await whenPeersAgree(() => runCommand(network.engine, 'peer', words, peerEnvironment(first)));
}

/** Each approval was awaited at one peer; until the others have its block too, their simulations differ from that peer's. */
async function whenPeersAgree(endorse: () => Promise<unknown>): Promise<void> {
    const attempts = 20;
    for (let attempt = 1; ; attempt++) {
        try {
            await endorse();
            return;
        } catch (error) {
            const differ = error instanceof StepFailure && error.detail?.includes('do not match') === true;
            if (!differ || attempt === attempts) throw error;
            await pause(250);
        }
    }
}
