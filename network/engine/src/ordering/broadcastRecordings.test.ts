// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import type { Signer } from '../wire/envelope.js';
import { common } from '../wire/protobuf.js';
import { admitUpdate } from './configurationUpdate.js';
import { Refusal } from './refusal.js';
import { parseSubmitted } from './submittedMessage.js';
import { takeMessage } from './takeMessage.js';

const recordings = join(__dirname, '../../fixtures/fabric-3.1.5');

interface Recording {
    readonly id: string;
    readonly envelopes: readonly { readonly base64?: string }[];
    readonly replies: readonly { readonly status: number; readonly info: string }[];
}

const cases = readFileSync(join(recordings, 'services/broadcast.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Recording);

/** The configuration that was in force when the replies were recorded: the newest config block of the chain. */
function configurationInForce(): ChannelConfiguration {
    const index = JSON.parse(readFileSync(join(recordings, 'blocks/index.json'), 'utf8')) as {
        blocks: { number: number; lastConfig: number }[];
    };
    const last = Math.max(...index.blocks.map((block) => block.lastConfig));
    const bytes = readFileSync(join(recordings, `blocks/${String(last).padStart(4, '0')}.pb`));
    return ChannelConfiguration.fromConfigBlock(common.Block.decode(bytes));
}

/** The certificates of the recording are valid at this moment, save the one that had expired. */
const recordedAt = new Date('2026-11-21T10:05:00Z');

/** Who signs for the orderer does not matter to refusals: no recorded update comes as far as that. */
const orderer: Signer = { mspId: '', serialized: Buffer.alloc(0), sign: () => Buffer.alloc(0) };

function replayChannel(configuration: ChannelConfiguration): Parameters<typeof takeMessage>[1] {
    return {
        configuration,
        order: () => undefined,
        update: (message, options) => {
            admitUpdate(message, configuration, orderer, options);
        },
    };
}

function reply(configuration: ChannelConfiguration, base64: string): { status: number; info: string } {
    try {
        const message = parseSubmitted(common.Envelope.decode(Buffer.from(base64, 'base64')));
        if (message.channelId !== configuration.channelId) {
            return { status: 400, info: 'channel does not exist' };
        }
        takeMessage(message, replayChannel(configuration), { ignoreExpiry: false, now: () => recordedAt });
        return { status: 200, info: '' };
    } catch (error) {
        if (error instanceof Refusal) {
            return { status: error.status, info: error.message };
        }
        throw error;
    }
}

/** Go prints a space or a no-break space after `proto:`, at random per build. */
const withoutNoBreakSpaces = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('Broadcast answers as the recorded orderer did', () => {
    const configuration = configurationInForce();
    const replayed = cases.filter(
        ({ id, envelopes }) => id !== 'no-leader' && envelopes.every(({ base64 }) => base64 !== undefined),
    );

    it('over nearly every recorded case', () => {
        expect(replayed).toHaveLength(28);
    });

    it.each(replayed.map((recording) => [recording.id, recording] as const))('%s', (_, recording) => {
        for (const [index, expected] of recording.replies.entries()) {
            const actual = reply(configuration, recording.envelopes[index]?.base64 ?? '');
            expect(actual).toEqual({ status: expected.status, info: withoutNoBreakSpaces(expected.info) });
        }
    });
});
