// SPDX-License-Identifier: Apache-2.0
import { InMemoryLedger } from '../ledger/inMemoryLedger.js';
import '../ledger/testing/quietLog.js';
import { parseReadWriteSet } from '../ledger/simulation/readWriteSet.js';
import type { Simulation } from '../ledger/simulation/simulation.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { protos } from '../wire/protobuf.js';
import { ChaincodeRuntime, type ChaincodeResult } from './chaincodeRuntime.js';
import { MessageType } from './messageType.js';
import { PairedStream } from './testing/pairedStream.js';

// Each test is a case of Fabric 3.1's chaincode stream; docs/internals/engine-cases.md lists those that other files hold.

const packageId = 'cc_1:aa';
const text = (bytes: Uint8Array | null | undefined): string => asBuffer(bytes).toString();

/** One chaincode on its stream, played message by message. */
class PlayedChaincode {
    readonly stream = new PairedStream();
    readonly ledger = new InMemoryLedger({ channelId: 'ch1' });
    readonly #runtime: ChaincodeRuntime;
    #taken = 0;

    constructor(executeTimeoutMs = 1_000) {
        played.push(this);
        const endpoint = { address: 'a:1', dialTimeoutMs: 50, tlsRequired: false, clientAuthRequired: false };
        this.#runtime = new ChaincodeRuntime({
            executeTimeoutMs,
            startupTimeoutMs: 1_000,
            offer: {
                useWriteBatch: true,
                maxSizeWriteBatch: 1000,
                useGetMultipleKeys: true,
                maxSizeGetMultipleKeys: 1000,
            },
            endpoints: { endpointOf: () => Promise.resolve(endpoint) },
            dial: () => {
                this.send(MessageType.REGISTER, encode(protos.ChaincodeID, { name: packageId }));
                return { stream: this.stream.peer, connected: Promise.resolve(), close: () => undefined };
            },
        });
    }

    /** Starts a transaction; its results are those of the simulation. */
    execute(
        txId: string,
        args: readonly string[],
        isInit = false,
    ): { simulation: Simulation; result: Promise<ChaincodeResult> } {
        const simulation = this.ledger.newSimulation(txId);
        const result = this.#runtime.execute({
            packageId,
            channelId: 'ch1',
            txId,
            chaincode: 'cc',
            definition: { version: '1.0', initRequired: isInit },
            input: { args: args.map((arg) => Buffer.from(arg)), ...(isInit && { isInit }) },
            signedProposal: { proposalBytes: Buffer.from('proposal') },
            simulation,
            call: () => Promise.reject(new Error('calls nobody')),
        });
        // Most tests look at the messages only, and end before the transaction does.
        result.catch(() => undefined);
        return { simulation, result };
    }

    send(type: number, payload: Uint8Array = Buffer.alloc(0), txid = ''): void {
        const channelId = txid === '' ? '' : 'ch1';
        this.stream.fromChaincode(encode(protos.ChaincodeMessage, { type, payload, txid, channelId }));
    }

    /** The next message that the peer sent. */
    async next(): Promise<protos.ChaincodeMessage> {
        for (let turn = 0; this.stream.sent.length <= this.#taken; turn++) {
            if (turn > 1_000) throw new Error('the peer sends nothing');
            await new Promise(setImmediate);
        }
        return decode(protos.ChaincodeMessage, this.stream.sent[this.#taken++]!, 'message');
    }

    async ask(type: number, payload: Uint8Array, txId: string): Promise<protos.ChaincodeMessage> {
        this.send(type, payload, txId);
        return this.next();
    }

    /** Registers, and takes the messages that come before the chaincode may ask. */
    async begin(txId: string): Promise<{ simulation: Simulation; result: Promise<ChaincodeResult> }> {
        const begun = this.execute(txId, ['f']);
        while ((await this.next()).type !== MessageType.TRANSACTION);
        return begun;
    }

    complete(txId: string, status = 200): void {
        this.send(MessageType.COMPLETED, encode(protos.Response, { status }), txId);
    }
}

const played: PlayedChaincode[] = [];
afterEach(() => {
    for (const { stream } of played.splice(0)) stream.break();
});

async function withKeys(count: number, chaincode = new PlayedChaincode()): Promise<PlayedChaincode> {
    const simulation = chaincode.ledger.newSimulation('setup');
    for (let i = 0; i < count; i++) simulation.setState('cc', `k${String(i).padStart(4, '0')}`, Buffer.from('v'));
    await chaincode.ledger.commit([{ txId: 'setup', results: simulation.finish().results }]);
    return chaincode;
}

const wholeRange = encode(protos.GetStateByRange, { startKey: 'k', endKey: 'l' });
const queryOf = ({ payload }: protos.ChaincodeMessage): protos.QueryResponse =>
    decode(protos.QueryResponse, asBuffer(payload), 'QueryResponse');

describe('a transaction on the stream', () => {
    it('is the recorded exchange of messages for a put', async () => {
        const chaincode = new PlayedChaincode();
        const { simulation, result } = chaincode.execute('T', ['put', 'k', 'v']);
        expect((await chaincode.next()).type).toBe(MessageType.REGISTERED);
        const ready = await chaincode.next();
        expect([ready.type, asBuffer(ready.payload).toString('hex')]).toEqual([
            MessageType.READY,
            '080110e807180120e807',
        ]);
        const call = await chaincode.next();
        expect(call).toMatchObject({ type: MessageType.TRANSACTION, channelId: 'ch1', txid: 'T' });
        expect(asBuffer(call.payload).toString('hex')).toBe('0a037075740a016b0a0176');
        expect(text(call.proposal?.proposalBytes)).toBe('proposal');
        const answer = await chaincode.ask(MessageType.PUT_STATE, Buffer.from('0a016b120176', 'hex'), 'T');
        expect(answer).toMatchObject({ type: MessageType.RESPONSE, channelId: 'ch1', txid: 'T' });
        expect(answer.payload).toHaveLength(0);
        chaincode.send(MessageType.COMPLETED, Buffer.from('08c801', 'hex'), 'T');
        expect((await result).response.status).toBe(200);
        const [set] = parseReadWriteSet(simulation.finish().results);
        expect([set?.namespace, set?.kv.writes[0]?.key, text(set?.kv.writes[0]?.value)]).toEqual(['cc', 'k', 'v']);
    });

    it('that initialises has another type and says so behind its arguments', async () => {
        const chaincode = new PlayedChaincode();
        const { result } = chaincode.execute('T', ['put', 'k', 'v'], true);
        await chaincode.next();
        await chaincode.next();
        const call = await chaincode.next();
        expect([call.type, asBuffer(call.payload).toString('hex')]).toEqual([
            MessageType.INIT,
            '0a037075740a016b0a01761801',
        ]);
        chaincode.complete('T');
        await result;
    });

    it('after five silent minutes needs no word in between', async () => {
        const chaincode = new PlayedChaincode();
        const first = await chaincode.begin('t1');
        chaincode.complete('t1');
        await first.result;
        jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
        try {
            const before = chaincode.stream.sent.length;
            await jest.advanceTimersByTimeAsync(300_000);
            expect(chaincode.stream.sent).toHaveLength(before);
        } finally {
            jest.useRealTimers();
        }
        const second = await chaincode.begin('t2');
        chaincode.complete('t2');
        expect((await second.result).response.status).toBe(200);
    });

    it('that timed out has no ledger any more, and the stream goes on', async () => {
        const chaincode = new PlayedChaincode(30);
        const { result } = await chaincode.begin('t1');
        await expect(result).rejects.toThrow('timeout expired while executing transaction');
        const late = await chaincode.ask(MessageType.PUT_STATE, encode(protos.PutState, { key: 'k' }), 't1');
        expect(late.type).toBe(MessageType.ERROR);
        expect(text(late.payload)).toContain('no ledger context');
        const next = await chaincode.begin('t2');
        chaincode.complete('t2');
        expect((await next.result).response.status).toBe(200);
    });

    it('gets the committed value after a put of the same key', async () => {
        const chaincode = await withKeys(1);
        const { simulation } = await chaincode.begin('t1');
        await chaincode.ask(
            MessageType.PUT_STATE,
            encode(protos.PutState, { key: 'k0000', value: Buffer.from('own') }),
            't1',
        );
        const got = await chaincode.ask(MessageType.GET_STATE, encode(protos.GetState, { key: 'k0000' }), 't1');
        expect(text(got.payload)).toBe('v');
        const [set] = parseReadWriteSet(simulation.finish().results);
        expect(set?.kv.reads).toMatchObject([{ key: 'k0000', version: { blockNum: 1 } }]);
    });

    it('asks twenty times at once and is answered in order', async () => {
        const chaincode = await withKeys(20);
        await chaincode.begin('t1');
        const keys = Array.from({ length: 20 }, (_, i) => `k${String(i).padStart(4, '0')}`);
        const simulation = chaincode.ledger.newSimulation('values');
        keys.forEach((key, i) => {
            simulation.setState('cc', key, Buffer.from(String(i)));
        });
        await chaincode.ledger.commit([{ txId: 'values', results: simulation.finish().results }]);
        const { result } = await chaincode.begin('t2');
        for (const key of keys) chaincode.send(MessageType.GET_STATE, encode(protos.GetState, { key }), 't2');
        const answers: string[] = [];
        while (answers.length < keys.length) answers.push(text((await chaincode.next()).payload));
        expect(answers).toEqual(keys.map((_, i) => String(i)));
        chaincode.complete('t2');
        await result;
    });
});

describe('a range query on the stream', () => {
    const nextOf = (id: string): Buffer => encode(protos.QueryStateNext, { id });

    it.each([
        [450, [100, 100, 100, 100, 50]],
        [200, [100, 100]],
    ])('over %i rows comes in batches of %j under one id', async (count, batches) => {
        const chaincode = await withKeys(count);
        await chaincode.begin('t1');
        let query = queryOf(await chaincode.ask(MessageType.GET_STATE_BY_RANGE, wholeRange, 't1'));
        const { id } = query;
        const seen = [query.results.length];
        while (query.hasMore) {
            query = queryOf(await chaincode.ask(MessageType.QUERY_STATE_NEXT, nextOf(id), 't1'));
            expect(query.id).toBe(id);
            seen.push(query.results.length);
        }
        expect(seen).toEqual(batches);
    });

    it('that is closed after its first row has 101 of them in the read set', async () => {
        const chaincode = await withKeys(400);
        const { simulation } = await chaincode.begin('t1');
        const { id } = queryOf(await chaincode.ask(MessageType.GET_STATE_BY_RANGE, wholeRange, 't1'));
        await chaincode.ask(MessageType.QUERY_STATE_CLOSE, encode(protos.QueryStateClose, { id }), 't1');
        const [info] = parseReadWriteSet(simulation.finish().results)[0]?.kv.rangeQueriesInfo ?? [];
        expect([info?.endKey, info?.itrExhausted ?? false]).toEqual(['k0100', false]);
        expect(info?.readsMerkleHashes?.maxLevelHashes).toHaveLength(2);
    });

    it('may be closed whatever its id, and not be read after its end', async () => {
        const chaincode = await withKeys(3);
        await chaincode.begin('t1');
        const unknown = encode(protos.QueryStateClose, { id: 'nobody' });
        expect((await chaincode.ask(MessageType.QUERY_STATE_CLOSE, unknown, 't1')).type).toBe(MessageType.RESPONSE);
        const { id, hasMore } = queryOf(await chaincode.ask(MessageType.GET_STATE_BY_RANGE, wholeRange, 't1'));
        expect(hasMore).toBe(false);
        const beyond = await chaincode.ask(MessageType.QUERY_STATE_NEXT, nextOf(id), 't1');
        expect(beyond.type).toBe(MessageType.ERROR);
        expect(text(beyond.payload)).toContain('query iterator not found');
    });
});
