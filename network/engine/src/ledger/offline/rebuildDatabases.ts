// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { chainsFolder, joinedChannelIds, snapshotCheck, whileOffline } from './chainsFolder.js';
import { dropBlockIndex, dropStateAndHistory } from './dropDatabases.js';

/**
 * Removes state, history and block index of every channel; the next start builds them from the blocks
 * (core/ledger/kvledger/rebuild_dbs.go).
 */
export function rebuildDatabases(ledgersData: string): Promise<void> {
    return whileOffline(ledgersData, async () => {
        for (const channelId of joinedChannelIds(ledgersData, snapshotCheck)) {
            const folder = join(chainsFolder(ledgersData), channelId);
            await dropStateAndHistory(folder);
            dropBlockIndex(folder);
        }
    });
}
