// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awaitOrdering, createChannel } from './channel.mts';
import { keepCheckpoint } from './checkpointVerb.mts';
import { help, parseCommandLine, UsageError, type CommandLine, type Verb } from './commandLine.mts';
import { ordererFlags, peerEnvironment, runCommand } from './commands.mts';
import { networkDir, organisationNamed, ownNetworkDir, peerDir, projectDir } from './consortium.mts';
import { deployChaincode } from './deployment.mts';
import { switchFaults } from './faults.mts';
import { bringUp, isUp, startAll, stopAll, takeDown } from './lifetime.mts';
import { alone } from './lock.mts';
import { showLogs } from './logs.mts';
import { openNetwork, type Network } from './network.mts';
import { demonstrationMark, networkExists, noNetwork, prepareNetworkFolder } from './networkFolder.mts';
import { showPrerequisites } from './prerequisites.mts';
import { specOf, startProcess, stopProcess } from './processes.mts';
import { elapsedMs, heading, reportFailure, say, step, StepFailure } from './progress.mts';
import { networkResidentBytes } from './residentMemory.mts';
import { printShellEnvironment } from './shellEnvironment.mts';
import { showStatus } from './status.mts';

/** Milliseconds of the phases that ran, as the demonstration reports them. */
interface Timings {
    installMs: number;
    upMs: number;
    deployMs: number;
}

const timings: Timings = { installMs: Number(process.env.POWER_INSTALL_MS ?? '0'), upMs: 0, deployMs: 0 };

const actions: Readonly<Record<Verb, (line: CommandLine) => Promise<void>>> = {
    prereq: ({ options }) => {
        showPrerequisites(options.engine);
        return Promise.resolve();
    },
    up: async (line) => up(announced(line)),
    createChannel: async (line) => joinChannel(announced(line)),
    deployCC: async (line) => deploy(announced(line), line),
    deployCCAAS: async (line) => deploy(announced(line), line),
    demo: async (line) => {
        await clearEarlierDemonstration();
        await demonstrate(announced(line), line);
    },
    status: async ({ options }) => showStatus(existingNetwork(options), options.json),
    logs: async ({ words, options }) => showLogs(words[0], options.follow),
    env: ({ words, options }) => {
        const [name] = words;
        if (name === undefined) throw new UsageError('env needs an organisation: env regulator');
        printShellEnvironment(existingNetwork(options), name);
        return Promise.resolve();
    },
    cc: callChaincode,
    stop: async ({ words }) => {
        const [name] = words;
        if (name === undefined) return stopAll();
        await step(`stopping ${specOf(name).name}`, async (note) => {
            note((await stopProcess(name)) ? 'its state is kept' : 'it was not running');
        });
    },
    start: async ({ words, options }) => {
        const [name] = words;
        if (name === undefined) return startAll(existingNetwork(options));
        await step(`starting ${specOf(name).name}`, () => startProcess(specOf(name), 30_000));
    },
    restart: async ({ words }) => {
        const [name] = words;
        if (name === undefined) throw new UsageError('restart needs the name of a process; see status.');
        await step(`restarting ${specOf(name).name}`, async () => {
            await stopProcess(name);
            await startProcess(specOf(name), 30_000);
        });
    },
    checkpoint: keepCheckpoint,
    fault: async ({ words, options }) => switchFaults(existingNetwork(options), words),
    down: () => takeDown(),
};

/** These leave the network as it is, so several may run at once. */
const readingVerbs: ReadonlySet<Verb> = new Set(['prereq', 'status', 'logs', 'env', 'cc', 'fault']);

let openedNetwork: Network | undefined;

/** Opens the network and says first which engine answers. */
function announced({ options }: CommandLine): Network {
    if (openedNetwork) return openedNetwork;
    openedNetwork = openNetwork(options);
    const { kind, version, binDir } = openedNetwork.engine;
    const title = kind === 'embedded' ? 'embedded engine' : 'Hyperledger Fabric';
    heading(`Engine: ${title} ${version} (${binDir})`);
    return openedNetwork;
}

function existingNetwork(options: CommandLine['options']): Network {
    if (!networkExists()) throw noNetwork();
    return openNetwork(options);
}

async function up(network: Network): Promise<void> {
    const begun = performance.now();
    await bringUp(network);
    timings.upMs += Math.round(performance.now() - begun);
}

let hasJoined = false;

/** Once a run: `up createChannel deployCC` asks for it twice. */
async function joinChannel(network: Network): Promise<void> {
    if (hasJoined) return;
    hasJoined = true;
    if (!isUp(network)) await up(network);
    const begun = performance.now();
    await step(`channel ${network.channel}`, async (note) => {
        await createChannel(network, note);
        await awaitOrdering(network);
    });
    timings.upMs += Math.round(performance.now() - begun);
}

