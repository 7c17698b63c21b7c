// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../src/channel/channelConfiguration.js';
import { admitUpdate } from '../src/ordering/configurationUpdate.js';
import { Refusal } from '../src/ordering/refusal.js';
import { parseSubmitted } from '../src/ordering/submittedMessage.js';
import { takeMessage } from '../src/ordering/takeMessage.js';
import { asBuffer, encode } from '../src/wire/decode.js';
import { newEnvelope, type Signer } from '../src/wire/envelope.js';
import { common } from '../src/wire/protobuf.js';
import { unrecordedSigner } from './unrecordedSignatures.js';

/** What the engine's orderer answers to an envelope, without ordering it. */
export function ordererReply(
    configuration: ChannelConfiguration,
    envelope: Buffer,
    now: () => Date,
): { status: number; info: string } {
    try {
        const message = parseSubmitted(common.Envelope.decode(envelope));
        if (message.channelId !== configuration.channelId) return { status: 400, info: 'channel does not exist' };
        takeMessage(message, channelWith(configuration), { ignoreExpiry: false, now });
        return { status: 200, info: '' };
    } catch (error) {
        if (error instanceof Refusal) return { status: error.status, info: error.message };
        throw error;
    }
}

/** Who signs for the orderer does not matter to refusals: no recorded update comes as far as that. */
const orderer: Signer = { mspId: '', serialized: Buffer.alloc(0), sign: () => Buffer.alloc(0) };

function channelWith(configuration: ChannelConfiguration): Parameters<typeof takeMessage>[1] {
    return {
        configuration,
        order: () => undefined,
        update: (message, options) => {
            admitUpdate(message, configuration, orderer, options);
        },
    };
}

/** Go prints a space or a no-break space after `proto:`, at random per build. */
export const plainSpaces = (text: string): string => text.replaceAll('\u00a0', ' ');

/** The size that a refusal names: of payload and signature together. */
export const payloadBytesIn = (info: string): number => Number(/message payload is (\d+) bytes/.exec(info)?.[1] ?? 0);

/** A present time is longer or shorter from one millisecond to the next: its nanoseconds are a varint of 0 to 5 bytes. */
const timeOfOneLength = new Date(0);

/** Stands for an envelope of which only the size was recorded: payload and signature together have `size` bytes. */
export function envelopeOfSize(channelId: string, size: number): Buffer {
    const make = (dataBytes: number): common.Envelope =>
        newEnvelope(unrecordedSigner('', Buffer.alloc(0)), {
            type: 3,
            channelId,
            data: Buffer.alloc(dataBytes),
            timestamp: timeOfOneLength,
        });
    // The length of the data is a varint of its own, whose size settles after two attempts.
    let envelope = make(size);
    for (let attempt = 0; attempt < 2; attempt++) {
        const { payload } = envelope;
        const dataBytes = asBuffer(common.Payload.decode(payload).data).length;
        envelope = make(dataBytes - (payload.length + envelope.signature.length - size));
    }
    return encode(common.Envelope, envelope);
}
