// SPDX-License-Identifier: Apache-2.0
import { setTimeout as pause } from 'node:timers/promises';
import { decode } from '../../../../wire/decode.js';
import { common } from '../../../../wire/protobuf.js';
import type { MemberNode } from './memberNode.js';
import { channelId } from './testNetwork.js';

/** Number of blocks that a peer has committed. */
export async function heightOf(node: MemberNode, channel = channelId): Promise<number> {
    const bytes = await node.propose(channel, 'qscc', [Buffer.from('GetChainInfo'), Buffer.from(channel)]);
    return decode(common.BlockchainInfo, bytes, 'BlockchainInfo').height;
}

/** Resolves once all peers have committed the same number of blocks. */
export async function untilSameHeight(nodes: readonly MemberNode[], channel = channelId): Promise<void> {
    await eventually(async () => {
        const heights = await Promise.all(nodes.map((node) => heightOf(node, channel)));
        return new Set(heights).size === 1;
    });
}

/** Resolves once the condition holds, within 20 s; it may throw until then. */
export async function eventually(condition: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 20_000;
    for (;;) {
        const [outcome] = await Promise.allSettled([condition()]);
        if (outcome.status === 'fulfilled' && outcome.value) return;
        if (Date.now() > deadline) throw new Error('it did not come true in time', { cause: outcome });
        await pause(20);
    }
}