async function deploy(network: Network, { options }: CommandLine): Promise<void> {
    await joinChannel(network);
    const begun = performance.now();
    await step(`chaincode ${network.chaincode}`, async (note) => {
        const collectionsFile = join(projectDir, 'chaincode/collections.json');
        note(await deployChaincode(network, { ...options, collectionsFile }, note));
    });
    timings.deployMs = Math.round(performance.now() - begun);
    const memory = Math.round(networkResidentBytes() / 1024 / 1024);
    const total = ((timings.upMs + timings.deployMs) / 1000).toFixed(1);
    say(`Up and deployed in ${total} s; the whole network uses ${String(memory)} MiB of memory.`);
}

/** Days are attested in order and once, so each demonstration has a ledger of its own; a network made by hand is kept. */
async function clearEarlierDemonstration(): Promise<void> {
    if (networkExists() && existsSync(demonstrationMark)) {
        say('The network of an earlier demonstration is here; this one starts afresh.');
        await takeDown();
    }
    if (!networkExists()) {
        prepareNetworkFolder();
        writeFileSync(demonstrationMark, '');
    }
}

async function demonstrate(network: Network, line: CommandLine): Promise<void> {
    await deploy(network, line);
    const timingsFile = join(networkDir, 'timings.json');
    writeFileSync(timingsFile, JSON.stringify(timings));
    const demo = spawn(
        process.execPath,
        [
            join(projectDir, 'gateway/dist/demo/main.js'),
            ...['--network', networkDir, '--timings', timingsFile],
            ...line.demoArguments,
        ],
        { stdio: 'inherit', cwd: process.env.POWER_CALLER_DIR ?? process.cwd() },
    );
    const [code] = (await once(demo, 'exit')) as [number | null];
    if (code !== 0) throw new StepFailure('The demonstration did not reach its end; the lines above say where.');
}

function sayWhatNext(): void {
    say(`Done in ${(elapsedMs() / 1000).toFixed(1)} s. The network keeps running:`);
    if (networkDir !== ownNetworkDir) say(`  export POWER_NETWORK_DIR=${networkDir}    for these commands`);
    say(`  npx power get supply --context regulator    asks it as the regulator does
  ./test-network.sh status                    shows its processes, heights and hashes
  ./test-network.sh down                      takes it away, with every trace`);
}

async function callChaincode({ words, options }: CommandLine): Promise<void> {
    const [verb] = words;
    if (verb !== 'invoke' && verb !== 'query') throw new UsageError('cc takes invoke or query.');
    if (options.constructorJson === undefined) throw new UsageError(`cc ${verb} needs -args '{"Args":[…]}'.`);
    const network = existingNetwork(options);
    const organisation = organisationNamed(network.consortium, options.organisation);
    const call = ['-C', network.channel, '-n', network.chaincode, '-c', options.constructorJson];
    const environment = peerEnvironment(organisation, options.user);
    const [ordering] = network.orderingOrganisations;
    const members = network.consortium.organisations.filter(({ endorses }) => endorses);
    const endorsers = members.flatMap((member) => [
        ...['--peerAddresses', `localhost:${String(member.ports.peer)}`],
        ...['--tlsRootCertFiles', join(peerDir(member), 'tls/ca.crt')],
    ]);
    const ordered = ordering ? [...ordererFlags(ordering), ...endorsers, '--waitForEvent'] : [];
    const args = ['chaincode', verb, ...call, ...(verb === 'invoke' ? ordered : [])];
    const { stdout, stderr } = await runCommand(network.engine, 'peer', args, environment);
    process.stdout.write(verb === 'query' ? stdout : stderr);
}

async function main(argv: readonly string[]): Promise<number> {
    if (argv.some((word) => ['-h', '--help', '-help', 'help'].includes(word))) {
        say(help);
        return 0;
    }
    let verbose = argv.includes('-verbose');
    try {
        const line = parseCommandLine(argv);
        verbose = line.options.verbose;
        const run = async (): Promise<void> => {
            for (const verb of line.verbs) await actions[verb](line);
        };
        await (line.verbs.every((verb) => readingVerbs.has(verb)) ? run() : alone(run));
        if (line.verbs.includes('demo')) sayWhatNext();
        return 0;
    } catch (error) {
        if (error instanceof UsageError) {
            process.stderr.write(`${error.message}\n\n${help}`);
            return 1;
        }
        reportFailure(error, verbose);
        return 1;
    }
}

// A reader such as `head` may close the pipe before everything is printed; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
});
process.exitCode = await main(process.argv.slice(2));
