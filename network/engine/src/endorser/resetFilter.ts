// SPDX-License-Identifier: Apache-2.0
import type { PeerChannels } from '../lifecycle/peerChannels.js';
import { ProposalError } from './proposalError.js';

/**
 * Throws while a channel of the peer lacks blocks that it had before a reset: nobody must take the older state for the
 * present one (internal/peer/node/start.go, reset).
 */
export function refuseWhileRebuilding(channels: PeerChannels): void {
    if (channels.ids().some((id) => channels.get(id)?.ledger.preResetHeight !== undefined)) {
        throw new ProposalError('filter', 'endorse requests are blocked while ledgers are being rebuilt');
    }
}
