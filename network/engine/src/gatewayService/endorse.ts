// SPDX-License-Identifier: Apache-2.0
import type { ChaincodeCatalog } from '../endorser/chaincodeCatalog.js';
import type { PeerChannel, PeerChannels } from '../lifecycle/peerChannels.js';
import { GrpcCode } from '../process/grpcStatus.js';
import { assembleTransactionPayload } from '../wire/envelope.js';
import { errorText } from '../wire/errorText.js';
import type { gateway, protos } from '../wire/protobuf.js';
import type { Candidates } from './candidates.js';
import type { Combination } from './combinations.js';
import { EndorsementCollector } from './endorsementCollector.js';
import { planEndorsement, type PlanningChannel } from './endorsementPlan.js';
import { gatewayError } from './gatewayError.js';
import type { PeerEndorser } from './peerEndorser.js';
import { readProposedTransaction, type ProposedTransaction } from './proposedTransaction.js';

interface EndorseDependencies {
    readonly channels: PeerChannels;
    readonly candidates: Candidates;
    readonly catalog: ChaincodeCatalog;
    /** Organisation of the gateway's peer. */
    readonly mspId: string;
}

const underivable = 'no combination of peers can be derived which satisfy the endorsement policy';

/** Collects the endorsements that a proposal needs (internal/pkg/gateway/endorse.go); the client signs the result. */
export async function endorse(
    request: gateway.EndorseRequest,
    dependencies: EndorseDependencies,
    signal: AbortSignal,
): Promise<gateway.EndorseResponse.$Properties> {
    const proposed = readProposedTransaction(
        request.proposedTransaction,
        'the proposed transaction must contain a signed proposal',
    );
    const { channelId, chaincode } = proposed;
    const channel = dependencies.channels.get(channelId);
    const requested = request.endorsingOrganizations;
    if (channel === undefined) {
        throw requested.length > 0
            ? noPeersOf(requested)
            : gatewayError(
                  GrpcCode.FAILED_PRECONDITION,
                  `${underivable}: No metadata was found for chaincode ${chaincode} in channel ${channelId}`,
              );
    }
    const peers = dependencies.candidates.of(channel, chaincode);
    const endorsements =
        requested.length > 0
            ? await fromOrganisations(proposed, peers, requested)
            : await new PolicyEndorsement(
                  proposed,
                  planning(channel, dependencies),
                  peers,
                  dependencies.mspId,
                  signal,
              ).collect();
    return { preparedTransaction: { payload: assemble(proposed, endorsements) } };
}

function planning(channel: PeerChannel, { catalog }: EndorseDependencies): PlanningChannel {
    return { channel, definitionOf: (channelId, name) => catalog.definitionOf(channelId, name) };
}

/** The client knows whom to ask: one endorsement of each, whatever the policy says. */
async function fromOrganisations(
    { signed }: ProposedTransaction,
    peers: readonly PeerEndorser[],
    requested: readonly string[],
): Promise<protos.ProposalResponse.$Properties[]> {
    const missing = requested.filter((mspId) => !peers.some((peer) => peer.mspId === mspId));
    if (missing.length > 0) throw noPeersOf(missing);
    const combination: Combination = new Map(requested.map((mspId) => [mspId, 1]));
    const collector = new EndorsementCollector(signed, peers);
    if (!(await collector.complete(combination))) throw notEnough(collector);
    return collector.endorsementsOf(combination);
}

/** Endorsements as the policies ask for them. */
class PolicyEndorsement {
    readonly #proposed: ProposedTransaction;
    readonly #channel: PlanningChannel;
    readonly #peers: readonly PeerEndorser[];
    readonly #signal: AbortSignal;
    readonly #collector: EndorsementCollector;
    readonly #ownMspId: string;

    constructor(
        proposed: ProposedTransaction,
        channel: PlanningChannel,
        peers: readonly PeerEndorser[],
        ownMspId: string,
        signal: AbortSignal,
    ) {
        this.#proposed = proposed;
        this.#channel = channel;
        this.#peers = peers;
        this.#signal = signal;
        this.#ownMspId = ownMspId;
        this.#collector = new EndorsementCollector(proposed.signed, peers);
    }

