// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join, resolve } from 'node:path';
import { type CertificateAuthority, openCertificateAuthority } from '../certificateAuthority/certificateAuthority.js';
import { fabricCaVersion } from '../certificateAuthority/endpoints/caInfo.js';
import { listen } from '../certificateAuthority/listener.js';
import { caLog } from '../certificateAuthority/log.js';
import {
    type BootstrapCredentials,
    defaultConfiguration,
} from '../certificateAuthority/settings/configurationTemplate.js';
import { readSettings } from '../certificateAuthority/settings/caSettings.js';
import { SettingSources } from '../certificateAuthority/settings/settingSources.js';
import { settingTable } from '../certificateAuthority/settings/settingTable.js';
import { diskAdvice } from '../process/diskAdvice.js';
import { writeDurably } from '../process/durableFile.js';
import { enableFaults, type FaultService } from '../process/faults/faultService.js';
import { untilStopped } from '../process/lifetime.js';
import { startOperations } from '../process/operations.js';
import { engineVersion } from '../version.js';
import { errorText } from '../wire/errorText.js';
import { type Flag, FlagError, flagUsages, parseFlags, type ParsedFlags } from './flags.js';

const configurationFile = 'fabric-ca-server-config.yaml';

const flags: readonly Flag[] = [
    { name: 'home', short: 'H', kind: 'string', help: "Server's home directory" },
    {
        name: 'boot',
        short: 'b',
        kind: 'string',
        help: 'The user:pass for bootstrap admin which is required to build default config file',
    },
    { name: 'help', short: 'h', kind: 'boolean', help: 'help for fabric-ca-server' },
    ...settingTable,
];

const usage = `Hyperledger Fabric Certificate Authority Server

Usage:
  fabric-ca-server [command]

Available Commands:
  init        Initialize the fabric-ca server
  start       Start the fabric-ca server
  version     Prints Fabric CA Server version

Flags:
${flagUsages(flags)}`;

/** fabric-ca-server: `init`, `start` (runs until SIGTERM) and `version`. Resolves to the exit code. */
export const main = async (argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
    try {
        const parsed = parseFlags(flags, argv);
        const [command, ...rest] = parsed.positionals;
        if (command === undefined || parsed.values.get('help') === 'true') return print(usage);
        if (command === 'version') return print(versionText());
        if (command !== 'init' && command !== 'start') {
            throw new FlagError(`unknown command "${command}" for "fabric-ca-server"`);
        }
        if (rest.length > 0) throw new FlagError(`Unrecognized arguments found: [${rest.join(' ')}]`);
        const { ca, faults } = await openConfigured(parsed, env);
        if (command === 'start') return await serve(ca, faults);
        ca.log.info('Initialization was successful');
        ca.database.close();
        return 0;
    } catch (error) {
        const message = `${errorText(error)}${diskAdvice(error)}`;
        process.stderr.write(`Error: ${message}\n${error instanceof FlagError ? usage : ''}`);
        return 1;
    }
};

const openConfigured = async (
    parsed: ParsedFlags,
    env: NodeJS.ProcessEnv,
): Promise<{ ca: CertificateAuthority; faults: FaultService | undefined }> => {
    const home = resolve(
        parsed.values.get('home') ?? env.FABRIC_CA_SERVER_HOME ?? env.FABRIC_CA_HOME ?? env.CA_CFG_PATH ?? '.',
    );
    const file = join(home, configurationFile);
    const created = !existsSync(file);
    if (created) writeConfiguration(file, parsed.values.get('boot') ?? env.FABRIC_CA_SERVER_BOOT ?? '');
    const settings = readSettings(new SettingSources(parsed, env, readFileSync(file, 'utf8')), home);
    const { address, port, operationsAddress } = settings;
    const faults = enableFaults(env, 'ca', [`${address}:${String(port)}`, operationsAddress]);
    const log = caLog(settings.severity, (line) => process.stderr.write(line));
    log.info(created ? `Created default configuration file at ${file}` : `Configuration file location: ${file}`);
    log.info(`Server Version: ${fabricCaVersion}`);
    return { ca: await openCertificateAuthority(settings, log), faults };
};

const writeConfiguration = (file: string, boot: string): void => {
    try {
        const configuration = defaultConfiguration(fabricCaVersion, credentials(boot));
        writeDurably(file, configuration);
    } catch (error) {
        const cause = errorText(error);
        throw new FlagError(`Failed to create default configuration file: ${cause}`);
    }
};

const credentials = (boot: string): BootstrapCredentials => {
    if (boot === '') throw new Error("The '-b user:pass' option is required");
    const separator = boot.indexOf(':');
    if (separator < 0) throw new Error(`The value '${boot}' on the command line is missing a colon separator`);
    const password = boot.slice(separator + 1);
    if (password === '') throw new Error("An empty password in the '-b user:pass' option is not permitted");
    return { user: boot.slice(0, separator), password };
};

const serve = async (ca: CertificateAuthority, faults: FaultService | undefined): Promise<number> => {
    const stopped = untilStopped('fabric-ca-server');
    const server = await listen(ca);
    try {
        const operations = await startOperations({
            address: ca.settings.operationsAddress,
            version: { version: fabricCaVersion, commitSha: engineVersion },
            faults,
        });
        await stopped;
        await operations.close();
        return 0;
    } finally {
        await close(server);
        ca.database.close();
    }
};

const close = (server: Server): Promise<void> =>
    new Promise((resolve) => {
        server.close(() => {
            resolve();
        });
        server.closeIdleConnections();
    });

const print = (text: string): number => {
    process.stdout.write(text);
    return 0;
};

const versionText = (): string =>
    `fabric-ca-server:\n Version: v${fabricCaVersion}\n Engine: ${engineVersion}\n Node version: ${process.version}\n OS/Arch: ${process.platform}/${process.arch}\n`;
