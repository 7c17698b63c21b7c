// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../../src/channel/channelConfiguration.js';
import { admitUpdate } from '../../src/ordering/configurationUpdate.js';
import { Refusal } from '../../src/ordering/refusal.js';
import { parseSubmitted } from '../../src/ordering/submittedMessage.js';
import { takeMessage } from '../../src/ordering/takeMessage.js';
import type { Signer } from '../../src/wire/envelope.js';
import { common } from '../../src/wire/protobuf.js';
import type { Checks } from '../checks.js';
import { recordedAt } from '../recordedTime.js';
import type { Recordings } from '../recordings.js';

interface Recorded {
    readonly id: string;
    readonly envelopes: readonly { readonly base64?: string }[];
    readonly replies: readonly { readonly status: number; readonly info: string }[];
}

/** Every recorded envelope through the orderer's checks. */
export async function replayBroadcast(recordings: Recordings, checks: Checks): Promise<void> {
    const file = 'services/broadcast.jsonl';
    const configuration = recordings.configurationAt(recordings.blocks('blocks').length);
    const now = (): Date => recordedAt(recordings);
    for (const { line, value } of recordings.lines<Recorded>(file)) {
        value.replies.forEach(({ status, info }, index) => {
            const place = { file, line, label: value.id };
            const base64 = value.envelopes[index]?.base64;
            if (base64 === undefined) checks.notReplayed(place);
            else checks.equal(place, { status, info: plainSpaces(info) }, reply(configuration, base64, now));
        });
    }
    await Promise.resolve();
}

function reply(configuration: ChannelConfiguration, base64: string, now: () => Date): { status: number; info: string } {
    try {
        const message = parseSubmitted(common.Envelope.decode(Buffer.from(base64, 'base64')));
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
const plainSpaces = (text: string): string => text.replaceAll('\u00a0', ' ');
