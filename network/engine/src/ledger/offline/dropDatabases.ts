// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { logger } from '../../process/logging.js';
import { ChannelState } from '../state/channelState.js';

const kvledger = logger('kvledger');
const blkstorage = logger('blkstorage');

/**
 * Removes state and history of a channel; its private data stays (core/ledger/kvledger/drop_dbs.go). Resolves to the number
 * of blocks that they contained.
 */
export function dropStateAndHistory(channelFolder: string): Promise<number> {
    const state = join(channelFolder, 'state');
    kvledger.info(`Dropping state and history at location [${state}] ...if present`);
    return ChannelState.dropDerived(state);
}

/** Removes a channel's block index. */
export function dropBlockIndex(channelFolder: string): void {
    const index = join(channelFolder, 'blocks', 'index');
    blkstorage.info(`Dropping all contents under the index dir [${index}]... if present`);
    rmSync(index, { recursive: true, force: true });
}
