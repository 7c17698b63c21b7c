// SPDX-License-Identifier: Apache-2.0
import type { Identity } from '../identity/identity.js';
import { MspRole } from '../identity/principal.js';
import type { PeerChannel, PeerChannels } from '../lifecycle/peerChannels.js';
import { GrpcCode, GrpcStatus } from '../process/grpcStatus.js';
import { receivedRequest } from '../process/receivedMessage.js';
import { HeaderType } from '../wire/codes.js';
import { asBuffer, decode, encode, type Decodable } from '../wire/decode.js';
import { newEnvelope, type Signer } from '../wire/envelope.js';
import { errorText } from '../wire/errorText.js';
import { common } from '../wire/protobuf.js';

/** Service between embedded peers. Fabric's peers spread private data by gossip, which the engine does not speak. */
export const pushPath = '/power.engine.PrivateData/Push';
export const fetchPath = '/power.engine.PrivateData/Fetch';

interface RequestContent {
    readonly path: string;
    readonly channelId: string;
    /** MSP id of the peer that is asked. */
    readonly recipient: string;
    readonly data: Buffer;
}

interface RequestRules {
    readonly channels: PeerChannels;
    /** The own MSP id. */
    readonly mspId: string;
    /** How far the sender's clock may be from ours. */
    readonly timeWindowMs: number;
    readonly now?: () => Date;
}

/** A request whose sender is known to be a peer of the channel. */
export interface OpenedRequest {
    readonly channel: PeerChannel;
    readonly sender: Identity;
    readonly data: Buffer;
}

/** A request signed by the own peer. It names method and recipient, so that nobody can use it elsewhere. */
export function signRequest(signer: Signer, { path, channelId, recipient, data }: RequestContent): Buffer {
    const extension = purpose(path, recipient);
    return encode(common.Envelope, newEnvelope(signer, { type: HeaderType.MESSAGE, channelId, extension, data }));
}

/** Reads and checks a request. Throws GrpcStatus. */
export function openRequest(path: string, bytes: Buffer, rules: RequestRules): OpenedRequest {
    const { payload, signature } = receivedRequest(common.Envelope, bytes);
    const signed = asBuffer(payload);
    const { header, data } = parsed(common.Payload, signed, 'Payload');
    const channelHeader = parsed(common.ChannelHeader, asBuffer(header?.channelHeader), 'ChannelHeader');
    const { creator } = parsed(common.SignatureHeader, asBuffer(header?.signatureHeader), 'SignatureHeader');
    if (!asBuffer(channelHeader.extension).equals(purpose(path, rules.mspId))) {
        throw new GrpcStatus(GrpcCode.PERMISSION_DENIED, 'the request is meant for another peer or method');
    }
    checkTime(channelHeader, rules);
    const channel = rules.channels.get(channelHeader.channelId);
    if (channel === undefined) {
        throw new GrpcStatus(GrpcCode.NOT_FOUND, `channel '${channelHeader.channelId}' not found`);
    }
    const sender = authenticate(channel, asBuffer(creator), signed, asBuffer(signature));
    return { channel, sender, data: asBuffer(data) };
}

function purpose(path: string, recipient: string): Buffer {
    return Buffer.from(`${path} ${recipient}`);
}

function parsed<T>(type: Decodable<T>, bytes: Buffer, what: string): T {
    try {
        return decode(type, bytes, what);
    } catch (error) {
        throw new GrpcStatus(GrpcCode.INVALID_ARGUMENT, errorText(error));
    }
}

function checkTime({ timestamp }: common.ChannelHeader, { timeWindowMs, now = () => new Date() }: RequestRules): void {
    const sentMs = (timestamp?.seconds ?? 0) * 1000 + (timestamp?.nanos ?? 0) / 1e6;
    if (!(Math.abs(now().getTime() - sentMs) <= timeWindowMs)) {
        throw new GrpcStatus(GrpcCode.PERMISSION_DENIED, "the request's timestamp is too far from this peer's clock");
    }
}

/** Only peers of the channel's application organisations ask for private data or send it. */
function authenticate(channel: PeerChannel, creator: Buffer, signed: Buffer, signature: Buffer): Identity {
    const { msps, application } = channel.configuration();
    try {
        const identity = msps.deserialize(creator);
        const { mspId: mspIdentifier } = identity;
        if (!application.organisations.some(({ mspId }) => mspId === mspIdentifier)) {
            throw new Error(`${mspIdentifier} is no application organisation of the channel`);
        }
        msps.satisfiesPrincipal(identity, {
            principal: encode(common.MSPRole, { mspIdentifier, role: MspRole.PEER }),
        });
        if (!identity.verify(signed, signature)) throw new Error('the signature is invalid');
        return identity;
    } catch (cause) {
        throw new GrpcStatus(GrpcCode.PERMISSION_DENIED, `not a peer of the channel: ${errorText(cause)}`);
    }
}
