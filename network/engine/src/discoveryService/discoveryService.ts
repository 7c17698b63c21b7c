// SPDX-License-Identifier: Apache-2.0
import type { ChaincodeCatalog } from '../endorser/chaincodeCatalog.js';
import type { PlanningChannel } from '../gatewayService/endorsementPlan.js';
import type { AccessControl } from '../lifecycle/accessControl.js';
import type { PeerChannel, PeerChannels } from '../lifecycle/peerChannels.js';
import { GrpcCode, GrpcStatus } from '../process/grpcStatus.js';
import { logger } from '../process/logging.js';
import { receivedMessage } from '../process/receivedMessage.js';
import type { ServiceTable } from '../process/serviceTable.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import type { SignedData } from '../wire/envelope.js';
import { errorText } from '../wire/errorText.js';
import { discovery, type protos } from '../wire/protobuf.js';
import type { ChannelPeers } from './channelPeers.js';
import { configResult } from './configResult.js';
import { authorisedPeers, endorsementDescriptor } from './endorsementDescriptor.js';
import { interestText } from './interestText.js';
import { peersByOrganisation } from './knownPeer.js';

interface DiscoveryOptions {
    readonly channels: PeerChannels;
    readonly accessControl: Pick<AccessControl, 'checkLocal'>;
    readonly catalog: Pick<ChaincodeCatalog, 'definitionOf'>;
    readonly peers: Pick<ChannelPeers, 'of' | 'self'>;
    /** peer.discovery.orgMembersAllowedAccess: questions without a channel are for members, not administrators only. */
    readonly membersMayAsk: boolean;
}

const log = logger('discovery');
/** Fabric has no limit; a request of millions would keep the peer from everything else. */
const mostQueries = 1_000;
const writers = '/Channel/Application/Writers';

/** Why a question is not answered; clients see the text. */
class RefusedQuery extends Error {}

/** discovery.Discovery (discovery/service.go): which peers, policies and orderers a channel has. */
export function discoveryServices(options: DiscoveryOptions): ServiceTable {
    const service = new DiscoveryService(options);
    return {
        '/discovery.Discovery/Discover': {
            kind: 'unary',
            handle: async (bytes) => {
                const request = receivedMessage(discovery.SignedRequest, bytes);
                return encode(discovery.Response, await service.discover(request));
            },
        },
    };
}

class DiscoveryService {
    readonly #options: DiscoveryOptions;

    constructor(options: DiscoveryOptions) {
        this.#options = options;
    }

    /** A request out of form ends the call; a query that is refused is answered in its place. */
    async discover({ payload, signature }: discovery.SignedRequest): Promise<discovery.Response.$Properties> {
        const data = asBuffer(payload);
        const { authentication, queries } = requestIn(data);
        const identity = asBuffer(authentication?.clientIdentity);
        if (!authentication) throw malformed('access denied, no authentication info in request');
        if (identity.length === 0) throw malformed("access denied, client identity wasn't supplied");
        const signed: SignedData = { data, identity, signature: asBuffer(signature) };
        if (queries.length > mostQueries) throw malformed(`more than ${String(mostQueries)} queries in one request`);
        const results: discovery.QueryResult.$Properties[] = [];
        for (const query of queries) results.push(await this.#answer(query, signed));
        return { results };
    }

    async #answer(query: discovery.Query.$Properties, signed: SignedData): Promise<discovery.QueryResult.$Properties> {
        try {
            const channelId = query.channel ?? '';
            if (channelId === '') return this.#local(query, signed);
            const channel = this.#options.channels.get(channelId);
            if (channel === undefined) throw new RefusedQuery('access denied');
            allow(() => {
                channel.configuration().policies.getOrReject(writers).evaluate([signed]);
            });
            return await this.#ofChannel(query, channel);
        } catch (error) {
            if (!(error instanceof RefusedQuery)) log.error(`query failed: ${errorText(error)}`);
            return { error: { content: errorText(error) } };
        }
    }

    #local({ localPeers }: discovery.Query.$Properties, signed: SignedData): discovery.QueryResult.$Properties {
        const { accessControl, membersMayAsk, peers } = this.#options;
        allow(() => {
            accessControl.checkLocal(membersMayAsk ? 'Members' : 'Admins', signed);
        });
        if (!localPeers) throw unknownType();
        return { members: { peersByOrg: peersByOrganisation([peers.self()], undefined) } };
    }

    async #ofChannel(
        { configQuery, peerQuery, ccQuery }: discovery.Query.$Properties,
        channel: PeerChannel,
    ): Promise<discovery.QueryResult.$Properties> {
        if (ccQuery) return { ccQueryRes: await this.#endorsers(ccQuery.interests ?? [], channel) };
        if (configQuery) return { configResult: configResult(channel.configuration()) };
        if (!peerQuery) throw unknownType();
        const peers = await this.#options.peers.of(channel);
        const asked = refusedAs(errorText, () =>
            authorisedPeers(this.#planning(channel), peerQuery.filter ?? {}, peers),
        );
        return { members: { peersByOrg: peersByOrganisation(asked, channel.ledger.channelId) } };
    }

    async #endorsers(
        interests: readonly protos.ChaincodeInterest.$Properties[],
        channel: PeerChannel,
    ): Promise<discovery.ChaincodeQueryResult.$Properties> {
        checkInterests(interests);
        const peers = await this.#options.peers.of(channel);
        return {
            content: interests.map((interest) =>
                refusedAs(
                    (cause) => {
                        log.error(`Failed constructing descriptor for chaincode: ${errorText(cause)}`);
                        return `failed constructing descriptor for ${interestText(interest)}`;
                    },
                    () => endorsementDescriptor(this.#planning(channel), interest, peers),
                ),
            ),
        };
    }

    #planning(channel: PeerChannel): PlanningChannel {
        return { channel, definitionOf: (channelId, name) => this.#options.catalog.definitionOf(channelId, name) };
    }
}

function requestIn(payload: Buffer): discovery.Request {
    try {
        return decode(discovery.Request, payload, 'Request');
    } catch (error) {
        throw malformed(`failed parsing request: ${errorText(error)}`);
    }
}

function checkInterests(interests: readonly protos.ChaincodeInterest.$Properties[]): void {
    if (interests.length === 0) throw new RefusedQuery('chaincode query must have at least one chaincode interest');
    for (const interest of interests) {
        const chaincodes = interest.chaincodes ?? [];
        if (chaincodes.length === 0) {
            throw new RefusedQuery('chaincode interest must contain at least one chaincode');
        }
        if (chaincodes.some(({ name }) => !name)) {
            throw new RefusedQuery('chaincode name in interest cannot be empty');
        }
    }
}

/** Who may not ask learns nothing else. */
function allow(check: () => void): void {
    refusedAs(() => 'access denied', check);
}

function refusedAs<T>(text: (cause: unknown) => string, answer: () => T): T {
    try {
        return answer();
    } catch (cause) {
        throw new RefusedQuery(text(cause), { cause });
    }
}

function unknownType(): RefusedQuery {
    return new RefusedQuery('unknown or missing request type');
}

function malformed(text: string): GrpcStatus {
    log.warning(`Request is malformed or invalid: ${text}`);
    return new GrpcStatus(GrpcCode.UNKNOWN, text);
}
