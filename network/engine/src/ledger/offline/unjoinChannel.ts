// SPDX-License-Identifier: Apache-2.0
import { renameSync, rmSync } from 'node:fs';
import { logger } from '../../process/logging.js';
import { errorText } from '../../wire/errorText.js';
import { unjoinedFolder } from '../channelLedgers.js';
import { chainsFolder, statusFolder, whileOffline } from './chainsFolder.js';

const log = logger('kvledger');

/** Removes a channel's ledger, private data included (core/ledger/kvledger/unjoin_channel.go). */
export function unjoinChannel(ledgersData: string, channelId: string): Promise<void> {
    return whileOffline(ledgersData, () => {
        const unjoined = unjoinedFolder(chainsFolder(ledgersData));
        try {
            const folder = statusFolder(ledgersData, channelId);
            rmSync(unjoined, { recursive: true, force: true });
            // At once, so that a crash leaves a channel that is joined or one that is not.
            renameSync(folder, unjoined);
        } catch (cause) {
            throw new Error(`unjoin channel [${channelId}]: ${errorText(cause)}`, { cause });
        }
        rmSync(unjoined, { recursive: true });
        log.info('channel has been successfully unjoined', { ledgerID: channelId });
    });
}
