// SPDX-License-Identifier: Apache-2.0
import type { Checks } from '../checks.js';
import { recordedAt } from '../recordedTime.js';
import type { Recordings } from '../recordings.js';
import { envelopeOfSize, ordererReply, payloadBytesIn, plainSpaces } from '../replayedOrderer.js';

interface Recorded {
    readonly id: string;
    /** Of one that is very long only the length is recorded. */
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
            const envelope =
                base64 === undefined
                    ? envelopeOfSize(configuration.channelId, payloadBytesIn(info))
                    : Buffer.from(base64, 'base64');
            checks.equal(place, { status, info: plainSpaces(info) }, ordererReply(configuration, envelope, now));
        });
    }
    await Promise.resolve();
}
