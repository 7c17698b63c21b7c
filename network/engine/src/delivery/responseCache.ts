// SPDX-License-Identifier: Apache-2.0
import type { BlockSource } from './blockSource.js';
import { responseFor } from './deliverResponse.js';
import type { BlockToSend } from './deliverService.js';

const blocksKept = 8;

/** Responses for the newest blocks of each chain, so that a block which many streams wait for is encoded once. */
export class ResponseCache {
    readonly #byChain = new WeakMap<BlockSource, Map<number, Buffer>>();

    get(source: BlockSource, number: number, encodeResponse: (blockBytes: Buffer) => Buffer): Buffer {
        const responses = this.#responsesOf(source);
        const known = responses.get(number);
        if (known !== undefined) {
            return known;
        }
        const response = encodeResponse(source.blockBytes(number));
        if (number + blocksKept >= source.height()) {
            responses.set(number, response);
            for (const kept of responses.keys()) {
                if (kept + blocksKept < source.height()) {
                    responses.delete(kept);
                }
            }
        }
        return response;
    }

    #responsesOf(source: BlockSource): Map<number, Buffer> {
        const known = this.#byChain.get(source);
        if (known !== undefined) {
            return known;
        }
        const responses = new Map<number, Buffer>();
        this.#byChain.set(source, responses);
        return responses;
    }
}

/** The response with the whole block, or only its header when the seek says so. */
export function blockOf(cache: ResponseCache, { source, number, contentType }: BlockToSend): Buffer {
    return contentType === 0
        ? cache.get(source, number, (bytes) => responseFor(bytes, contentType))
        : responseFor(source.blockBytes(number), contentType);
}
