// SPDX-License-Identifier: Apache-2.0
import { decode, asBuffer } from '../src/wire/decode.js';
import { common } from '../src/wire/protobuf.js';
import type { Recordings } from './recordings.js';

/** Transactions with a wrong time, in the far future or past, were recorded too. */
const plausibleMs = 900_000;

/** A moment at which the services were recorded: that of the newest transaction of the chain. */
export function recordedAt(recordings: Recordings): Date {
    return new Date(Math.max(...blockTimesMs(recordings)));
}

/** When the newest transaction of each block was made, in milliseconds; never earlier than in the block before. */
export function blockTimesMs(recordings: Recordings): number[] {
    const times = recordings
        .blocks('blocks')
        .map(({ ordererBlock }) => (ordererBlock.data?.data ?? []).map(millisecondsOf));
    const sorted = times
        .flat()
        .filter((time) => time > 0)
        .sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    let newest = 0;
    return times.map((ofBlock) => {
        newest = Math.max(newest, ...ofBlock.filter((time) => Math.abs(time - median) < plausibleMs));
        return newest;
    });
}

/** The time in an envelope's channel header in milliseconds; 0 when there is none to read. */
export function millisecondsOf(envelope: Uint8Array): number {
    try {
        const { payload } = decode(common.Envelope, envelope, 'Envelope');
        const { header } = decode(common.Payload, asBuffer(payload), 'Payload');
        const channelHeader = decode(common.ChannelHeader, asBuffer(header?.channelHeader), 'ChannelHeader');
        const { seconds, nanos } = channelHeader.timestamp ?? {};
        return (seconds ?? 0) * 1_000 + Math.floor((nanos ?? 0) / 1_000_000);
    } catch {
        return 0;
    }
}
