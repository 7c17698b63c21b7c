// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { logger } from '../../process/logging.js';
import { chainsFolder, joinedChannelIds, snapshotCheck, whileOffline } from './chainsFolder.js';
import { dropStateAndHistory } from './dropDatabases.js';
import { findInChain, truncateChain } from './truncateChain.js';

const kvledger = logger('kvledger');
const blkstorage = logger('blkstorage');

/** Cuts one channel off behind a block that is not its last (core/ledger/kvledger/rollback.go). */
export function rollbackLedger(ledgersData: string, channelId: string, blockNumber: number): Promise<void> {
    return whileOffline(ledgersData, async () => {
        const channelIds = joinedChannelIds(ledgersData, snapshotCheck);
        blkstorage.info(
            `Validating the rollback parameters: ledgerID [${channelId}], block number [${String(blockNumber)}]`,
        );
        if (!channelIds.includes(channelId)) {
            throw new Error(`ledgerID [${channelId}] does not exist`);
        }
        const folder = join(chainsFolder(ledgersData), channelId);
        const blocksFolder = join(folder, 'blocks');
        const { height, location } = await findInChain(blocksFolder, blockNumber);
        if (location === undefined || blockNumber >= height - 1) {
            const [target, biggest] = [blockNumber, height - 1].map(String) as [string, string];
            throw new Error(
                `target block number [${target}] should be less than the biggest block number [${biggest}]`,
            );
        }
        kvledger.info('Dropping databases');
        await dropStateAndHistory(folder);
        kvledger.info('Rolling back ledger store');
        truncateChain(blocksFolder, height, location);
        const target = String(blockNumber);
        kvledger.info(`The channel [${channelId}] has been successfully rolled back to the block number [${target}]`);
    });
}
