// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastConfigIndex } from '../channel/configBlock.js';
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import type { CallContext, DuplexMethod } from '../process/serviceTable.js';
import { encode } from '../wire/decode.js';
import type { SignedData } from '../wire/envelope.js';
import { sha256 } from '../wire/hashing.js';
import { common, protos } from '../wire/protobuf.js';
import type { BlockSource } from './blockSource.js';
import { parseDeliverResponse } from './deliverResponse.js';
import { HeightWatch } from '../ledger/heightWatch.js';
import { ordererDeliverServices } from './ordererDelivery.js';
import { peerDeliverServices } from './peerDelivery.js';

const recordings = join(__dirname, '../../fixtures/fabric-3.1.5');
/** Height of the chain while the recordings were made, and a moment of that time. */
const recordedHeight = 107;
const recordedAt = new Date('2026-11-21T10:05:00Z');

type ExpectedResponse =
    | { readonly block: number; readonly sha256: string }
    | { readonly status: number }
    | { readonly omitted: number }
    | { readonly filteredBlock: object; readonly base64: string }
    | { readonly blockAndPrivateData: { readonly number: number; readonly privateDataMap: object } };
interface Recording {
    readonly id: string;
    readonly service: string;
    readonly requestBase64: string;
    readonly responses: readonly ExpectedResponse[];
    readonly end: { readonly timeout?: boolean; readonly code?: number };
}

const cases = readFileSync(join(recordings, 'services/deliver.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Recording);

const storedBlock = (number: number): Buffer =>
    readFileSync(join(recordings, `blocks/${String(number).padStart(4, '0')}.pb`));

/** A block as the orderer has it: without what peers add. */
function ordererBlock(number: number): Buffer {
    const block = common.Block.decode(storedBlock(number));
    const metadata = (block.metadata?.metadata ?? []).map((entry, index) =>
        index === 2 || index === 4 ? Buffer.alloc(0) : entry,
    );
    return encode(common.Block, { header: block.header ?? null, data: block.data ?? null, metadata: { metadata } });
}

function source(read: (number: number) => Buffer): BlockSource {
    const watch = new HeightWatch(recordedHeight);
    return {
        height: () => watch.height,
        blockBytes: read,
        waitForBlock: (number, signal) => watch.waitFor(number, signal),
    };
}

const configuration = ChannelConfiguration.fromConfigBlock(
    common.Block.decode(storedBlock(lastConfigIndex(common.Block.decode(storedBlock(recordedHeight - 1))))),
);
const rules = { timeWindowMs: 900_000, bindToClientCertificate: false, now: () => recordedAt };
const authorize = (path: string) => (signed: SignedData) => {
    configuration.policies.getOrReject(path).evaluate([signed]);
};
const ordererSource = source(ordererBlock);
const peerSource = source(storedBlock);
const services = {
    ...ordererDeliverServices({
        ...rules,
        channel: (id) =>
            id === 'power'
                ? { source: ordererSource, configSequence: () => 1, authorize: authorize('/Channel/Readers') }
                : undefined,
    }),
    ...peerDeliverServices({
        ...rules,
        channel: (id) =>
            id === 'power'
                ? {
                      source: peerSource,
                      configSequence: () => 1,
                      authorize: authorize('/Channel/Application/Readers'),
                      privateData: () => Promise.resolve(new Map()),
                  }
                : undefined,
    }),
};

/** Sends one request, half-closes, and collects what comes until the stream ends or nothing more comes for a while. */
async function replay({ service, requestBase64 }: Recording): Promise<{ responses: Buffer[]; ended: boolean }> {
    const responses: Buffer[] = [];
    const abort = new AbortController();
    const call: CallContext = {
        peerAddress: 'test',
        clientCertificate: undefined,
        signal: abort.signal,
        deadline: undefined,
    };
    let quiet = (): void => undefined;
    const silence = new Promise<'silent'>((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        quiet = () => {
            clearTimeout(timer);
            timer = setTimeout(() => {
                resolve('silent');
            }, 30);
        };
        quiet();
    });
    const stream = {
        send: (message: Buffer) => {
            responses.push(message);
            quiet();
            return Promise.resolve();
        },
        async *[Symbol.asyncIterator]() {
            yield Buffer.from(requestBase64, 'base64');
            // As the recorder did: the stream stays open after the request.
            await new Promise<void>((resolve) => {
                abort.signal.addEventListener('abort', () => {
                    resolve();
                });
            });
        },
    };
    const handled = (services[service] as DuplexMethod).handle(stream, call).then(() => 'ended' as const);
    const outcome = await Promise.race([handled, silence]);
    abort.abort();
    await handled;
    return { responses, ended: outcome === 'ended' };
}

function check(actual: Buffer, expected: Exclude<ExpectedResponse, { omitted: number }>): void {
    if ('filteredBlock' in expected) {
        expect(actual.toString('base64')).toBe(expected.base64);
        return;
    }
    if ('blockAndPrivateData' in expected) {
        const { blockAndPrivateData } = protos.DeliverResponse.decode(actual);
        expect(blockAndPrivateData?.block?.header?.number).toBe(expected.blockAndPrivateData.number);
        expect(blockAndPrivateData?.privateDataMap).toEqual(expected.blockAndPrivateData.privateDataMap);
        return;
    }
    const response = parseDeliverResponse(actual);
    if ('status' in expected) {
        expect(response).toEqual({ status: expected.status });
        return;
    }
    const bytes = 'blockBytes' in response ? response.blockBytes : Buffer.alloc(0);
    expect(sha256(bytes).toString('hex')).toBe(expected.sha256);
}

describe('Deliver answers as the recorded nodes did', () => {
    // The authority's peer has private data of a collection, which this test has not.
    const replayed = cases.filter(({ id }) => id !== 'private-data-authority');

    it('over every case but one', () => {
        expect(replayed).toHaveLength(52);
    });

    it.each(replayed.map((recording) => [recording.id, recording] as const))('%s', async (_, recording) => {
        const { responses, ended } = await replay(recording);
        let at = 0;
        for (const expected of recording.responses) {
            if ('omitted' in expected) {
                at += expected.omitted;
            } else {
                check(responses[at] ?? Buffer.alloc(0), expected);
                at += 1;
            }
        }
        expect(responses).toHaveLength(at);
        expect(ended).toBe(recording.end.code === 0);
    });
});
