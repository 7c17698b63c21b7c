// SPDX-License-Identifier: Apache-2.0
import { decode, asBuffer } from '../src/wire/decode.js';
import { common } from '../src/wire/protobuf.js';
import type { Recordings } from './recordings.js';

/** A moment at which the services were recorded: that of the newest transaction of the chain. */
export function recordedAt(recordings: Recordings): Date {
    const times = recordings
        .blocks('blocks')
        .flatMap(({ ordererBlock }) => (ordererBlock.data?.data ?? []).map(secondsOf));
    // Transactions with a wrong time, in the far future or past, were recorded too.
    const sorted = times.filter((seconds) => seconds > 0).sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return new Date(Math.max(...sorted.filter((seconds) => Math.abs(seconds - median) < 900)) * 1_000);
}

/** The time in an envelope's channel header in seconds; 0 when there is none to read. */
export function secondsOf(envelope: Uint8Array): number {
    try {
        const { payload } = decode(common.Envelope, envelope, 'Envelope');
        const { header } = decode(common.Payload, asBuffer(payload), 'Payload');
        const channelHeader = decode(common.ChannelHeader, asBuffer(header?.channelHeader), 'ChannelHeader');
        return channelHeader.timestamp?.seconds ?? 0;
    } catch {
        return 0;
    }
}
