// SPDX-License-Identifier: Apache-2.0
import { BlockMetadataIndex, HeaderType } from '../wire/codes.js';
import { asBuffer, decode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';
import { ConfigurationError } from './configurationError.js';

/** What a CONFIG transaction carries. */
interface ChannelConfig {
    readonly channelId: string;
    readonly config: common.Config.$Properties;
    /** The signed update that led to this configuration; absent in a genesis block. */
    readonly lastUpdate?: common.Envelope.$Properties;
}

/** The configuration in a config block; throws ConfigurationError or MalformedMessageError if it is not one. */
export function readConfigBlock(block: common.Block.$Properties): ChannelConfig {
    const [only, ...others] = block.data?.data ?? [];
    if (only === undefined || others.length > 0) {
        throw new ConfigurationError('block is not a config block');
    }
    return readConfigEnvelope(decode(common.Envelope, only, 'Envelope'));
}

/** The configuration in a CONFIG envelope. */
function readConfigEnvelope(envelope: common.Envelope.$Properties): ChannelConfig {
    const payload = decode(common.Payload, asBuffer(envelope.payload), 'Payload');
    const header = decode(common.ChannelHeader, asBuffer(payload.header?.channelHeader), 'ChannelHeader');
    if (header.type !== HeaderType.CONFIG) {
        throw new ConfigurationError('block is not a config block');
    }
    const { config, lastUpdate } = decode(common.ConfigEnvelope, asBuffer(payload.data), 'ConfigEnvelope');
    if (!config) {
        throw new ConfigurationError('channelconfig Config cannot be nil');
    }
    return { channelId: header.channelId, config, ...(lastUpdate ? { lastUpdate } : {}) };
}

/** True if a block consists of one CONFIG transaction. */
export function isConfigBlock(block: common.Block.$Properties): boolean {
    // Asked of every block: an error is expensive to make.
    if (block.data?.data?.length !== 1) {
        return false;
    }
    try {
        readConfigBlock(block);
        return true;
    } catch {
        return false;
    }
}

/** The number of the config block in force at a block, from its metadata (protoutil.GetLastConfigIndexFromBlock). */
export function lastConfigIndex(block: common.Block.$Properties): number {
    const signed = metadataValue(block, BlockMetadataIndex.SIGNATURES);
    if (signed.length > 0) {
        return decode(common.OrdererBlockMetadata, signed, 'OrdererBlockMetadata').lastConfig?.index ?? 0;
    }
    return decode(common.LastConfig, metadataValue(block, BlockMetadataIndex.LAST_CONFIG), 'LastConfig').index;
}

function metadataValue(block: common.Block.$Properties, index: number): Buffer {
    const entry = block.metadata?.metadata?.[index];
    if (entry === undefined) {
        throw new ConfigurationError('failed to retrieve metadata: no metadata in block');
    }
    return asBuffer(decode(common.Metadata, entry, 'Metadata').value);
}
