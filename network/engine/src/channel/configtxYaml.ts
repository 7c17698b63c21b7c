// SPDX-License-Identifier: Apache-2.0
import { isAbsolute, join } from 'node:path';
import { parseGoDuration } from '../process/duration.js';
import { ConfigtxError } from './configtxError.js';
import { flag, ignored, list, named, optional, size, struct, text } from './configtxFields.js';
import { readConfigtxFile, type ConfigtxFile } from './configtxFile.js';

const policies = named(struct({ Type: text, Rule: text }));
const capabilities = named(flag);
const organization = struct({
    Name: text,
    ID: text,
    MSPDir: text,
    MSPType: text,
    Policies: policies,
    AnchorPeers: list(struct({ Host: text, Port: size })),
    OrdererEndpoints: list(text),
    SkipAsForeign: flag,
    AdminPrincipal: text,
});
const organizations = list(organization);
const application = struct({
    Organizations: organizations,
    Capabilities: capabilities,
    Policies: policies,
    ACLs: named(text),
});
const raft = struct({
    Consenters: list(struct({ Host: text, Port: size, ClientTLSCert: text, ServerTLSCert: text })),
    Options: struct({
        TickInterval: text,
        ElectionTick: size,
        HeartbeatTick: size,
        MaxInflightBlocks: size,
        SnapshotIntervalSize: size,
    }),
});
const orderer = struct({
    OrdererType: text,
    Addresses: list(text),
    BatchTimeout: text,
    BatchSize: struct({ MaxMessageCount: size, AbsoluteMaxBytes: size, PreferredMaxBytes: size }),
    MaxChannels: size,
    ConsenterMapping: ignored,
    EtcdRaft: optional(raft),
    SmartBFT: ignored,
    Organizations: organizations,
    Capabilities: capabilities,
    Policies: policies,
});
const profile = struct({
    Consortium: text,
    Capabilities: capabilities,
    Policies: policies,
    Orderer: optional(orderer),
    Application: optional(application),
    Consortiums: ignored,
});
const file = struct({
    Organizations: organizations,
    Capabilities: named(capabilities),
    Application: optional(application),
    Orderer: optional(orderer),
    Channel: optional(profile),
    Profiles: named(profile),
});

export type Policies = ReturnType<typeof policies>;
export type Organization = ReturnType<typeof organization>;
export type Orderer = ReturnType<typeof orderer>;
type RaftOptions = NonNullable<Orderer['EtcdRaft']>['Options'];
export type Application = ReturnType<typeof application>;
export type Profile = ReturnType<typeof profile>;

export interface ConfigtxSource {
    /** The folder that holds configtx.yaml; default: as Fabric looks for it. */
    readonly configPath?: string;
    readonly env?: NodeJS.ProcessEnv;
}

interface LoadedProfile {
    readonly path: string;
    readonly profile: Profile;
}

/** A profile with defaults filled in and paths made relative to the working directory. Throws ConfigtxError. */
export function loadProfile(source: ConfigtxSource, name: string): LoadedProfile {
    const raw = readConfigtxFile(source.configPath, source.env ?? process.env);
    const found = file(raw.content, '').Profiles.get(name);
    if (found === undefined) {
        throw new ConfigtxError(`Could not find profile: ${name}`);
    }
    return { path: raw.path, profile: completeProfile(found, raw) };
}

/** The organisations listed at the top of the file, for -printOrg. Throws ConfigtxError. */
export function loadOrganizations(source: ConfigtxSource): { path: string; organizations: readonly Organization[] } {
    const raw = readConfigtxFile(source.configPath, source.env ?? process.env);
    const { Organizations } = file(raw.content, '');
    return { path: raw.path, organizations: Organizations.map((entry) => completeOrganization(entry, raw)) };
}

function completeProfile(given: Profile, raw: ConfigtxFile): Profile {
    const { Application, Orderer } = given;
    const completed = (entries: readonly Organization[]): Organization[] =>
        entries.map((entry) => completeOrganization(entry, raw));
    return {
        ...given,
        Application: Application && { ...Application, Organizations: completed(Application.Organizations) },
        Orderer: Orderer && completeOrderer({ ...Orderer, Organizations: completed(Orderer.Organizations) }, raw),
    };
}

