// SPDX-License-Identifier: Apache-2.0
import { Status } from '../wire/codes.js';
import { asBuffer, decode, encode, MalformedMessageError, type Decodable } from '../wire/decode.js';
import type { SignedData } from '../wire/envelope.js';
import { common } from '../wire/protobuf.js';
import { Refusal } from './refusal.js';

/** An envelope handed to Broadcast, parsed as far as its channel. */
export interface SubmittedMessage {
    readonly envelope: common.Envelope;
    readonly channelId: string;
    /** A HeaderType, or any other number: the orderer takes most. */
    readonly type: number;
    /** Undefined when the payload's signature header does not parse. */
    readonly signed: SignedData | undefined;
    /** Length of payload and signature. */
    readonly sizeBytes: number;
    /** Nothing but the two known fields: what a peer finds canonical. */
    readonly envelopeBytes: Buffer;
}

// Go's protobuf library prints its errors so; what exactly is wrong is the same for every malformed message.
const malformed = 'proto: cannot parse invalid wire-format data';

/** Finds out which channel a message is for. Throws Refusal with BAD_REQUEST and Fabric's text. */
export function parseSubmitted(envelope: common.Envelope): SubmittedMessage {
    const payloadBytes = asBuffer(envelope.payload);
    const signature = asBuffer(envelope.signature);
    const { header } = parse(common.Payload, payloadBytes, 'error unmarshalling Payload');
    if (header === null || header === undefined) {
        throw undetermined('header not set');
    }
    const channelHeaderBytes = asBuffer(header.channelHeader);
    if (channelHeaderBytes.length === 0) {
        throw undetermined('channel header not set');
    }
    const { channelId, type } = parse(
        common.ChannelHeader,
        channelHeaderBytes,
        'error unmarshalling channel header: error unmarshalling ChannelHeader',
    );
    const creator = creatorOf(asBuffer(header.signatureHeader));
    return {
        envelope,
        channelId,
        type,
        signed: creator && { data: payloadBytes, identity: creator, signature },
        sizeBytes: payloadBytes.length + signature.length,
        envelopeBytes: encode(common.Envelope, {
            ...(payloadBytes.length > 0 && { payload: payloadBytes }),
            ...(signature.length > 0 && { signature }),
        }),
    };
}

/** The reply when `signed` is undefined. */
export function signedDataRefusal(): Refusal {
    return new Refusal(
        Status.BAD_REQUEST,
        `could not convert message to signedData: GetSignatureHeaderFromBytes failed, err ${malformed}`,
    );
}

function creatorOf(signatureHeader: Buffer): Buffer | undefined {
    try {
        return asBuffer(decode(common.SignatureHeader, signatureHeader, 'SignatureHeader').creator);
    } catch (error) {
        if (error instanceof MalformedMessageError) {
            return undefined;
        }
        throw error;
    }
}

function parse<T>(type: Decodable<T>, bytes: Buffer, failure: string): T {
    try {
        return decode(type, bytes, '');
    } catch {
        throw undetermined(`${failure}: ${malformed}`);
    }
}

function undetermined(reason: string): Refusal {
    return new Refusal(Status.BAD_REQUEST, `could not determine channel ID: ${reason}`);
}
