// SPDX-License-Identifier: Apache-2.0
import type { ChaincodeCatalog } from '../endorser/chaincodeCatalog.js';
import type { NetworkPeers } from '../gatewayService/networkPeers.js';
import type { PeerEndorser } from '../gatewayService/peerEndorser.js';
import { definedChaincodes, definitionOf } from '../lifecycle/chaincodeDefinitions.js';
import type { ChaincodeDefinition } from '../lifecycle/chaincodeRecords.js';
import { isApproved, isApprovedPackage } from '../lifecycle/installedChaincode.js';
import type { PeerChannel } from '../lifecycle/peerChannels.js';
import type { Signer } from '../wire/envelope.js';
import { introduce } from './introduction.js';
import type { KnownPeer } from './knownPeer.js';

interface ChannelPeersOptions {
    readonly peers: NetworkPeers;
    readonly catalog: ChaincodeCatalog;
    readonly signer: Signer;
    /** peer.gossip.externalEndpoint of this peer. */
    readonly endpoint: string;
    /** Asks another peer who it is; tests answer themselves. */
    readonly introduce?: typeof introduce;
}

interface Introduction {
    readonly askedAt: number;
    readonly answer: ReturnType<typeof introduce>;
}

type Running = ReadonlyMap<string, ChaincodeDefinition>;

/** Questions of many clients are answered with one question to the other peer. */
const introductionLifeMs = 1_000;
/** core/chaincode/lifecycle cache.go: peers list it so that clients can ask who endorses definitions. */
const lifecycle = { name: '_lifecycle', version: '1' };

/**
 * The peers of a channel that are there: this one and the anchor peers that answer. The engine has no gossip: it asks
 * each for the height of its chain, and the endorsement of the answer proves who it is.
 */
export class ChannelPeers {
    readonly #options: ChannelPeersOptions;
    readonly #introductions = new Map<string, Introduction>();

    constructor(options: ChannelPeersOptions) {
        this.#options = options;
    }

    /** This peer, for questions that concern no channel. */
    self(): KnownPeer {
        const { signer, endpoint } = this.#options;
        return { mspId: signer.mspId, endpoint, identity: signer.serialized, height: 0, chaincodes: [], signer };
    }

    /** All peers of the channel, this one first. */
    async of(channel: PeerChannel): Promise<KnownPeer[]> {
        const members = this.#options.peers.membersOf(channel.configuration());
        const others = await Promise.all(
            members.filter(({ local }) => !local).map((member) => this.#known(channel, member)),
        );
        const chaincodes = await this.#runningHere(channel);
        const self = { ...this.self(), height: channel.ledger.height, chaincodes };
        return [self, ...others.filter((peer) => peer !== undefined)];
    }

    async #known(channel: PeerChannel, member: PeerEndorser): Promise<KnownPeer | undefined> {
        const introduced = await this.#introduction(channel, member);
        if (introduced === undefined) return undefined;
        const { mspId, address } = member;
        const running = await withDefinitions(channel, (reader, name, definition) => {
            const approval = { name, sequence: definition.sequence };
            return isApproved(reader, mspId, name, definition) && !isApprovedPackage(reader, mspId, approval, '');
        });
        return { ...introduced, mspId, endpoint: address, chaincodes: listed(running) };
    }

    async #runningHere(channel: PeerChannel): Promise<KnownPeer['chaincodes']> {
        return listed(await withDefinitions(channel, (_reader, name) => this.#runs(channel, name)));
    }

    #runs(channel: PeerChannel, name: string): boolean {
        try {
            this.#options.catalog.find(channel.ledger.channelId, name);
            return true;
        } catch {
            return false;
        }
    }

    #introduction(channel: PeerChannel, member: PeerEndorser): Introduction['answer'] {
        const key = [channel.ledger.channelId, member.mspId, member.address].join(' ');
        const known = this.#introductions.get(key);
        const askedAt = performance.now();
        if (known !== undefined && askedAt - known.askedAt < introductionLifeMs) return known.answer;
        const { introduce: ask = introduce, signer } = this.#options;
        const answer = ask(channel, member, signer);
        this.#introductions.set(key, { askedAt, answer });
        return answer;
    }
}

async function withDefinitions(
    { ledger }: PeerChannel,
    runs: (reader: ReturnType<typeof ledger.newReader>, name: string, definition: ChaincodeDefinition) => boolean,
): Promise<Running> {
    const reader = ledger.newReader();
    try {
        const running = new Map<string, ChaincodeDefinition>();
        for (const name of await definedChaincodes(reader)) {
            const definition = definitionOf(reader, name);
            if (definition !== undefined && runs(reader, name, definition)) running.set(name, definition);
        }
        return running;
    } finally {
        reader.release();
    }
}

function listed(running: Running): KnownPeer['chaincodes'] {
    return [...[...running].map(([name, { version }]) => ({ name, version })), lifecycle];
}
