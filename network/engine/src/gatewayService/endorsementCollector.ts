// SPDX-License-Identifier: Apache-2.0
import { asBuffer } from '../wire/decode.js';
import type { protos } from '../wire/protobuf.js';
import type { Combination } from './combinations.js';
import type { FailedNode } from './gatewayError.js';
import type { PeerEndorser } from './peerEndorser.js';

type Endorsed = protos.ProposalResponse.$Properties;

/**
 * Gathers endorsements of one proposal, organisation by organisation. A peer that fails, or whose payload differs from
 * the first one's, is replaced by the next of its organisation.
 */
export class EndorsementCollector {
    readonly failed: FailedNode[] = [];
    readonly #signed: protos.SignedProposal.$Properties;
    readonly #untried: Map<string, PeerEndorser[]>;
    readonly #collected = new Map<string, Endorsed[]>();
    readonly #filling = new Map<string, Promise<boolean>>();
    #reference: Promise<Buffer | undefined> | undefined;

    constructor(signed: protos.SignedProposal.$Properties, peers: readonly PeerEndorser[]) {
        this.#signed = signed;
        this.#untried = Map.groupBy(peers, ({ mspId }) => mspId);
    }

    /** The first endorsement, from the first peer of the organisation that gives one; undefined if none does. */
    first(mspId: string): Promise<Endorsed | undefined> {
        const first = this.#next(mspId, undefined);
        this.#reference = first.then((endorsed) => endorsed && asBuffer(endorsed.payload));
        // Whoever completes a combination meanwhile waits for this organisation instead of asking it twice.
        this.#filling.set(
            mspId,
            first.then((endorsed) => endorsed !== undefined),
        );
        return first;
    }

    /** Asks for what the combination still lacks, all organisations at once; false if it cannot be completed. */
    async complete(combination: Combination): Promise<boolean> {
        const complete = await Promise.all([...combination].map(([mspId, count]) => this.#fill(mspId, count)));
        return complete.every((done) => done);
    }

    /** Whether nothing is lacking. */
    covers(combination: Combination): boolean {
        return [...combination].every(([mspId, count]) => (this.#collected.get(mspId) ?? []).length >= count);
    }

    /** The endorsements of a completed combination. */
    endorsementsOf(combination: Combination): Endorsed[] {
        return [...combination].flatMap(([mspId, count]) => (this.#collected.get(mspId) ?? []).slice(0, count));
    }

    /** One organisation is filled by one caller at a time; the next continues where it stopped. */
    async #fill(mspId: string, count: number): Promise<boolean> {
        await this.#filling.get(mspId);
        const filling = this.#fillAlone(mspId, count);
        this.#filling.set(mspId, filling);
        return filling;
    }

    async #fillAlone(mspId: string, count: number): Promise<boolean> {
        while ((this.#collected.get(mspId) ?? []).length < count) {
            if ((await this.#next(mspId, this.#reference)) === undefined) return false;
        }
        return true;
    }

    /** One more endorsement of the organisation; undefined when it has no further peer that gives one. */
    async #next(mspId: string, reference: Promise<Buffer | undefined> | undefined): Promise<Endorsed | undefined> {
        for (let peer = this.#take(mspId); peer !== undefined; peer = this.#take(mspId)) {
            const answer = await peer.process(this.#signed);
            const expected = await reference;
            const differs = answer.ok && expected !== undefined && !expected.equals(asBuffer(answer.response.payload));
            if (answer.ok && !differs) {
                this.#reference ??= Promise.resolve(asBuffer(answer.response.payload));
                this.#collected.set(mspId, [...(this.#collected.get(mspId) ?? []), answer.response]);
                return answer.response;
            }
            const message = answer.ok ? 'ProposalResponsePayloads do not match' : answer.message;
            this.failed.push({ address: peer.address, mspId, message });
        }
        return undefined;
    }

    #take(mspId: string): PeerEndorser | undefined {
        return this.#untried.get(mspId)?.shift();
    }
}
