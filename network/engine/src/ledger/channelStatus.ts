// SPDX-License-Identifier: Apache-2.0
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../process/durableFile.js';

/** Names of Fabric's ledger states (core/ledger/kvledger/msgs). */
export type ChannelStatus = 'ACTIVE' | 'INACTIVE';

/** INACTIVE once the channel was paused. */
export function channelStatus(channelDirectory: string): ChannelStatus {
    return existsSync(markerOf(channelDirectory)) ? 'INACTIVE' : 'ACTIVE';
}

export function setChannelStatus(channelDirectory: string, status: ChannelStatus): void {
    if (status === 'INACTIVE') writeDurably(markerOf(channelDirectory), '');
    else rmSync(markerOf(channelDirectory), { force: true });
}

function markerOf(channelDirectory: string): string {
    return join(channelDirectory, 'paused');
}
