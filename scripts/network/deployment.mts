// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
    /** The process that serves the chaincode for an organisation; undefined runs our own chaincode. */
    readonly process?: (organisation: Organisation, packageId: string) => ProcessSpec;
}

interface CommittedDefinition {
    readonly sequence: number;
    readonly version: string;
}

/**
 * Brings the chaincode onto the channel: every organisation installs its own package, its own process starts,
 * every organisation approves, one commits.
 */
export async function deployChaincode(
    network: Network,
    options: DeploymentOptions,
    note: (text: string) => void,
): Promise<string> {
    const committed = await committedDefinition(network);
    const sequence = options.sequence ?? nextSequence(committed, options.version);
    const packageIds = new Map<string, string>();
    note('every organisation installs its package');
    await Promise.all(
        network.consortium.organisations.map(async (organisation) => {
            packageIds.set(organisation.name, await install(network, organisation, options.version));
        }),
    );
    // Code that changed under the same version is another package: each organisation approves it for itself again.
    const approving = network.consortium.organisations.filter(
        (organisation) =>
            committed?.sequence !== sequence || isNewPackage(organisation, packageIds.get(organisation.name) ?? ''),
    );
    note('chaincode processes start');
    await Promise.all(
        network.consortium.organisations.map((organisation) =>
            startChaincode((options.process ?? chaincodeSpec)(organisation, packageIds.get(organisation.name) ?? '')),
        ),
    );
    for (const organisation of approving) {
        note(`${organisation.name} approves`);
        const packageId = packageIds.get(organisation.name) ?? '';
        await approve(network, organisation, { ...options, sequence }, packageId);
    }
    if (committed?.sequence === sequence) return `sequence ${sequence} was committed before`;
    note('committing the definition');
    await commit(network, { ...options, sequence });
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

async function install(network: Network, organisation: Organisation, version: string): Promise<string> {
    const label = `${network.chaincode}_${version}`;
    const archive = await packageFor(organisation, label);
    const environment = peerEnvironment(organisation);
    const calculated = await runCommand(network.engine, 'peer', [
        ...['lifecycle', 'chaincode', 'calculatepackageid', archive],
    ]);
    const packageId = calculated.stdout.trim();
    const installed = await runCommand(
        network.engine,
        'peer',
        ['lifecycle', 'chaincode', 'queryinstalled', '--output', 'json'],
        environment,
    );
    if (!installed.stdout.includes(packageId)) {
        await runCommand(network.engine, 'peer', ['lifecycle', 'chaincode', 'install', archive], environment, 120_000);
    }
    return packageId;
}

async function packageFor(organisation: Organisation, label: string): Promise<string> {
    const dir = join(networkDir, 'chaincode', organisation.name);
    mkdirSync(dir, { recursive: true });
    const tls = join(organisationDir(organisation), 'chaincode/tls');
    const archive = join(dir, `${label}.tar.gz`);
    await writeCcaasPackage(archive, label, {
        address: `localhost:${organisation.ports.chaincode}`,
        dial_timeout: '10s',
        tls_required: true,
        client_auth_required: true,
        client_key: readFileSync(join(tls, 'client.key'), 'utf8'),
        client_cert: readFileSync(join(tls, 'client.crt'), 'utf8'),
        root_cert: readFileSync(caCertificate(organisation), 'utf8'),
    });
    return archive;
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

function definitionFlags(network: Network, version: string, sequence: number): string[] {
    const [organisation] = network.orderingOrganisations;
    if (!organisation) throw new StepFailure('The network has no orderer.');
    return [
        ...['-C', network.channel, '-n', network.chaincode, '-v', version, '--sequence', String(sequence)],
        ...ordererFlags(organisation),
    ];
}

async function approve(
    network: Network,
    organisation: Organisation,
    definition: { version: string; sequence: number },
    packageId: string,
): Promise<void> {
    const flags = definitionFlags(network, definition.version, definition.sequence);
    await runCommand(
        network.engine,
        'peer',
        ['lifecycle', 'chaincode', 'approveformyorg', '--package-id', packageId, ...flags],
        peerEnvironment(organisation),
    );
}

async function commit(network: Network, definition: { version: string; sequence: number }): Promise<void> {
    const members = network.consortium.organisations.filter(({ endorses }) => endorses);
    const [first] = members;
    if (!first) throw new StepFailure('network/members.yaml names no endorsing member.');
    const peers = members.flatMap((member) => [
        ...['--peerAddresses', `localhost:${String(member.ports.peer)}`],
        ...['--tlsRootCertFiles', join(peerDir(member), 'tls/ca.crt')],
    ]);
    const flags = definitionFlags(network, definition.version, definition.sequence);
    await runCommand(
        network.engine,
        'peer',
        ['lifecycle', 'chaincode', 'commit', ...flags, ...peers],
        peerEnvironment(first),
    );
}
