// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { logger } from '../../../process/logging.js';
import { whileOffline } from '../../../ledger/offline/chainsFolder.js';
import { pauseChannel, resumeChannel } from '../../../ledger/offline/pauseChannel.js';
import { rebuildDatabases } from '../../../ledger/offline/rebuildDatabases.js';
import { resetLedgers } from '../../../ledger/offline/resetLedgers.js';
import { rollbackLedger } from '../../../ledger/offline/rollbackLedger.js';
import { unjoinChannel } from '../../../ledger/offline/unjoinChannel.js';
import { diskAdvice } from '../../../process/diskAdvice.js';
import { errorText } from '../../../wire/errorText.js';
import type { Invocation } from '../commandLine.js';
import { UsageError } from '../failure.js';
import { loadPeerEnvironment } from '../peerEnvironment.js';

/** What a verb does to the ledgers of a peer that does not run. */
type LedgerWork = (ledgersData: string, invocation: Invocation) => Promise<void>;

const works = {
    pause: (ledgersData, invocation) => pauseChannel(ledgersData, requiredChannel(invocation)),
    'rebuild-dbs': rebuildDatabases,
    reset: resetLedgers,
    resume: (ledgersData, invocation) => resumeChannel(ledgersData, requiredChannel(invocation)),
    rollback: (ledgersData, invocation) =>
        rollbackLedger(ledgersData, requiredChannel(invocation), invocation.integer('blockNumber')),
    unjoin: (ledgersData, invocation) => unjoinChannel(ledgersData, requiredChannel(invocation)),
    'upgrade-dbs': refuseUpgrade,
} as const satisfies Record<string, LedgerWork>;

export type LedgerVerb = keyof typeof works;

/** Runs a verb on the folder that core.yaml names. Every failure shows the usage, as Fabric's does. */
export async function runOnLedgers(verb: LedgerVerb, invocation: Invocation): Promise<void> {
    const { settings } = loadPeerEnvironment(invocation.env);
    const directory = settings.path('peer.fileSystemPath') || '/var/hyperledger/production';
    try {
        await works[verb](join(directory, 'ledgersData'), invocation);
    } catch (cause) {
        throw new UsageError(`${errorText(cause)}${diskAdvice(cause)}`, { cause });
    }
}

function requiredChannel(invocation: Invocation): string {
    const channelId = invocation.text('channelID');
    if (channelId === '') throw new Error('Must supply channel ID');
    return channelId;
}

/** The engine's ledgers have had one format only (core/ledger/kvledger/upgrade_dbs.go has this text for the newest). */
function refuseUpgrade(ledgersData: string): Promise<void> {
    return whileOffline(ledgersData, () => {
        logger('kvledger').info(`Ledger data folder from config = [${ledgersData}]`);
        throw new Error('the data format is already up to date. No upgrade is required');
    });
}
