// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { HeaderType, Status } from '../wire/codes.js';
import type { OrderedMessage } from './blockCutter.js';
import { filterMessage, type FilterOptions } from './messageFilters.js';
import { Refusal } from './refusal.js';
import type { SubmittedMessage } from './submittedMessage.js';

/** What messages are handed to; OrderedChannel is one. */
interface MessageTarget {
    readonly configuration: ChannelConfiguration;
    order(message: OrderedMessage): void;
    update(message: SubmittedMessage, options: FilterOptions): void;
}

/** Gives a message its place by its type (orderer/common/broadcast, ClassifyMsg). Throws Refusal. */
export function takeMessage(message: SubmittedMessage, channel: MessageTarget, options: FilterOptions): void {
    switch (message.type) {
        case HeaderType.CONFIG:
            throw new Refusal(Status.BAD_REQUEST, 'message is of type that cannot be processed directly');
        case HeaderType.ORDERER_TRANSACTION:
            throw new Refusal(Status.BAD_REQUEST, 'message is of type that is no longer supported');
        case HeaderType.CONFIG_UPDATE:
            channel.update(message, options);
            break;
        default:
            filterMessage(message, channel.configuration, options);
            channel.order(message);
    }
}
