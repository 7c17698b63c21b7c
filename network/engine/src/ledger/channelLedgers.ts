// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { logger } from '../process/logging.js';
import { ChannelLedger, type ChannelLedgerOptions } from './channelLedger.js';

const log = logger('ledgermgmt');

/** Opens the ledger of every channel under `root`, one directory each. A creation that did not finish is removed. */
export async function openChannelLedgers(
    root: string,
    options: Omit<ChannelLedgerOptions, 'dir' | 'channelId'>,
): Promise<ChannelLedger[]> {
    const ledgers: ChannelLedger[] = [];
    for (const channelId of existsSync(root) ? (await readdir(root)).sort() : []) {
        const dir = join(root, channelId);
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
