// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { applicationOrganisationGroup, channelGroup, ordererOrganisationGroup } from '../channel/channelGroup.js';
import { readConfigBlock } from '../channel/configBlock.js';
import { configBlockJson, configGroupJson, printJson } from '../channel/protolator/configJson.js';
import { ConfigtxError } from '../channel/configtxError.js';
import { loadOrganizations, loadProfile, type ConfigtxSource, type Profile } from '../channel/configtxYaml.js';
import { genesisBlock } from '../channel/genesisBlock.js';
import { logger } from '../process/logging.js';
import { engineVersion } from '../version.js';
import { decode, encode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';
import { errorText } from '../wire/errorText.js';

const log = logger('common.tools.configtxgen');
const localConfigLog = logger('common.tools.configtxgen.localconfig');

const flagHelp = {
    asOrg: 'Performs the config generation as a particular organization (by name), only including values in the write set that org (likely) has privilege to set',
    channelCreateTxBaseProfile:
        "Specifies a profile to consider as the orderer system channel current state to allow modification of non-application parameters during channel create tx generation. Only valid in conjunction with 'outputCreateChannelTx'.",
    channelID: 'The channel ID to use in the configtx',
    configPath: 'The path containing the configuration to use (if set)',
    inspectBlock: 'Prints the configuration contained in the block at the specified path',
    inspectChannelCreateTx: '[DEPRECATED] Prints the configuration contained in the transaction at the specified path',
    outputBlock: 'The path to write the genesis block to (if set)',
    outputCreateChannelTx: '[DEPRECATED] The path to write a channel creation configtx to (if set)',
    printOrg: 'Prints the definition of an organization as JSON. (useful for adding an org to a channel manually)',
    profile: 'The profile from configtx.yaml to use for generation.',
} as const;
type FlagName = keyof typeof flagHelp;
type Flags = Partial<Record<FlagName, string>> & { version?: boolean };

/** What belonged to system channels, which Fabric 3 no longer has. */
const removedFlags: readonly FlagName[] = [
    'outputCreateChannelTx',
    'inspectChannelCreateTx',
    'channelCreateTxBaseProfile',
];

/** Fabric's configtxgen: genesis blocks from configtx.yaml. Returns the exit code. */
export function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
    return Promise.resolve(run(argv, env));
}

function run(argv: readonly string[], env: NodeJS.ProcessEnv): number {
    const flags = readFlags(argv);
    if (typeof flags === 'number') {
        return flags;
    }
    if (flags.version === true) {
        process.stdout.write(versionText());
        return 0;
    }
    try {
        generate(flags, env);
        return 0;
    } catch (error) {
        return report(error, flags);
    }
}

function generate(flags: Flags, env: NodeJS.ProcessEnv): void {
    const removed = removedFlags.find((name) => flags[name] !== undefined);
    if (removed !== undefined) {
        throw new ConfigtxError(
            `-${removed} belongs to system channels, which Fabric 3 and the embedded engine do not have`,
        );
    }
    if (flags.outputBlock !== undefined && flags.channelID === undefined) {
        throw new ConfigtxError("Missing channelID, please specify it with '-channelID'");
    }
    log.info('Loading configuration');
    const source: ConfigtxSource = {
        env,
        ...(flags.configPath === undefined ? {} : { configPath: flags.configPath }),
    };
    const profile = flags.outputBlock === undefined ? undefined : readProfile(source, flags.profile ?? '');
    if (profile !== undefined && flags.outputBlock !== undefined && flags.channelID !== undefined) {
        writeGenesisBlock(profile, flags.channelID, flags.outputBlock);
    }
    if (flags.inspectBlock !== undefined) {
        inspectBlock(flags.inspectBlock);
    }
    if (flags.printOrg !== undefined) {
        printOrganisation(source, flags.printOrg);
    }
}

function readProfile(source: ConfigtxSource, name: string): Profile {
    try {
        const { path, profile } = loadProfile(source, name);
        if (profile.Orderer !== undefined) {
            localConfigLog.info(`orderer type: ${profile.Orderer.OrdererType}`);
        }
        localConfigLog.info(`Loaded configuration: ${path}`);
        return profile;
    } catch (cause) {
        const message = errorText(cause);
        if (message === `Could not find profile: ${name}`) {
            localConfigLog.panic(message);
            const hint =
                'Please make sure that FABRIC_CFG_PATH or -configPath is set to a path which contains configtx.yaml with the specified profile';
            throw new UnknownProfileError(`${message}. ${hint}`);
        }
        throw cause;
    }
}