    async collect(): Promise<protos.ProposalResponse.$Properties[]> {
        const mspId = this.#firstOrganisation();
        const pending = this.#collector.first(mspId);
        const early = this.#askEarly(mspId);
        const first = await pending;
        this.#assertInTime('first endorsement');
        if (first === undefined) {
            throw gatewayError(
                GrpcCode.ABORTED,
                'failed to endorse transaction, see attached details for more info',
                this.#collector.failed,
            );
        }
        await early;
        for (const combination of this.#plan(this.#interestOf(first), mspId)) {
            const complete = await this.#collector.complete(combination);
            this.#assertInTime('endorsements');
            if (complete) return this.#collector.endorsementsOf(combination);
        }
        throw notEnough(this.#collector);
    }

    /** The own organisation runs the proposal first; where it has no peer with the chaincode, one of the policy's. */
    #firstOrganisation(): string {
        if (this.#peers.some(({ mspId }) => mspId === this.#ownMspId)) return this.#ownMspId;
        if (this.#proposed.hasTransient) {
            throw gatewayError(
                GrpcCode.FAILED_PRECONDITION,
                "no endorsers found in the gateway's organization; retry specifying endorsing organization(s) to protect transient data",
            );
        }
        const [combination] = this.#plan(this.#chaincodeAlone(), '');
        const [mspId = ''] = combination?.keys() ?? [];
        return mspId;
    }

    /**
     * What a transaction needs is known only after it has run once. Mostly it is what the chaincode's own policy asks
     * for, so those peers are asked at the same time; transient data is not shown to others on a guess.
     */
    async #askEarly(mspId: string): Promise<void> {
        if (this.#proposed.hasTransient) return;
        let combination: Combination | undefined;
        try {
            [combination] = this.#plan(this.#chaincodeAlone(), mspId);
        } catch {
            // The plan that counts is made after the first run, and says itself what is wrong.
        }
        if (combination?.has(mspId)) await this.#collector.complete(combination);
    }

    #chaincodeAlone(): protos.ChaincodeInterest.$Properties {
        return { chaincodes: [{ name: this.#proposed.chaincode }] };
    }

    #interestOf(first: protos.ProposalResponse.$Properties): protos.ChaincodeInterest.$Properties {
        return (first.interest?.chaincodes ?? []).length > 0 && first.interest
            ? first.interest
            : this.#chaincodeAlone();
    }

    /**
     * Combinations in the order to try: those complete already, those with the first endorser, those without peers that
     * were out of reach lately; at random among equals.
     */
    #plan(interest: protos.ChaincodeInterest.$Properties, firstMspId: string): Combination[] {
        let combinations: Combination[];
        try {
            combinations = planEndorsement(this.#channel, interest, this.#peers);
        } catch (error) {
            const cause = errorText(error);
            throw gatewayError(GrpcCode.FAILED_PRECONDITION, `${underivable}: ${cause}`);
        }
        const suspects = new Set(this.#peers.filter(({ suspect }) => suspect).map(({ mspId }) => mspId));
        const rank = (combination: Combination): number =>
            (this.#collector.covers(combination) ? 0 : 4) +
            (combination.has(firstMspId) ? 0 : 2) +
            ([...combination.keys()].some((id) => suspects.has(id)) ? 1 : 0);
        return combinations
            .map((combination) => ({ combination, order: rank(combination) + Math.random() }))
            .sort((a, b) => a.order - b.order)
            .map(({ combination }) => combination);
    }

    #assertInTime(what: string): void {
        if (this.#signal.aborted) {
            throw gatewayError(GrpcCode.DEADLINE_EXCEEDED, `endorsement timeout expired while collecting ${what}`);
        }
    }
}

function assemble({ proposal }: ProposedTransaction, responses: protos.ProposalResponse.$Properties[]): Buffer {
    try {
        return assembleTransactionPayload(proposal, responses);
    } catch (error) {
        const cause = errorText(error);
        throw gatewayError(GrpcCode.ABORTED, `failed to assemble transaction: ${cause}`);
    }
}

function noPeersOf(mspIds: readonly string[]): Error {
    return gatewayError(GrpcCode.UNAVAILABLE, `failed to find any endorsing peers for org(s): ${mspIds.join(', ')}`);
}

function notEnough({ failed }: EndorsementCollector): Error {
    return gatewayError(
        GrpcCode.ABORTED,
        'failed to collect enough transaction endorsements, see attached details for more info',
        failed,
    );
}
