// SPDX-License-Identifier: Apache-2.0
import { encode } from '../wire/decode.js';
import { orderer } from '../wire/protobuf.js';
import { parseDeliverResponse } from './deliverResponse.js';

describe('a deliver response', () => {
    it('is a block or a status', () => {
        const block = Buffer.alloc(300, 7);
        const frame = Buffer.concat([Buffer.of(0x12, 0xac, 0x02), block]);
        expect(parseDeliverResponse(frame)).toEqual({ blockBytes: block });
        expect(parseDeliverResponse(encode(orderer.DeliverResponse, { status: 404 }))).toEqual({ status: 404 });
    });

    it('that is neither is refused', () => {
        expect(() => parseDeliverResponse(Buffer.alloc(0))).toThrow('neither a status nor a block');
    });
});
