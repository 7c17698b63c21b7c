// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ordererFlags, peerEnvironment, runCommand } from './commands.mts';
import { caCertificate, networkDir, organisationDir, peerDir, type Organisation } from './consortium.mts';
import type { Network } from './network.mts';
import { chaincodeSpec } from './nodeSpecs.mts';
import { type ProcessSpec, recordedNames, runningPid, specOf, startProcess, stopProcess } from './processes.mts';
import { StepFailure } from './progress.mts';

export interface DeploymentOptions {
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
    for (const organisation of network.consortium.organisations) {
        note(`${organisation.name} installs`);
        packageIds.set(organisation.name, await install(network, organisation, options.version));
    }
    note('chaincode processes start');
    await Promise.all(
        network.consortium.organisations.map((organisation) =>
            startChaincode((options.process ?? chaincodeSpec)(organisation, packageIds.get(organisation.name) ?? '')),
        ),
    );
    if (committed?.sequence === sequence) return `sequence ${String(sequence)} was committed before`;
    for (const organisation of network.consortium.organisations) {
        note(`${organisation.name} approves`);
        const packageId = packageIds.get(organisation.name) ?? '';
        await approve(network, organisation, { ...options, sequence }, packageId);
    }
    note('committing the definition');
    await commit(network, { ...options, sequence });
    return `version ${options.version}, sequence ${String(sequence)}`;
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

/** A ccaas package holds no code, only where the organisation's own chaincode process listens and how to trust it. */
async function packageFor(organisation: Organisation, label: string): Promise<string> {
    const dir = join(networkDir, 'chaincode', organisation.name);
    const source = join(dir, 'source');
    mkdirSync(source, { recursive: true });
    const tls = join(organisationDir(organisation), 'chaincode/tls');
    const connection = {
        address: `localhost:${String(organisation.ports.chaincode)}`,
        dial_timeout: '10s',
        tls_required: true,
        client_auth_required: true,
        client_key: readFileSync(join(tls, 'client.key'), 'utf8'),
        client_cert: readFileSync(join(tls, 'client.crt'), 'utf8'),
        root_cert: readFileSync(caCertificate(organisation), 'utf8'),
    };
    writeFileSync(join(source, 'connection.json'), JSON.stringify(connection), { mode: 0o600 });
    const archive = join(dir, `${label}.tar.gz`);
    await packCcaas(archive, label, source);
    return archive;
}

async function packCcaas(archive: string, label: string, source: string): Promise<void> {
    const { createGzip } = await import('node:zlib');
    const { pack } = await import('tar-stream');
    const { buffer } = await import('node:stream/consumers');
    const compressed = async (files: readonly { name: string; content: Buffer }[]): Promise<Buffer> => {
        const archiveStream = pack();
        // A fixed time keeps the package id the same for the same content.
        for (const { name, content } of files) archiveStream.entry({ name, mtime: new Date(0), mode: 0o644 }, content);
        archiveStream.finalize();
        return buffer(archiveStream.pipe(createGzip()));
    };
    const connection = readFileSync(join(source, 'connection.json'));
    const code = await compressed([{ name: 'connection.json', content: connection }]);
    const metadata = Buffer.from(JSON.stringify({ type: 'ccaas', label }));
    const content = await compressed([
        { name: 'metadata.json', content: metadata },
        { name: 'code.tar.gz', content: code },
    ]);
    writeFileSync(archive, content, { mode: 0o600 });
}

async function startChaincode(spec: ProcessSpec): Promise<void> {
    const { name, environment } = spec;
    const isOther =
        recordedNames().includes(name) && specOf(name).environment.CHAINCODE_ID !== environment.CHAINCODE_ID;
    if (isOther && runningPid(name) !== undefined) await stopProcess(name);
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
