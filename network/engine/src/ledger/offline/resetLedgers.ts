// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { logger } from '../../process/logging.js';
import { chainsFolder, joinedChannelIds, whileOffline } from './chainsFolder.js';
import { dropStateAndHistory } from './dropDatabases.js';
import { findInChain, truncateChain } from './truncateChain.js';

const kvledger = logger('kvledger');
const blkstorage = logger('blkstorage');

/**
 * Cuts every channel off behind its genesis block; the peer then gets the blocks from the ordering service again
 * (core/ledger/kvledger/reset.go). A chain that is damaged behind its genesis block is whole afterwards.
 */
export function resetLedgers(ledgersData: string): Promise<void> {
    return whileOffline(ledgersData, async () => {
        const channelIds = joinedChannelIds(ledgersData);
        kvledger.info('Resetting all channel ledgers to genesis block');
        kvledger.info(`Ledger data folder from config = [${ledgersData}]`);
        for (const channelId of channelIds) {
            const folder = join(chainsFolder(ledgersData), channelId);
            const stateHeight = await dropStateAndHistory(folder);
            await resetToGenesisBlock(join(folder, 'blocks'), channelId, stateHeight);
        }
        kvledger.info('All channel ledgers have been successfully reset to the genesis block');
    });
}

/** `stateHeight`: how far the chain had come, should it be damaged too early to tell. */
async function resetToGenesisBlock(blocksFolder: string, channelId: string, stateHeight: number): Promise<void> {
    blkstorage.info(`Resetting ledger [${blocksFolder}] to genesis block`);
    const { height, location } = await findInChain(blocksFolder, 0);
    if (location === undefined) {
        throw new Error(
            `channel [${channelId}] has no genesis block that can be read: remove it with 'peer node unjoin', then join again`,
        );
    }
    truncateChain(blocksFolder, Math.max(height, stateHeight), location);
}
