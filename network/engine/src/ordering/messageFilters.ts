// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { certificateExpiry } from '../delivery/certificateExpiry.js';
import { Status } from '../wire/codes.js';
import { errorText } from '../wire/errorText.js';
import { Refusal } from './refusal.js';
import { signedDataRefusal, type SubmittedMessage } from './submittedMessage.js';

export interface FilterOptions {
    /** General.Authentication.NoExpirationChecks */
    readonly ignoreExpiry: boolean;
    readonly now: () => Date;
}

/**
 * Decides whether a channel takes a message: size, expiry of the sender's certificate, then the channel's policy for
 * writers, in the order and with the texts of orderer/common/msgprocessor. Throws Refusal.
 */
export function filterMessage(
    message: SubmittedMessage,
    configuration: ChannelConfiguration,
    { ignoreExpiry, now }: FilterOptions,
): void {
    const limit = configuration.orderer.batchSize.absoluteMaxBytes;
    if (message.sizeBytes > limit) {
        const sizes = `${String(message.sizeBytes)} bytes and exceeds maximum allowed ${String(limit)} bytes`;
        throw new Refusal(Status.BAD_REQUEST, `message payload is ${sizes}`);
    }
    const { signed } = message;
    if (signed === undefined) {
        throw signedDataRefusal();
    }
    const expiresAt = ignoreExpiry ? undefined : certificateExpiry(signed.identity);
    if (expiresAt !== undefined && now() > expiresAt) {
        throw new Refusal(Status.BAD_REQUEST, 'broadcast client identity expired');
    }
    const writers = configuration.policies.get('/Channel/Writers');
    if (writers === undefined) {
        throw new Refusal(Status.BAD_REQUEST, 'could not find policy /Channel/Writers');
    }
    try {
        writers.evaluate([signed]);
    } catch (error) {
        throw new Refusal(Status.FORBIDDEN, `${errorText(error)}: permission denied`);
    }
}
