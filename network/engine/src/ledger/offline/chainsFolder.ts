// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { logger } from '../../process/logging.js';
import { lockLedgers } from '../ledgerLock.js';

const log = logger('kvledger');

/** Folder of the channels' ledgers, one each, below a peer's `ledgersData`. */
export function chainsFolder(ledgersData: string): string {
    return join(ledgersData, 'chains');
}

/** What precedes the error of {@link joinedChannelIds} in most of Fabric's commands. */
export const snapshotCheck = 'error while checking if any ledger has been bootstrapped from snapshot: ';

/** Ids of the channels that the peer has joined. Throws with Go's text, behind `context`, when it never joined any. */
export function joinedChannelIds(ledgersData: string, context = ''): string[] {
    const folder = chainsFolder(ledgersData);
    if (!existsSync(folder)) {
        throw new Error(`${context}error reading dir ${folder}: open ${folder}: no such file or directory`);
    }
    return readdirSync(folder).sort();
}

/** Folder of one channel. Throws when the peer did not join it. */
export function statusFolder(ledgersData: string, channelId: string): string {
    const known = existsSync(chainsFolder(ledgersData)) ? readdirSync(chainsFolder(ledgersData)) : [];
    if (!known.includes(channelId)) {
        log.error(`LedgerID [${channelId}] does not exist`);
        throw new Error(`cannot update ledger status, ledger [${channelId}] does not exist`);
    }
    return join(chainsFolder(ledgersData), channelId);
}

/** Runs `work` while no peer and no other command uses the ledgers. */
export async function whileOffline<T>(ledgersData: string, work: () => Promise<T> | T): Promise<T> {
    const unlock = await lockLedgers(ledgersData);
    try {
        return await work();
    } finally {
        await unlock();
    }
}
