// SPDX-License-Identifier: Apache-2.0
import { Status } from '../wire/codes.js';
import { asBuffer, decode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { sha256 } from '../wire/hashing.js';
import type { SignedData } from '../wire/envelope.js';
import { common, orderer } from '../wire/protobuf.js';

/** A seek that ends with another status than SUCCESS. Only the status reaches the client; the reason is for the log. */
export class SeekRefused extends Error {
    override readonly name = 'SeekRefused';
    readonly status: number;

    constructor(status: number, reason: string) {
        super(reason);
        this.status = status;
    }
}

/** What a Deliver envelope says, before anything is believed. */
export interface SeekRequest {
    readonly channelId: string;
    readonly signed: SignedData;
    /** The payload's data: SeekInfo bytes. */
    readonly data: Buffer;
}

export interface HeaderRules {
    /** How far the client's clock may be from ours. */
    readonly timeWindowMs: number;
    /** With mutual TLS the header must carry the hash of the client's TLS certificate (common/deliver/binding.go). */
    readonly bindToClientCertificate: boolean;
    readonly now: () => Date;
}

/** Reads and checks the headers. Throws SeekRefused with BAD_REQUEST. */
export function parseSeekRequest(
    envelope: common.Envelope.$Properties,
    rules: HeaderRules,
    clientCertificate: () => Buffer | undefined,
): SeekRequest {
    const { payload, channelHeader, signatureHeader } = parseHeaders(envelope);
    checkTimestamp(channelHeader, rules);
    if (rules.bindToClientCertificate) {
        checkBinding(asBuffer(channelHeader.tlsCertHash), clientCertificate());
    }
    return {
        channelId: channelHeader.channelId,
        signed: {
            data: asBuffer(envelope.payload),
            identity: asBuffer(signatureHeader.creator),
            signature: asBuffer(envelope.signature),
        },
        data: asBuffer(payload.data),
    };
}

/** Throws SeekRefused with BAD_REQUEST. */
export function parseSeekInfo(data: Buffer): orderer.SeekInfo {
    try {
        return decode(orderer.SeekInfo, data, 'SeekInfo');
    } catch (error) {
        throw badRequest(String(error));
    }
}

export function badRequest(reason: string): SeekRefused {
    return new SeekRefused(Status.BAD_REQUEST, reason);
}

interface Headers {
    readonly payload: common.Payload;
    readonly channelHeader: common.ChannelHeader;
    readonly signatureHeader: common.SignatureHeader;
}

function parseHeaders(envelope: common.Envelope.$Properties): Headers {
    try {
        const payload = decode(common.Payload, asBuffer(envelope.payload), 'Payload');
        if (payload.header === null || payload.header === undefined) {
            throw new Error('envelope has no header');
        }
        const { channelHeader, signatureHeader } = payload.header;
        return {
            payload,
            channelHeader: decode(common.ChannelHeader, asBuffer(channelHeader), 'ChannelHeader'),
            signatureHeader: decode(common.SignatureHeader, asBuffer(signatureHeader), 'SignatureHeader'),
        };
    } catch (error) {
        throw badRequest(errorText(error));
    }
}

function checkTimestamp({ timestamp }: common.ChannelHeader, rules: HeaderRules): void {
    if (timestamp === null || timestamp === undefined) {
        throw badRequest('channel header in envelope must contain timestamp');
    }
    const sentMs = (timestamp.seconds ?? 0) * 1000 + (timestamp.nanos ?? 0) / 1e6;
    const awayMs = Math.abs(rules.now().getTime() - sentMs);
    if (awayMs > rules.timeWindowMs) {
        throw badRequest(`envelope timestamp is ${String(awayMs)} ms away from the server's clock`);
    }
}

function checkBinding(claimed: Buffer, clientCertificate: Buffer | undefined): void {
    if (claimed.length === 0) {
        throw badRequest("client didn't include its TLS cert hash");
    }
    if (clientCertificate === undefined) {
        throw badRequest("client didn't send a TLS certificate");
    }
    if (!claimed.equals(sha256(clientCertificate))) {
        throw badRequest("claimed TLS cert hash doesn't match the client's certificate");
    }
}
