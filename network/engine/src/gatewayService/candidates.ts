// SPDX-License-Identifier: Apache-2.0
import type { ChaincodeCatalog } from '../endorser/chaincodeCatalog.js';
import { isSystemChaincode } from '../endorser/systemChaincodeNames.js';
import type { PeerChannel } from '../lifecycle/peerChannels.js';
import type { NetworkPeers } from './networkPeers.js';
import type { PeerEndorser } from './peerEndorser.js';

/** Which peers of a channel may be asked to run a chaincode. */
export class Candidates {
    readonly #peers: Pick<NetworkPeers, 'membersOf'>;
    readonly #catalog: ChaincodeCatalog;

    constructor(peers: Pick<NetworkPeers, 'membersOf'>, catalog: ChaincodeCatalog) {
        this.#peers = peers;
        this.#catalog = catalog;
    }

    /**
     * Peers that run the chaincode, the local one first, those that could not be reached lately last. Of itself the peer
     * knows whether it runs it; of the others it assumes so when the chaincode is defined, and asks the next if not.
     */
    of(channel: PeerChannel, chaincode: string): readonly PeerEndorser[] {
        const members = this.#peers.membersOf(channel.configuration());
        if (isSystemChaincode(chaincode)) return members;
        const { channelId } = channel.ledger;
        if (this.#catalog.definitionOf(channelId, chaincode) === undefined) return [];
        const running = members.filter(({ local }) => !local || this.#runsHere(channelId, chaincode));
        return [...running.filter(({ suspect }) => !suspect), ...running.filter(({ suspect }) => suspect)];
    }

    #runsHere(channelId: string, chaincode: string): boolean {
        try {
            this.#catalog.find(channelId, chaincode);
            return true;
        } catch {
            return false;
        }
    }
}
