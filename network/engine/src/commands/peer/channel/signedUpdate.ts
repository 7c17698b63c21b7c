// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HeaderType } from '../../../wire/codes.js';
import { asBuffer, decode, encode, type Decodable } from '../../../wire/decode.js';
import { newEnvelope, type Signer } from '../../../wire/envelope.js';
import { common } from '../../../wire/protobuf.js';
import type { Invocation } from '../commandLine.js';
import { UsageError } from '../failure.js';
import { fileErrorText } from '../fileErrorText.js';

const nonceBytes = 24;

/** The file of a configuration update. @throws UsageError when none is named. */
export function updateFile(invocation: Invocation): string {
    const file = invocation.text('file');
    if (file === '') {
        throw new UsageError('Invalid channel create transaction : No configtx file name supplied');
    }
    return file;
}

/**
 * The configuration update in a file with one more signature, in a new envelope of the same signer
 * (internal/peer/channel/create.go, sanityCheckAndSignConfigTx). `channelId`: empty for the one that the update names.
 * @throws Error with Fabric's text.
 */
export function signedUpdate(file: string, channelId: string, signer: Signer): common.Envelope {
    const envelope = parseEnvelope(readUpdate(file));
    const payload = parse(common.Payload, asBuffer(envelope.payload), 'bad payload');
    const headerBytes = asBuffer(payload.header?.channelHeader);
    if (headerBytes.length === 0) {
        throw invalid('bad header');
    }
    const header = parse(common.ChannelHeader, headerBytes, 'could not unmarshall channel header');
    if (header.type !== HeaderType.CONFIG_UPDATE) {
        throw invalid('bad type');
    }
    if (header.channelId === '') {
        throw invalid('empty channel id');
    }
    if (channelId !== '' && header.channelId !== channelId) {
        throw invalid(`mismatched channel ID ${header.channelId} != ${channelId}`);
    }
    const { configUpdate, signatures } = parse(common.ConfigUpdateEnvelope, payload.data, 'Bad config update env');
    const signatureHeader = encode(common.SignatureHeader, {
        creator: signer.serialized,
        nonce: randomBytes(nonceBytes),
    });
    const signature = signer.sign(Buffer.concat([signatureHeader, configUpdate]));
    return newEnvelope(signer, {
        type: HeaderType.CONFIG_UPDATE,
        channelId: header.channelId,
        data: encode(common.ConfigUpdateEnvelope, {
            configUpdate,
            signatures: [...signatures, { signatureHeader, signature }],
        }),
    });
}

function readUpdate(file: string): Buffer {
    try {
        return readFileSync(file);
    } catch (error) {
        throw new Error(`channel create configuration tx file not found ${fileErrorText(error, file)}`, {
            cause: error,
        });
    }
}

function parseEnvelope(bytes: Buffer): common.Envelope {
    try {
        return decode(common.Envelope, bytes, '');
    } catch (cause) {
        const reason = 'proto: cannot parse invalid wire-format data';
        throw new Error(`error unmarshalling Envelope: ${reason}`, { cause });
    }
}

function parse<T>(type: Decodable<T>, bytes: Uint8Array, failure: string): T {
    try {
        return decode(type, bytes, '');
    } catch {
        throw invalid(failure);
    }
}

function invalid(reason: string): Error {
    return new Error(`Invalid channel create transaction : ${reason}`);
}
