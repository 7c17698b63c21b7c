// SPDX-License-Identifier: Apache-2.0
import { logger } from '../../process/logging.js';
import { channelStatus, setChannelStatus, type ChannelStatus } from '../channelStatus.js';
import { statusFolder, whileOffline } from './chainsFolder.js';

const log = logger('kvledger');

/** From its next start the peer does not open the channel (core/ledger/kvledger/pause_resume.go). */
export async function pauseChannel(ledgersData: string, channelId: string): Promise<void> {
    await setStatus(ledgersData, channelId, 'INACTIVE');
    log.info(`The channel [${channelId}] has been successfully paused`);
}

/** Undoes {@link pauseChannel}. */
export async function resumeChannel(ledgersData: string, channelId: string): Promise<void> {
    await setStatus(ledgersData, channelId, 'ACTIVE');
    log.info(`The channel [${channelId}] has been successfully resumed`);
}

function setStatus(ledgersData: string, channelId: string, status: ChannelStatus): Promise<void> {
    return whileOffline(ledgersData, () => {
        const folder = statusFolder(ledgersData, channelId);
        if (channelStatus(folder) === status) {
            log.info(`Ledger [${channelId}] is already in [${status}] status, nothing to do`);
            return;
        }
        log.info(`Updating ledger [${channelId}] status to [${status}]`);
        setChannelStatus(folder, status);
    });
}
