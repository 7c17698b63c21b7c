// SPDX-License-Identifier: Apache-2.0
import { readUpdate } from '../channel/update/authorisedUpdate.js';
import { HeaderType } from '../wire/codes.js';
import { asBuffer, decode, type Decodable } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { common } from '../wire/protobuf.js';
import type { ChannelRegistry } from './channelRegistry.js';
import type { FilterOptions } from './messageFilters.js';
import { FormError } from './multipart.js';
import type { OrderedChannel } from './orderedChannel.js';
import { HttpRefusal } from './participationReply.js';
import { Refusal } from './refusal.js';
import { parseSubmitted } from './submittedMessage.js';

/**
 * Takes the configuration update that `osnadmin channel update` sends, with the answers of
 * orderer/common/channelparticipation. Who may change the channel is decided by the update's signatures, not by the
 * connection it came on. Throws HttpRefusal or FormError.
 */
export function updateChannel(registry: ChannelRegistry, bytes: Buffer, filters: FilterOptions): OrderedChannel {
    const envelope = parseEnvelope(bytes);
    const channelId = channelOf(envelope);
    const channel = registry.get(channelId);
    if (channel === undefined) {
        throw new HttpRefusal(405, 'cannot update: channel does not exist');
    }
    try {
        channel.update(parseSubmitted(envelope), filters);
        return channel;
    } catch (error) {
        if (error instanceof Refusal) {
            throw new HttpRefusal(400, `cannot update: failed update config of channel ${channelId}: ${error.message}`);
        }
        throw error;
    }
}

function parseEnvelope(bytes: Buffer): common.Envelope {
    try {
        return decode(common.Envelope, bytes, 'Envelope');
    } catch {
        const reason = 'proto: cannot parse invalid wire-format data';
        throw new FormError(`cannot unmarshal file part config-update-envelope into an envelope: ${reason}`);
    }
}

/** The channel that an update names (channelparticipation/validator.go, ValidateUpdateConfigEnvelope). */
function channelOf(envelope: common.Envelope): string {
    const { header } = parse(common.Payload, asBuffer(envelope.payload), 'bad payload');
    const channelHeader = asBuffer(header?.channelHeader);
    if (channelHeader.length === 0) {
        throw invalid('bad header');
    }
    const { type, channelId } = parse(common.ChannelHeader, channelHeader, 'could not unmarshall channel header');
    if (type !== HeaderType.CONFIG_UPDATE) {
        throw invalid('bad type');
    }
    if (channelId === '') {
        throw invalid('empty channel id');
    }
    try {
        const { configUpdate } = readUpdate(envelope);
        return parse(common.ConfigUpdate, configUpdate, 'proto: cannot parse invalid wire-format data').channelId;
    } catch (error) {
        throw error instanceof HttpRefusal ? error : invalid(errorText(error));
    }
}

function parse<T>(type: Decodable<T>, bytes: Uint8Array, failure: string): T {
    try {
        return decode(type, bytes, '');
    } catch {
        throw invalid(failure);
    }
}

function invalid(reason: string): HttpRefusal {
    return new HttpRefusal(400, `invalid config update envelope: ${reason}`);
}
