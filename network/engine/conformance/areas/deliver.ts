// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from 'node:util';
import type { BlockSource } from '../../src/delivery/blockSource.js';
import { parseDeliverResponse } from '../../src/delivery/deliverResponse.js';
import { ordererDeliverServices } from '../../src/delivery/ordererDelivery.js';
import { peerDeliverServices } from '../../src/delivery/peerDelivery.js';
import { HeightWatch } from '../../src/ledger/heightWatch.js';
import type { CallContext, DuplexMethod, ServiceTable } from '../../src/process/serviceTable.js';
import { encode } from '../../src/wire/decode.js';
import type { SignedData } from '../../src/wire/envelope.js';
import { sha256 } from '../../src/wire/hashing.js';
import { common, protos } from '../../src/wire/protobuf.js';
import type { Checks } from '../checks.js';
import { recordedAt } from '../recordedTime.js';
import type { Line, Recordings } from '../recordings.js';

type RecordedResponse =
    | { readonly block: number; readonly sha256: string }
    | { readonly status: number }
    | { readonly omitted: number }
    | { readonly filteredBlock: object; readonly base64: string }
    | { readonly blockAndPrivateData: { readonly number: number; readonly privateDataMap: object } };

interface Recorded {
    readonly id: string;
    readonly service: string;
    readonly seek: { readonly start?: unknown };
    readonly requestBase64: string;
    readonly responses: readonly RecordedResponse[];
    readonly end: { readonly timeout?: boolean; readonly code?: number };
}

const file = 'services/deliver.jsonl';
/** A stream that says nothing for this long is taken to wait, as the recorder took it. */
const silenceMs = 150;

/** Every recorded seek to the Deliver services of orderer and peer. */
export async function replayDeliver(recordings: Recordings, checks: Checks): Promise<void> {
    const cases = recordings.lines<Recorded>(file);
    const services = servicesAt(recordings, recordedHeight(cases));
    await Promise.all(
        cases.map(async ({ line, value }) => {
            const place = { file, line, label: value.id };
            await checks.guard(place, async () => {
                const { responses, ended } = await seek(services, value);
                const received = describe(responses, value.responses);
                checks.equal(
                    place,
                    { responses: value.responses.map(expected), ended: value.end.code === 0 },
                    {
                        responses: received,
                        ended,
                    },
                );
            });
        }),
    );
}

/** The newest block at the time of the recording shows in the answer to a seek for it. */
function recordedHeight(cases: readonly Line<Recorded>[]): number {
    for (const { value } of cases) {
        const [first] = value.responses;
        if (value.seek.start === 'newest' && first !== undefined && 'block' in first) return first.block + 1;
    }
    throw new Error('no seek for the newest block was recorded');
}

function servicesAt(recordings: Recordings, height: number): ServiceTable {
    const blocks = recordings.blocks('blocks');
    const configuration = recordings.configurationAt(height);
    const block = (number: number): (typeof blocks)[number] => {
        const found = blocks[number];
        if (found === undefined) throw new Error(`no block ${String(number)} was recorded`);
        return found;
    };
    const source = (blockBytes: (number: number) => Buffer): BlockSource => {
        const watch = new HeightWatch(height);
        return {
            height: () => watch.height,
            blockBytes,
            waitForBlock: (number, signal) => watch.waitFor(number, signal),
        };
    };
    const now = recordedAt(recordings);
    const rules = { timeWindowMs: 900_000, bindToClientCertificate: false, now: () => now };
    const authorize = (path: string) => (signed: SignedData) => {
        configuration.policies.getOrReject(path).evaluate([signed]);
    };
    const ordered = source((number) => encode(common.Block, block(number).ordererBlock));
    const stored = source((number) => block(number).peerBytes);
    const { channel } = recordings.set;
    const whenKnown =
        <T>(known: T) =>
        (id: string): T | undefined =>
            id === channel ? known : undefined;
    return {
        ...ordererDeliverServices({
            ...rules,
            channel: whenKnown({ source: ordered, configSequence: () => 1, authorize: authorize('/Channel/Readers') }),
        }),
        ...peerDeliverServices({
            ...rules,
            channel: whenKnown({
                source: stored,
                configSequence: () => 1,
                authorize: authorize('/Channel/Application/Readers'),
                privateData: () => Promise.resolve(new Map()),
            }),
        }),
    };
}

/** Sends one request and keeps the stream open, as the recorder did, until it ends or falls silent. */
async function seek(
    services: ServiceTable,
    { service, requestBase64 }: Recorded,
): Promise<{ responses: Buffer[]; ended: boolean }> {
    const responses: Buffer[] = [];
    const abort = new AbortController();
    const context: CallContext = {
        peerAddress: 'conformance',
        clientCertificate: undefined,
        signal: abort.signal,
        deadline: undefined,
    };
    const silence = Promise.withResolvers<'silent'>();
    const quiet = (): NodeJS.Timeout =>
        setTimeout(() => {
            silence.resolve('silent');
        }, silenceMs);
    let timer = quiet();
    const stream = {
        send: (message: Buffer) => {
            responses.push(message);
            clearTimeout(timer);
            timer = quiet();
            return Promise.resolve();
        },
        async *[Symbol.asyncIterator]() {
            yield Buffer.from(requestBase64, 'base64');
            await new Promise((resolve) => {
                abort.signal.addEventListener('abort', resolve);
            });
        },
    };
    const handled = (services[service] as DuplexMethod).handle(stream, context).then(() => 'ended' as const);
    const outcome = await Promise.race([handled, silence.promise]);
    clearTimeout(timer);
    abort.abort();
    await handled;
    return { responses, ended: outcome === 'ended' };
}

/** The recorded response without what is recorded for readers only. */
function expected(response: RecordedResponse): unknown {
    if ('status' in response) return { status: response.status };
    if ('block' in response) return { block: response.block, sha256: response.sha256 };
    if ('filteredBlock' in response) return { base64: response.base64 };
    return response;
}

function describe(responses: readonly Buffer[], recorded: readonly RecordedResponse[]): unknown[] {
    const rest = [...responses];
    const described = recorded.map((response) => {
        if ('omitted' in response) return { omitted: rest.splice(0, response.omitted).length };
        const bytes = rest.shift();
        return bytes === undefined ? 'nothing' : describeOne(bytes, response);
    });
    return [...described, ...rest.map((bytes) => describeOne(bytes, { status: 0 }))];
}

function describeOne(bytes: Buffer, recorded: RecordedResponse): unknown {
    if ('filteredBlock' in recorded) return { base64: bytes.toString('base64') };
    if ('blockAndPrivateData' in recorded) {
        const { blockAndPrivateData } = protos.DeliverResponse.decode(bytes);
        const { block, privateDataMap } = blockAndPrivateData ?? {};
        const map = isDeepStrictEqual({ ...privateDataMap }, {}) ? {} : privateDataMap;
        return { blockAndPrivateData: { number: block?.header?.number, privateDataMap: map } };
    }
    const response = parseDeliverResponse(bytes);
    if (!('blockBytes' in response)) return response;
    const { header } = common.Block.decode(response.blockBytes);
    return { block: header?.number, sha256: sha256(response.blockBytes).toString('hex') };
}
