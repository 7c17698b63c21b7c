// SPDX-License-Identifier: Apache-2.0
import { encode } from '@power-currency/engine/wire/decode.js';
import { gateway } from '@power-currency/engine/wire/protobuf.js';
import { lengthDelimited, writeField } from '../../scenarios/hostile/wireFields';
import { levels, TransactionForge } from '../../scenarios/hostile/transactionForge';
import { judgedCode, type AllowedEnds } from '../answers';
import { chaincode } from '../deployment';
import { channelId, type Nodes } from '../nodes';
import { forgeProposal, proposalLayers } from '../proposalForge';
import type { Service } from '../service';
import { someSigner } from './endorser';
import { call, type Door } from './transport';

const undecodable = /^grpc: error unmarshalling request: proto: /;
const anything = /^/;
/** How long a caller waits for what may never come: a commit, an event. */
const patienceMs = 15;

const endorseEnds: AllowedEnds = {
    OK: /^$/,
    Internal: undecodable,
    InvalidArgument: anything,
    FailedPrecondition: anything,
    Unavailable: anything,
    Aborted: anything,
};
const signedRequestEnds: AllowedEnds = {
    OK: /^$/,
    Canceled: anything,
    Internal: undecodable,
    InvalidArgument: anything,
    PermissionDenied: anything,
    NotFound: anything,
    FailedPrecondition: anything,
    Unavailable: anything,
};

/** The five methods of the gateway. */
export function gatewayServicesUnderFire(nodes: Nodes): readonly Service[] {
    return [proposing('Evaluate', 60, nodes), proposing('Endorse', 30, nodes), submitting(nodes), ...asking(nodes)];
}

const doorOf = ({ peer, toPeer }: Nodes): Door => ({ services: peer.services, channel: toPeer });

function proposing(method: 'Evaluate' | 'Endorse', share: number, nodes: Nodes): Service {
    const path = `/gateway.Gateway/${method}`;
    return {
        name: `gateway.${method}`,
        share,
        layers: [...proposalLayers, 'request'],
        attempt: async (change, random) => {
            const signer = someSigner(random, nodes.signers);
            const args = [Buffer.from('put'), Buffer.from('value')];
            const { txId, bytes } = forgeProposal({ signer, channelId, chaincode, args }, change, random);
            const outer = encode(gateway.EndorseRequest, { transactionId: txId, channelId });
            const request = Buffer.concat([outer, writeField({ number: 3, wireType: lengthDelimited, value: bytes })]);
            const end = await call(doorOf(nodes), path, [change('request', request)], random);
            return judgedCode(path, end, endorseEnds);
        },
    };
}

function submitting(nodes: Nodes): Service {
    const path = '/gateway.Gateway/Submit';
    const { user, peer } = nodes.signers;
    const forge = new TransactionForge(user, [peer], channelId, chaincode);
    return {
        name: 'gateway.Submit',
        share: 12,
        layers: [...levels, 'request'],
        attempt: async (change, random) => {
            const namespaces = [{ namespace: chaincode, set: { writes: [{ key: 'k', value: Buffer.from('v') }] } }];
            const value = forge.forge({ namespaces, change });
            const outer = encode(gateway.SubmitRequest, { transactionId: '00', channelId });
            const request = Buffer.concat([outer, writeField({ number: 3, wireType: lengthDelimited, value })]);
            const end = await call(doorOf(nodes), path, [change('request', request)], random);
            return judgedCode(path, end, endorseEnds);
        },
    };
}

function asking(nodes: Nodes): readonly Service[] {
    const one = (name: string, share: number, content: (identity: Buffer) => Buffer): Service => {
        const path = `/gateway.Gateway/${name}`;
        return {
            name: `gateway.${name}`,
            share,
            layers: ['inner', 'signature', 'request'],
            attempt: async (change, random) => {
                const signer = someSigner(random, nodes.signers);
                const request = change('inner', content(signer.serialized));
                const signature = change('signature', signer.sign(request));
                const signed = change('request', encode(gateway.SignedCommitStatusRequest, { request, signature }));
                const end = await call(doorOf(nodes), path, [signed], random, { patienceMs });
                return judgedCode(path, end, signedRequestEnds);
            },
        };
    };
    return [
        one('CommitStatus', 60, (identity) =>
            encode(gateway.CommitStatusRequest, { transactionId: 'ab'.repeat(32), channelId, identity }),
        ),
        one('ChaincodeEvents', 60, (identity) =>
            encode(gateway.ChaincodeEventsRequest, {
                channelId,
                identity,
                chaincodeId: chaincode,
                startPosition: { specified: { number: 1 } },
            }),
        ),
    ];
}
