// SPDX-License-Identifier: Apache-2.0
import { judgedCode, type AllowedEnds } from '../answers';
import { writeField, lengthDelimited } from '../../scenarios/hostile/wireFields';
import { channelId, type Nodes } from '../nodes';
import type { Service } from '../service';
import { someSigner } from './endorser';
import { call } from './transport';

const bytes = (number: number, value: Buffer): Buffer => writeField({ number, wireType: lengthDelimited, value });

const paths = [
    '/discovery.Discovery/Discover',
    '/protos.Snapshot/Generate',
    '/protos.Snapshot/Cancel',
    '/protos.Snapshot/QueryPendings',
];
/** Discovery answers a query, or says by name that it is not served; so do snapshots. */
const ends: AllowedEnds = {
    OK: /^$/,
    Unimplemented: /needs Hyperledger Fabric$/,
    Unknown: /^/,
    Internal: /^grpc: failed to unmarshal/,
};

/** Signed requests to discovery and snapshots, whose messages have the same form: content and signature. */
export function signedRequestServices({ signers, peer, toPeer }: Nodes): Service {
    const door = { services: peer.services, channel: toPeer };
    return {
        name: 'signedRequests',
        share: 30,
        layers: ['query', 'content', 'signature', 'request'],
        attempt: async (change, random) => {
            const path = random.pick(paths);
            const signer = someSigner(random, signers);
            const query = change(
                'query',
                Buffer.concat([bytes(1, Buffer.from(channelId)), bytes(random.pick([2, 3, 4, 5]), Buffer.alloc(0))]),
            );
            const content = change('content', Buffer.concat([bytes(1, bytes(1, signer.serialized)), bytes(2, query)]));
            const signature = change('signature', signer.sign(content));
            const request = change('request', Buffer.concat([bytes(1, content), bytes(2, signature)]));
            return judgedCode(path, await call(door, path, [request], random), ends);
        },
    };
}
