// SPDX-License-Identifier: Apache-2.0
import { parseGoDuration } from '../process/duration.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { common, etcdraft, msp, orderer } from '../wire/protobuf.js';
import { capabilityNames } from './capabilities.js';
import { ConfigurationError } from './configurationError.js';
import { readValues } from './configValues.js';
import { ordererOrganisation, type MspBuilder, type OrdererOrganisation } from './organisations.js';

interface BatchSize {
    readonly maxMessageCount: number;
    readonly absoluteMaxBytes: number;
    readonly preferredMaxBytes: number;
}

/** An ordering node of an etcdraft channel; certificates are PEM files as given. */
export interface Consenter {
    readonly host: string;
    readonly port: number;
    readonly clientTlsCert: Buffer;
    readonly serverTlsCert: Buffer;
}

/** The Orderer group of a channel (common/channelconfig/orderer.go). */
export interface OrdererConfiguration {
    readonly consensusType: string;
    /** Bytes whose meaning depends on the consensus type. */
    readonly consensusMetadata: Buffer;
    readonly consensusState: number;
    readonly batchSize: BatchSize;
    readonly batchTimeoutMs: number;
    readonly capabilities: ReadonlySet<string>;
    readonly organisations: readonly OrdererOrganisation[];
    /** The nodes of an etcdraft channel, none for other types; reading it throws MalformedMessageError on bad metadata. */
    readonly consenters: readonly Consenter[];
    /** Identities of the nodes of a BFT channel (msp.SerializedIdentity bytes) by their number. */
    readonly identitiesByNumber: ReadonlyMap<number, Buffer>;
    /** The etcdraft options; same error. */
    readonly raftOptions: etcdraft.Options.$Properties | undefined;
}

const valueTypes = {
    ConsensusType: orderer.ConsensusType,
    BatchSize: orderer.BatchSize,
    BatchTimeout: orderer.BatchTimeout,
    ChannelRestrictions: orderer.ChannelRestrictions,
    Capabilities: common.Capabilities,
    Orderers: common.Orderers,
};

export function readOrdererGroup(group: common.ConfigGroup.$Properties, msps: MspBuilder): OrdererConfiguration {
    const values = readValues(group, valueTypes);
    const consensusType = values.ConsensusType?.type ?? '';
    const consensusMetadata = asBuffer(values.ConsensusType?.metadata);
    const raft = (): etcdraft.ConfigMetadata.$Properties =>
        consensusType === 'etcdraft' ? decode(etcdraft.ConfigMetadata, consensusMetadata, 'ConfigMetadata') : {};
    return {
        consensusType,
        consensusMetadata,
        consensusState: values.ConsensusType?.state ?? 0,
        batchSize: checkedBatchSize(values.BatchSize),
        batchTimeoutMs: checkedBatchTimeout(values.BatchTimeout?.timeout ?? ''),
        capabilities: capabilityNames(values.Capabilities),
        organisations: Object.entries(group.groups ?? {}).map(([name, sub]) => ordererOrganisation(name, sub, msps)),
        identitiesByNumber: numberedIdentities(values.Orderers),
        get consenters() {
            return (raft().consenters ?? []).map(readConsenter);
        },
        get raftOptions() {
            return raft().options ?? undefined;
        },
    };
}

function numberedIdentities(orderers: common.Orderers.$Properties | undefined): ReadonlyMap<number, Buffer> {
    const identities = new Map<number, Buffer>();
    for (const { id: given, mspId, identity } of orderers?.consenterMapping ?? []) {
        const id = given ?? 0;
        // The first of a number counts (protoutil.searchConsenterIdentityByID).
        if (identities.has(id)) continue;
        identities.set(id, encode(msp.SerializedIdentity, { mspid: mspId ?? '', idBytes: asBuffer(identity) }));
    }
    return identities;
}

function readConsenter({ host, port, clientTlsCert, serverTlsCert }: etcdraft.Consenter.$Properties): Consenter {
    return {
        host: host ?? '',
        port: port ?? 0,
        clientTlsCert: asBuffer(clientTlsCert),
        serverTlsCert: asBuffer(serverTlsCert),
    };
}

function checkedBatchSize(value: orderer.BatchSize.$Properties | undefined): BatchSize {
    const batchSize = {
        maxMessageCount: value?.maxMessageCount ?? 0,
        absoluteMaxBytes: value?.absoluteMaxBytes ?? 0,
        preferredMaxBytes: value?.preferredMaxBytes ?? 0,
    };
    const { maxMessageCount, absoluteMaxBytes, preferredMaxBytes } = batchSize;
    const named = [
        ['max message count', maxMessageCount],
        ['absolute max bytes', absoluteMaxBytes],
        ['preferred max bytes', preferredMaxBytes],
    ] as const;
    for (const [name, size] of named) {
        if (size === 0) {
            throw new ConfigurationError(`Attempted to set the batch size ${name} to an invalid value: 0`);
        }
    }
    if (preferredMaxBytes > absoluteMaxBytes) {
        throw new ConfigurationError(
            `Attempted to set the batch size preferred max bytes (${preferredMaxBytes}) greater than the absolute max bytes (${absoluteMaxBytes}).`,
        );
    }
    return batchSize;
}

function checkedBatchTimeout(text: string): number {
    const milliseconds = parseGoDuration(text);
    if (milliseconds === undefined) {
        throw new ConfigurationError(
            `Attempted to set the batch timeout to a invalid value: time: invalid duration ${JSON.stringify(text)}`,
        );
    }
    if (milliseconds <= 0) {
        throw new ConfigurationError(`Attempted to set the batch timeout to a non-positive value: ${text}`);
    }
    return milliseconds;
}