function completeOrganization(given: Organization, raw: ConfigtxFile): Organization {
    return { ...given, MSPType: given.MSPType || 'bccsp', MSPDir: fromFile(given.MSPDir, raw) };
}

function completeOrderer(given: Orderer, raw: ConfigtxFile): Orderer {
    const { BatchSize } = given;
    const completed = {
        ...given,
        OrdererType: given.OrdererType || 'solo',
        BatchTimeout: given.BatchTimeout || '2s',
        BatchSize: {
            MaxMessageCount: BatchSize.MaxMessageCount || 500,
            AbsoluteMaxBytes: BatchSize.AbsoluteMaxBytes || 10 * 1024 ** 2,
            PreferredMaxBytes: BatchSize.PreferredMaxBytes || 2 * 1024 ** 2,
        },
    };
    if (parseGoDuration(completed.BatchTimeout) === undefined) {
        throw new ConfigtxError(
            `Error unmarshalling config into struct: time: invalid duration ${JSON.stringify(completed.BatchTimeout)}`,
            2,
        );
    }
    switch (completed.OrdererType) {
        case 'solo':
            return completed;
        case 'etcdraft':
            return { ...completed, EtcdRaft: completeRaft(given.EtcdRaft, raw) };
        case 'BFT':
            throw new ConfigtxError(
                'orderer type BFT is not supported by the embedded engine: install Hyperledger Fabric 3.1.5 or newer',
            );
        default:
            throw new ConfigtxError(`unknown orderer type: ${completed.OrdererType}`, 2);
    }
}

function completeRaft(given: Orderer['EtcdRaft'], raw: ConfigtxFile): NonNullable<Orderer['EtcdRaft']> {
    if (given === undefined) {
        throw new ConfigtxError('etcdraft configuration missing', 2);
    }
    if (given.Consenters.length === 0) {
        throw new ConfigtxError('etcdraft configuration did not specify any consenter', 2);
    }
    const { Options } = given;
    const options = {
        TickInterval: Options.TickInterval || '500ms',
        ElectionTick: Options.ElectionTick || 10,
        HeartbeatTick: Options.HeartbeatTick || 1,
        MaxInflightBlocks: Options.MaxInflightBlocks || 5,
        SnapshotIntervalSize: Options.SnapshotIntervalSize || 16 * 1024 ** 2,
    };
    checkRaftOptions(options);
    const consenters = given.Consenters.map((consenter) => {
        checkConsenter(consenter);
        const { ClientTLSCert, ServerTLSCert } = consenter;
        return {
            ...consenter,
            ClientTLSCert: fromFile(ClientTLSCert, raw),
            ServerTLSCert: fromFile(ServerTLSCert, raw),
        };
    });
    return { Consenters: consenters, Options: options };
}

function checkRaftOptions({ TickInterval, ElectionTick, HeartbeatTick }: RaftOptions): void {
    if (parseGoDuration(TickInterval) === undefined) {
        throw new ConfigtxError(`Etcdraft TickInterval (${TickInterval}) must be in time duration format`, 2);
    }
    if (ElectionTick <= HeartbeatTick) {
        throw new ConfigtxError('election tick must be greater than heartbeat tick', 2);
    }
}

function checkConsenter(consenter: NonNullable<Orderer['EtcdRaft']>['Consenters'][number]): void {
    const missing = [
        ['host', consenter.Host === ''],
        ['port', consenter.Port === 0],
        ['client TLS cert', consenter.ClientTLSCert === ''],
        ['server TLS cert', consenter.ServerTLSCert === ''],
    ] as const;
    const first = missing.find(([, isMissing]) => isMissing);
    if (first !== undefined) {
        throw new ConfigtxError(`consenter info in etcdraft configuration did not specify ${first[0]}`, 2);
    }
}

/** A path in the file: absolute, or relative to the file's own folder. */
function fromFile(path: string, { dir }: ConfigtxFile): string {
    return isAbsolute(path) ? path : join(dir, path);
}
