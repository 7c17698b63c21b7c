// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { logger } from '../process/logging.js';
import { channelStatus } from './channelStatus.js';
import { ChannelLedger, type ChannelLedgerOptions } from './channelLedger.js';

const log = logger('ledgermgmt');

/** Where a channel's ledger is while it is being removed: beside the folder of all of them. */
export function unjoinedFolder(root: string): string {
    return join(dirname(root), 'unjoined');
}

/**
 * Opens the ledger of every channel under `root`, one directory each, but for paused ones. A creation or a removal that
 * did not finish is removed.
 */
export async function openChannelLedgers(
    root: string,
    options: Omit<ChannelLedgerOptions, 'dir' | 'channelId'>,
): Promise<ChannelLedger[]> {
    const ledgers: ChannelLedger[] = [];
    await rm(unjoinedFolder(root), { recursive: true, force: true });
    for (const channelId of existsSync(root) ? (await readdir(root)).sort() : []) {
        const dir = join(root, channelId);
        if (channelStatus(dir) === 'INACTIVE') {
            log.info(`Channel [${channelId}] is paused: its ledger is not opened`);
            continue;
        }
        const ledger = await ChannelLedger.open({ ...options, dir, channelId });
        if (ledger.height > 0) {
            ledgers.push(ledger);
        } else {
            log.warning(`Removing the ledger of channel [${channelId}], whose creation did not finish`);
            await ledger.close();
            await rm(dir, { recursive: true });
        }
    }
    return ledgers;
}
