// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { common } from '../wire/protobuf.js';
import { filterMessage } from './messageFilters.js';
import type { SubmittedMessage } from './submittedMessage.js';

const genesis = readFileSync(join(__dirname, '../../fixtures/fabric-3.1.5/network/genesis.pb'));
const configuration = ChannelConfiguration.fromConfigBlock(common.Block.decode(genesis));
const options = { ignoreExpiry: false, now: () => new Date() };

const message = (over: Partial<SubmittedMessage>): SubmittedMessage => ({
    envelope: new common.Envelope(),
    channelId: 'power',
    type: 3,
    signed: { data: Buffer.alloc(0), identity: Buffer.alloc(0), signature: Buffer.alloc(0) },
    sizeBytes: 1,
    envelopeBytes: Buffer.alloc(0),
    ...over,
});

describe('the filters of a channel', () => {
    const limit = configuration.orderer.batchSize.absoluteMaxBytes;

    it('refuse a message one byte above the absolute limit, before they look at its signature', () => {
        expect(() => {
            filterMessage(message({ sizeBytes: limit + 1, signed: undefined }), configuration, options);
        }).toThrow(`message payload is ${String(limit + 1)} bytes and exceeds maximum allowed ${String(limit)} bytes`);
    });

    it('pass a message of exactly the limit on to the next check', () => {
        expect(() => {
            filterMessage(message({ sizeBytes: limit }), configuration, options);
        }).toThrow(/permission denied$/);
    });

    it.each([0, 3, 5, 6, 8, 99])('ask for the same permission whatever the type, %p', (type) => {
        expect(() => {
            filterMessage(message({ type }), configuration, options);
        }).toThrow(expect.objectContaining({ status: 403 }) as Error);
    });
});
