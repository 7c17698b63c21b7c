// SPDX-License-Identifier: Apache-2.0
import type { CallContext, DuplexMethod } from '../process/serviceTable.js';
import { Status } from '../wire/codes.js';
import { encode } from '../wire/decode.js';
import { sha256 } from '../wire/hashing.js';
import { common } from '../wire/protobuf.js';
import { seekInfo, type SeekRange } from '../wire/seek.js';
import type { BlockSource } from './blockSource.js';
import { parseDeliverResponse } from './deliverResponse.js';
import type { DeliverOptions } from './deliverService.js';
import { HeightWatch } from '../ledger/heightWatch.js';
import { ordererDeliverServices } from './ordererDelivery.js';

const blockBytes = (number: number): Buffer => encode(common.Block, { header: { number } });

interface Chain extends BlockSource {
    readonly watch: HeightWatch;
}
function chain(height: number): Chain {
    const watch = new HeightWatch(height);
    return {
        watch,
        height: () => watch.height,
        blockBytes,
        waitForBlock: (number, signal) => watch.waitFor(number, signal),
    };
}

function request(range: SeekRange, tlsCertHash?: Buffer): Buffer {
    const channelHeader = encode(common.ChannelHeader, {
        type: 5,
        channelId: 'c',
        timestamp: { seconds: Math.floor(Date.now() / 1000) },
        ...(tlsCertHash && { tlsCertHash }),
    });
    const signatureHeader = encode(common.SignatureHeader, { creator: Buffer.from('reader') });
    const payload = encode(common.Payload, { header: { channelHeader, signatureHeader }, data: seekInfo(range) });
    return encode(common.Envelope, { payload, signature: Buffer.from('s') });
}

interface Session {
    readonly received: (number | string)[];
    readonly finished: Promise<void>;
    readonly abort: AbortController;
}

/** Sends the requests, half-closes at once as Go clients do, and notes block numbers and statuses. */
function open(
    options: Partial<DeliverOptions> & Pick<DeliverOptions, 'channel'>,
    requests: Buffer[],
    clientCertificate?: Buffer,
): Session {
    const received: (number | string)[] = [];
    const abort = new AbortController();
    const services = ordererDeliverServices({ timeWindowMs: 60_000, bindToClientCertificate: false, ...options });
    const method = services['/orderer.AtomicBroadcast/Deliver'] as DuplexMethod;
    const call: CallContext = { peerAddress: 'test', clientCertificate, signal: abort.signal, deadline: undefined };
    const stream = {
        send: (message: Buffer) => {
            const response = parseDeliverResponse(message);
            received.push(
                'status' in response
                    ? `status ${String(response.status)}`
                    : (common.Block.decode(response.blockBytes).header?.number ?? -1),
            );
            return Promise.resolve();
        },
        async *[Symbol.asyncIterator]() {
            yield* requests;
            await Promise.resolve();
        },
    };
    return { received, abort, finished: method.handle(stream, call) };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const allow = (): void => undefined;

describe('Deliver', () => {
    it('goes on after the client has closed its half', async () => {
        const source = chain(2);
        const session = open({ channel: () => ({ source, configSequence: () => 0, authorize: allow }) }, [
            request({ start: 'oldest', stop: 2 }),
        ]);
        await settle();
        expect(session.received).toEqual([0, 1]);
        source.watch.advance(3);
        await session.finished;
        expect(session.received).toEqual([0, 1, 2, 'status 200']);
    });

    it('takes the next request on the same stream after SUCCESS, and none after another status', async () => {
        const source = chain(3);
        const session = open({ channel: () => ({ source, configSequence: () => 0, authorize: allow }) }, [
            request({ start: 'newest', stop: 'newest' }),
            request({ start: 9, stop: 9 }),
            request({ start: 'newest', stop: 'newest' }),
        ]);
        await session.finished;
        expect(session.received).toEqual([2, 'status 200', 'status 404']);
    });

    it('ends with FORBIDDEN when a new configuration takes the reader out', async () => {
        const source = chain(1);
        let sequence = 0;
        const authorize = (): void => {
            if (sequence > 0) {
                throw new Error('no more');
            }
        };
        const session = open({ channel: () => ({ source, configSequence: () => sequence, authorize }) }, [
            request({ start: 'oldest', stop: 'forever' }),
        ]);
        await settle();
        sequence = 1;
        source.watch.advance(2);
        await session.finished;
        expect(session.received).toEqual([0, `status ${String(Status.FORBIDDEN)}`]);
    });

    it('asks for permission once per configuration, not once per block', async () => {
        let asked = 0;
        const channel = {
            source: chain(50),
            configSequence: () => 7,
            authorize: () => {
                asked += 1;
            },
        };
        await open({ channel: () => channel }, [request({ start: 'oldest', stop: 'newest' })]).finished;
        expect(asked).toBe(1);
    });

    it('leaves no waiter behind when the client goes', async () => {
        const source = chain(1);
        const session = open({ channel: () => ({ source, configSequence: () => 0, authorize: allow }) }, [
            request({ start: 'nextCommit', stop: 'forever' }),
        ]);
        await settle();
        expect(source.watch.waiters).toBe(1);
        session.abort.abort();
        await session.finished;
        expect(source.watch.waiters).toBe(0);
        expect(session.received).toEqual([]);
    });

    it('binds the request to the TLS certificate when client certificates are demanded', async () => {
        const certificate = Buffer.from('certificate');
        const channel = { source: chain(1), configSequence: () => 0, authorize: allow };
        const range: SeekRange = { start: 0, stop: 0 };
        const outcome = async (hash: Buffer | undefined, shown: Buffer | undefined): Promise<(number | string)[]> => {
            const session = open(
                { channel: () => channel, bindToClientCertificate: true },
                [request(range, hash)],
                shown,
            );
            await session.finished;
            return session.received;
        };
        expect(await outcome(sha256(certificate), certificate)).toEqual([0, 'status 200']);
        expect(await outcome(undefined, certificate)).toEqual(['status 400']);
        expect(await outcome(sha256(Buffer.from('other')), certificate)).toEqual(['status 400']);
        expect(await outcome(sha256(certificate), undefined)).toEqual(['status 400']);
    });

    it('encodes a block once for all streams', async () => {
        let read = 0;
        const source: BlockSource = {
            ...chain(1),
            height: () => 1,
            blockBytes: (number) => {
                read += 1;
                return blockBytes(number);
            },
        };
        const services = ordererDeliverServices({
            timeWindowMs: 60_000,
            bindToClientCertificate: false,
            channel: () => ({ source, configSequence: () => 0, authorize: allow }),
        });
        const method = services['/orderer.AtomicBroadcast/Deliver'] as DuplexMethod;
        const sent: Buffer[] = [];
        for (let i = 0; i < 3; i += 1) {
            const stream = {
                send: (message: Buffer) => {
                    sent.push(message);
                    return Promise.resolve();
                },
                async *[Symbol.asyncIterator]() {
                    yield request({ start: 0, stop: 0 });
                    await Promise.resolve();
                },
            };
            await method.handle(stream, {
                peerAddress: '',
                clientCertificate: undefined,
                signal: new AbortController().signal,
                deadline: undefined,
            });
        }
        expect(read).toBe(1);
        expect(sent[0]).toBe(sent[2]);
    });
});
