// SPDX-License-Identifier: Apache-2.0
import { isConfigBlock } from '../channel/configBlock.js';
import { decode, encode, MalformedMessageError } from '../wire/decode.js';
import { common, orderer } from '../wire/protobuf.js';

/** Fields 1 and 2 mean the same in orderer.DeliverResponse and protos.DeliverResponse. */
const blockTag = (2 << 3) | 2;
const headerWithSignature = 1;

/** The response that ends one seek. */
export function statusResponse(status: number): Buffer {
    return encode(orderer.DeliverResponse, { status });
}

/** The response that carries a block: a prefix before bytes that are never encoded again. */
function blockResponse(blockBytes: Buffer): Buffer {
    const length: number[] = [];
    let rest = blockBytes.length;
    while (rest > 0x7f) {
        length.push((rest & 0x7f) | 0x80);
        rest >>>= 7;
    }
    return Buffer.concat([Buffer.of(blockTag, ...length, rest), blockBytes]);
}

/** As {@link blockResponse}, for content type HEADER_WITH_SIG: without the transactions, unless it is a config block. */
function headerResponse(blockBytes: Buffer): Buffer {
    const block = decode(common.Block, blockBytes, 'Block');
    return isConfigBlock(block)
        ? blockResponse(blockBytes)
        : encode(orderer.DeliverResponse, {
              block: { header: block.header ?? null, metadata: block.metadata ?? null },
          });
}

/** The response for the content type that a SeekInfo asks for. */
export function responseFor(blockBytes: Buffer, contentType: number): Buffer {
    return contentType === headerWithSignature ? headerResponse(blockBytes) : blockResponse(blockBytes);
}

type DeliverResponse = { readonly status: number } | { readonly blockBytes: Buffer };

/** Reads a response as a client; the block's bytes are those of the server. Throws MalformedMessageError. */
export function parseDeliverResponse(bytes: Buffer): DeliverResponse {
    if (bytes[0] === blockTag) {
        let length = 0;
        let at = 1;
        for (let shift = 0; shift < 35; shift += 7) {
            const byte = bytes[at] ?? 0;
            at += 1;
            length += (byte & 0x7f) * 2 ** shift;
            if (byte < 0x80) {
                break;
            }
        }
        if (at + length === bytes.length) {
            return { blockBytes: bytes.subarray(at) };
        }
    }
    const { status } = decode(orderer.DeliverResponse, bytes, 'DeliverResponse');
    if (typeof status !== 'number') {
        throw new MalformedMessageError('error unmarshalling DeliverResponse: neither a status nor a block');
    }
    return { status };
}
