// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../channel/channelConfiguration.js';
import type { ChannelLedger } from '../ledger/channelLedger.js';
import type { common } from '../wire/protobuf.js';

/** A channel that the peer has joined. */
export interface PeerChannel {
    readonly ledger: ChannelLedger;
    /** The configuration in force at the current height. */
    configuration(): ChannelConfiguration;
}

/** The channels of a peer. The process that assembles the peer provides them. */
export interface PeerChannels {
    get(channelId: string): PeerChannel | undefined;
    /** Ids of all joined channels. */
    ids(): readonly string[];
    /** Creates the channel's ledger from its genesis block and starts following it. */
    join(genesisBlock: common.Block): Promise<void>;
}
