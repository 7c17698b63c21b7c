// SPDX-License-Identifier: Apache-2.0
import { parseDeliverResponse } from '@power-currency/engine/delivery/deliverResponse.js';
import { HeaderType } from '@power-currency/engine/wire/codes.js';
import { decode, encode } from '@power-currency/engine/wire/decode.js';
import { newEnvelope } from '@power-currency/engine/wire/envelope.js';
import { common } from '@power-currency/engine/wire/protobuf.js';
import { seekInfo } from '@power-currency/engine/wire/seek.js';
import type { RunReport } from './fuzzRun';
import { channelId, type Nodes } from './nodes';

/** How many transactions the channel's chain holds. */
export async function orderedCount({ signers, toOrderer }: Nodes): Promise<number> {
    const stream = toOrderer.duplex('/orderer.AtomicBroadcast/Deliver');
    const data = seekInfo({ start: 'oldest', stop: 'newest' });
    const envelope = newEnvelope(signers.user, { type: HeaderType.DELIVER_SEEK_INFO, channelId, data });
    await stream.send(encode(common.Envelope, envelope));
    let count = 0;
    for await (const answer of stream) {
        const response = parseDeliverResponse(answer);
        if ('status' in response) break;
        count += decode(common.Block, response.blockBytes, 'Block').data?.data?.length ?? 0;
    }
    stream.cancel();
    return count;
}

/** How many transactions the run was told were taken: whatever was refused must not be on the chain. */
export function acceptedCount({ answers }: RunReport): number {
    const of = (service: string, answer: string): number => answers.get(service)?.get(answer) ?? 0;
    return of('gateway.Submit', 'OK') + of('broadcast', 'SUCCESS') + of('broadcast.other', 'SUCCESS');
}