class UnknownProfileError extends Error {}

function writeGenesisBlock(profile: Profile, channelId: string, path: string): void {
    const failure = 'Error on outputBlock';
    const block = withPrefix(failure, () => {
        if (profile.Orderer === undefined) {
            throw new ConfigtxError('refusing to generate block which is missing orderer section');
        }
        const group = withPrefix('could not create bootstrapper: could not create channel group', () =>
            channelGroup(profile),
        );
        log.info('Generating genesis block');
        if (profile.Consortiums) {
            throw new ConfigtxError(
                'system channels, which Consortiums describe, do not exist in Fabric 3 and the embedded engine',
            );
        }
        if (profile.Application === undefined) {
            throw new ConfigtxError(
                'refusing to generate application channel block which is missing application section',
            );
        }
        log.info('Creating application channel genesis block');
        return genesisBlock(channelId, group);
    });
    log.info('Writing genesis block');
    withPrefix(`${failure}: error writing genesis block`, () => {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, encode(common.Block, block), { mode: 0o640 });
    });
}

function inspectBlock(path: string): void {
    const json = withPrefix('Error on inspectBlock', () => {
        log.info('Inspecting block');
        const bytes = withPrefix(`could not read block ${path}`, () => readFileSync(path));
        log.info('Parsing genesis block');
        const block = withPrefix('error unmarshalling to block', () => decode(common.Block, bytes, 'Block'));
        readConfigBlock(block);
        return configBlockJson(block);
    });
    process.stdout.write(printJson(json));
}

function printOrganisation(source: ConfigtxSource, name: string): void {
    const { path, organizations } = loadOrganizations(source);
    localConfigLog.info(`Loaded configuration: ${path}`);
    const group = withPrefix('Error on printOrg', () => {
        const organisation = organizations.find(({ Name }) => Name === name);
        if (organisation === undefined) {
            throw new ConfigtxError(`organization ${name} not found`);
        }
        return withPrefix(`bad org definition for org ${name}`, () =>
            organisation.OrdererEndpoints.length > 0
                ? ordererOrganisationGroup(organisation, false)
                : applicationOrganisationGroup(organisation),
        );
    });
    process.stdout.write(printJson(configGroupJson(group)));
}

function withPrefix<T>(context: string, step: () => T): T {
    try {
        return step();
    } catch (cause) {
        const exitCode = cause instanceof ConfigtxError ? cause.exitCode : 1;
        throw new ConfigtxError(`${context}: ${errorText(cause)}`, exitCode, {
            cause,
        });
    }
}

function report(error: unknown, { profile }: Flags): number {
    if (error instanceof UnknownProfileError) {
        log.error(error.message);
        return 1;
    }
    const message = errorText(error);
    const exitCode = error instanceof ConfigtxError ? error.exitCode : 1;
    if (exitCode === 2) {
        localConfigLog.panic(message, profile === undefined ? undefined : { profile });
    } else {
        log.fatal(message);
    }
    return exitCode;
}

/** The flags given, or the exit code of a command line that Go's flag package would end. */
function readFlags(argv: readonly string[]): Flags | number {
    const options = Object.fromEntries(Object.keys(flagHelp).map((name) => [name, { type: 'string' as const }]));
    try {
        const { values } = parseArgs({
            args: argv.map((argument) => argument.replace(/^-(?=[A-Za-z]{2})/, '--')),
            options: { ...options, version: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
            allowPositionals: true,
        });
        if (values.help === true) {
            process.stderr.write(usage());
            return 0;
        }
        return values;
    } catch (error) {
        const message = errorText(error);
        const [, unknown] = /^Unknown option '--?(.+?)'/.exec(message) ?? [];
        process.stderr.write(
            `${unknown === undefined ? message : `flag provided but not defined: -${unknown}`}\n${usage()}`,
        );
        return 2;
    }
}

function usage(): string {
    const lines = Object.entries(flagHelp).map(([name, help]) => `  -${name} string\n    \t${help}`);
    return `Usage of configtxgen:\n${[...lines, '  -version\n    \tShow version information'].join('\n')}\n`;
}

function versionText(): string {
    return `configtxgen:\n Version: ${engineVersion}\n Commit SHA: development build\n Node version: ${process.version}\n OS/Arch: ${process.platform}/${process.arch}\n`;
}
