// SPDX-License-Identifier: Apache-2.0
import { decode } from '../../wire/decode.js';
import { errorText } from '../../wire/errorText.js';
import { common } from '../../wire/protobuf.js';
import { ChannelConfiguration } from '../channelConfiguration.js';
import { authorisedUpdate, readUpdate } from './authorisedUpdate.js';
import { sameTree } from './configurationItems.js';

/** A configuration that the channel cannot go on with. A real peer panics; here the channel stops. */
export class ConfigurationRefusedError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = 'ConfigurationRefusedError';
    }
}

/** The configuration that a CONFIG transaction's data sets; it must follow from the present one. Throws ConfigurationRefusedError. */
export function nextConfiguration(current: ChannelConfiguration, data: Uint8Array): ChannelConfiguration {
    try {
        return build(current, data);
    } catch (cause) {
        const reason = errorText(cause);
        throw new ConfigurationRefusedError(
            `error validating config which passed initial validity checks on channel ${current.channelId}: ${reason}`,
            { cause },
        );
    }
}

function build(current: ChannelConfiguration, data: Uint8Array): ChannelConfiguration {
    const { config, lastUpdate } = decode(common.ConfigEnvelope, data, 'ConfigEnvelope');
    if (!config?.channelGroup || !lastUpdate) {
        throw new Error('config envelope has nil config or nil last update');
    }
    const sequence = config.sequence ?? 0;
    if (sequence !== current.sequence + 1) {
        throw new Error(
            `config currently at sequence ${String(current.sequence)}, cannot validate config at sequence ${String(sequence)}`,
        );
    }
    if (!sameTree(authorisedUpdate(current, readUpdate(lastUpdate)), config.channelGroup)) {
        throw new Error('ConfigEnvelope LastUpdate did not produce the supplied config result');
    }
    return ChannelConfiguration.fromConfig(current.channelId, config);
}
