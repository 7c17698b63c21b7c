// SPDX-License-Identifier: Apache-2.0
import type { DialChaincode } from '../src/chaincode/dialChaincode.js';
import type { RecordedBlock } from '../src/ledger/testing/recordings.js';
import { blockTimesMs, recordedAt } from './recordedTime.js';
import type { Recordings } from './recordings.js';
import { replayedPeer, type ReplayedPeer } from './replayedPeer.js';

interface NetworkConditions {
    /** How the organisation's peer reaches chaincode; `endpoint.address` is the package id. */
    readonly dial: (organisation: string) => DialChaincode;
    readonly executeTimeoutMs: number;
    readonly startupTimeoutMs: number;
}

/** The recorded channel's peers, which take the recorded blocks as the replay goes on. */
export class ReplayedNetwork {
    readonly #blocks: readonly RecordedBlock[];
    readonly #timesMs: readonly number[];
    readonly #blockOfTransaction: ReadonlyMap<string, number>;
    #peers: readonly ReplayedPeer[] = [];
    #height = 1;
    /** What the peers' clocks show. */
    now: Date;

    private constructor(recordings: Recordings) {
        this.#blocks = recordings.blocks('blocks');
        this.#timesMs = blockTimesMs(recordings);
        this.#blockOfTransaction = new Map(
            this.#blocks.flatMap(({ number, txIds }) => txIds.map((txId) => [txId, number] as const)).reverse(),
        );
        this.now = recordedAt(recordings);
    }

    static async start(
        recordings: Recordings,
        { dial, ...limits }: NetworkConditions,
        organisations = recordings.members(),
    ): Promise<ReplayedNetwork> {
        const network = new ReplayedNetwork(recordings);
        network.#peers = await Promise.all(
            organisations.map((organisation) =>
                replayedPeer(recordings, organisation, {
                    ...limits,
                    dial: dial(organisation),
                    now: () => network.now,
                }),
            ),
        );
        return network;
    }

    get peers(): readonly ReplayedPeer[] {
        return this.#peers;
    }

    peer(organisation: string): ReplayedPeer {
        const found = this.#peers.find((peer) => peer.organisation === organisation);
        if (found === undefined) throw new Error(`no peer of ${organisation} was recorded`);
        return found;
    }

    /** Where a transaction first stands; undefined when it is not on the chain. */
    blockOf(txId: string): number | undefined {
        return this.#blockOfTransaction.get(txId);
    }

    /** Takes every block that was made before a moment; a moment that has passed changes nothing. */
    async advanceTo(timeMs: number): Promise<void> {
        const next = this.#timesMs.findIndex((blockTimeMs) => blockTimeMs >= timeMs);
        await this.advanceThrough((next === -1 ? this.#blocks.length : next) - 1);
    }

    /** Takes every block up to and with this one. */
    async advanceThrough(number: number): Promise<void> {
        while (this.#height <= number) {
            const block = this.#blocks[this.#height];
            if (block === undefined) return;
            for (const { follower } of this.#peers) await follower.take(block.ordererBlock);
            this.#height += 1;
        }
    }

    async stop(): Promise<void> {
        for (const peer of this.#peers) await peer.stop();
    }
}
