// SPDX-License-Identifier: Apache-2.0
import { HeaderType, statusName } from '@power-currency/engine/wire/codes.js';
import { decode } from '@power-currency/engine/wire/decode.js';
import { orderer } from '@power-currency/engine/wire/protobuf.js';
import { seekInfo, type SeekRange } from '@power-currency/engine/wire/seek.js';
import { readFields } from '../../scenarios/hostile/wireFields';
import { levels, TransactionForge } from '../../scenarios/hostile/transactionForge';
import { judgedBroadcast, judgedCode, type AllowedEnds } from '../answers';
import { chaincode } from '../deployment';
import { envelopeLayers, forgeEnvelope } from '../envelopeForge';
import { channelId, type Nodes } from '../nodes';
import { Flaw, type Service } from '../service';
import { someSigner } from './endorser';
import { call, type Door } from './transport';

/** Streams end with OK after a refusal; what is no Envelope at all never reaches the handler. */
const streamEnds: AllowedEnds = { OK: /^$/, Canceled: /^/, Internal: /^grpc: failed to unmarshal/ };
const patienceMs = 15;

const ranges: readonly SeekRange[] = [
    { start: 'oldest', stop: 'oldest' },
    { start: 'newest', stop: 'newest' },
    { start: 0, stop: 1, behavior: 'failIfNotReady' },
    { start: 1, stop: 1_000_000, behavior: 'failIfNotReady' },
    { start: 'nextCommit', stop: 'forever' },
    { start: 0, stop: 'forever', errorResponse: 'bestEffort' },
];

/** Delivery at both nodes, and the orderer's intake. */
export function orderingServices(nodes: Nodes): readonly Service[] {
    const toPeer = { services: nodes.peer.services, channel: nodes.toPeer };
    const toOrderer = { services: nodes.orderer.services, channel: nodes.toOrderer };
    return [
        delivery('deliver', '/protos.Deliver/Deliver', toPeer, nodes),
        delivery('deliverFiltered', '/protos.Deliver/DeliverFiltered', toPeer, nodes),
        delivery('deliverWithPrivateData', '/protos.Deliver/DeliverWithPrivateData', toPeer, nodes),
        delivery('orderer.Deliver', '/orderer.AtomicBroadcast/Deliver', toOrderer, nodes),
        transactions(toOrderer, nodes),
        otherEnvelopes(toOrderer, nodes),
    ];
}

function delivery(name: string, path: string, door: Door, { signers }: Nodes): Service {
    return {
        name,
        share: 35,
        layers: envelopeLayers,
        attempt: async (change, random) => {
            const data = seekInfo(random.pick(ranges));
            const draft = { signer: someSigner(random, signers), type: HeaderType.DELIVER_SEEK_INFO, channelId, data };
            const envelope = forgeEnvelope(draft, change, random);
            const end = await call(door, path, [envelope], random, { patienceMs });
            const code = judgedCode(path, end, streamEnds);
            const last = end.answers.at(-1);
            return last === undefined || code !== 'OK' ? code : deliverStatus(last);
        },
    };
}

/** Field 1 of every response is a status; the others hold blocks of one kind or another. */
function deliverStatus(answer: Buffer): string {
    const [field] = readFields(answer) ?? [];
    if (field === undefined) throw new Flaw('Deliver answered with nothing');
    if (field.number !== 1) return 'block';
    const { status } = decode(orderer.DeliverResponse, answer, 'DeliverResponse');
    if (![200, 400, 403, 404].includes(status ?? 0)) throw new Flaw(`Deliver answered ${String(status)}`);
    return statusName(status ?? 0);
}

const broadcastPath = '/orderer.AtomicBroadcast/Broadcast';

function transactions(door: Door, { signers }: Nodes): Service {
    const forge = new TransactionForge(signers.user, [signers.peer], channelId, chaincode);
    return {
        name: 'broadcast',
        share: 20,
        layers: levels,
        attempt: async (change, random) => {
            const namespaces = [{ namespace: chaincode, set: { writes: [{ key: 'k', value: Buffer.from('v') }] } }];
            return broadcastEnd(await call(door, broadcastPath, [forge.forge({ namespaces, change })], random));
        },
    };
}

const types = Object.values(HeaderType).filter((type) => type !== HeaderType.ENDORSER_TRANSACTION);

function otherEnvelopes(door: Door, { signers, genesis }: Nodes): Service {
    return {
        name: 'broadcast.other',
        share: 50,
        layers: envelopeLayers,
        attempt: async (change, random) => {
            const signer = random.chance(2) ? signers.stranger : someSigner(random, signers);
            const draft = { signer, type: random.pick(types), channelId, data: genesis.subarray(0, 3_000) };
            return broadcastEnd(await call(door, broadcastPath, [forgeEnvelope(draft, change, random)], random));
        },
    };
}

function broadcastEnd(end: Parameters<typeof judgedCode>[1]): string {
    const code = judgedCode(broadcastPath, end, streamEnds);
    const [answer] = end.answers;
    return answer === undefined ? code : judgedBroadcast(answer);
}
