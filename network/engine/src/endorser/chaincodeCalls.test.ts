// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChaincodeRuntime, type ChaincodeResult } from '../chaincode/chaincodeRuntime.js';
import { MessageType } from '../chaincode/messageType.js';
import { PairedStream } from '../chaincode/testing/pairedStream.js';
import { InMemoryLedger } from '../ledger/inMemoryLedger.js';
import { parseReadWriteSet } from '../ledger/simulation/readWriteSet.js';
import type { Simulation } from '../ledger/simulation/simulation.js';
import type { AccessControl } from '../lifecycle/accessControl.js';
import type { PeerChannel, PeerChannels } from '../lifecycle/peerChannels.js';
import { Qscc } from '../lifecycle/qscc.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { protos } from '../wire/protobuf.js';
import { ChaincodeCalls } from './chaincodeCalls.js';
import type { ChaincodeCatalog, RunnableChaincode } from './chaincodeCatalog.js';

interface Recorded {
    readonly label: string;
    readonly stream: string;
    readonly direction: 'peer->chaincode' | 'chaincode->peer';
    readonly typeNumber: number;
    readonly txid: string;
    readonly channelId: string;
    readonly payloadBase64?: string;
}

const recorded = readFileSync(join(__dirname, '../../fixtures/fabric-3.1.5/shim/transactions.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
const textOf = (payload: Uint8Array): string => asBuffer(payload).toString('latin1');

type Answer = (message: protos.ChaincodeMessage, send: (message: protos.ChaincodeMessage.$Properties) => void) => void;

/** A peer on the channels `power` and `other` that runs chaincodes played by the test; package ids are their names. */
class Peer {
    readonly ledgers: ReadonlyMap<string, InMemoryLedger>;
    /** What the peer sent to each chaincode in transactions. */
    readonly sent = new Map<string, protos.ChaincodeMessage[]>();
    readonly answers = new Map<string, Answer>();
    readonly forbidden = new Set<string>();
    readonly #runtime: ChaincodeRuntime;
    readonly #calls: ChaincodeCalls;

    constructor() {
        this.ledgers = new Map(['power', 'other'].map((channelId) => [channelId, new InMemoryLedger({ channelId })]));
        const channels: PeerChannels = {
            get: (id) => {
                const ledger = this.ledgers.get(id);
                return ledger && ({ ledger } as unknown as PeerChannel);
            },
            ids: () => [...this.ledgers.keys()],
            join: () => Promise.reject(new Error('not here')),
        };
        const accessControl = {
            checkAcl: (resource: string, channelId: string) => {
                if (!this.ledgers.has(channelId)) {
                    throw new Error(`Failed to get policy manager for channel [${channelId}]`);
                }
                if (this.forbidden.has(channelId)) throw new Error(`${resource} refused`);
            },
        } as unknown as AccessControl;
        const catalog = { findFor: (_: unknown, __: string, name: string) => this.#runnable(name) };
        this.#runtime = new ChaincodeRuntime({
            executeTimeoutMs: 1_000,
            startupTimeoutMs: 1_000,
            offer: {},
            endpoints: { endpointOf: (packageId) => Promise.resolve(endpointNamed(packageId)) },
            dial: ({ address }) => this.#dial(address),
        });
        this.#calls = new ChaincodeCalls({
            channels,
            accessControl,
            systemChaincodes: new Map([['qscc', new Qscc({ channels, accessControl })]]),
            catalog: catalog as unknown as ChaincodeCatalog,
            runtime: this.#runtime,
        });
    }

    async execute(
        chaincode: string,
        txId: string,
        args: readonly Uint8Array[] = [],
    ): Promise<{ result: ChaincodeResult; namespaces: string[] }> {
        const simulation = this.ledger('power').newSimulation(txId);
        const result = await this.#runtime.execute({
            ...this.#runnable(chaincode),
            channelId: 'power',
            txId,
            chaincode,
            input: { args: [...args] },
            signedProposal: {},
            simulation,
            call: this.callsOf(simulation),
        });
        return { result, namespaces: parseReadWriteSet(simulation.finish().results).map((set) => set.namespace) };
    }

    callsOf(simulation: Simulation): ReturnType<ChaincodeCalls['of']> {
        const { txId } = simulation;
        const identity = { invoked: 'vector', signed: {}, creator: Buffer.alloc(0) };
        return this.#calls.of({ channelId: 'power', txId, simulation, ...identity });
    }

    ledger(channelId: string): InMemoryLedger {
        const ledger = this.ledgers.get(channelId);
        if (ledger === undefined) throw new Error(`no channel ${channelId}`);
        return ledger;
    }

    #runnable(name: string): RunnableChaincode {
        if (!this.answers.has(name)) throw new Error(`chaincode ${name} not found`);
        const definition = { version: '1', initRequired: false } as RunnableChaincode['definition'];
        return { definition, packageId: name };
    }

    #dial(name: string): ReturnType<NonNullable<ConstructorParameters<typeof ChaincodeRuntime>[0]['dial']>> {
        const stream = new PairedStream();
        const send = (message: protos.ChaincodeMessage.$Properties): void => {
            stream.fromChaincode(encode(protos.ChaincodeMessage, message));
        };
        const sent: protos.ChaincodeMessage[] = [];
        this.sent.set(name, sent);
        stream.onSent((bytes) => {
            const message = decode(protos.ChaincodeMessage, bytes, 'message');
            if (message.txid === '') return;
            sent.push(message);
            this.answers.get(name)?.(message, send);
        });
        send({ type: MessageType.REGISTER, payload: encode(protos.ChaincodeID, { name }) });
        return { stream: stream.peer, connected: Promise.resolve(), close: () => undefined };
    }
}

function endpointNamed(address: string): {
    address: string;
    dialTimeoutMs: number;
    tlsRequired: false;
    clientAuthRequired: false;
} {
    return { address, dialTimeoutMs: 50, tlsRequired: false, clientAuthRequired: false };
}

/** Plays the chaincode's side of a recorded stream: after each message of the peer what the chaincode sent next. */
function replay(stream: readonly Recorded[]): Answer {
    const script = [...stream];
    return (_message, send) => {
        script.shift();
        while (script[0]?.direction === 'chaincode->peer') {
            const { typeNumber: type, txid, channelId, payloadBase64 = '' } = script.shift() ?? script[0];
            send({ type, txid, channelId, payload: Buffer.from(payloadBase64, 'base64') });
        }
    };
}

const labels = [
    'cc2cc-write-both',
    'cc2cc-error',
    'evaluate-cc2cc-same',
    'evaluate-cc2cc-unknown',
    'evaluate-cc2cc-system',
];

test.each(labels)('sends the messages of the recorded call %s to both chaincodes', async (label) => {
    const messages = recorded.filter((message) => message.label === label);
    const streams = [
        { chaincode: 'vector', messages: messages.filter(({ stream }) => stream.startsWith('main')) },
        { chaincode: 'helper', messages: messages.filter(({ stream }) => stream.startsWith('aux')) },
    ];
    const peer = new Peer();
    for (const stream of streams) peer.answers.set(stream.chaincode, replay(stream.messages));
    const [first] = messages;
    const input = decode(protos.ChaincodeInput, Buffer.from(first?.payloadBase64 ?? '', 'base64'), 'input');
    await peer.execute('vector', first?.txid ?? '', input.args);
    for (const stream of streams) {
        const sent = (peer.sent.get(stream.chaincode) ?? []).map(({ type, channelId, payload }) => ({
            type,
            channelId,
            payload: textOf(payload),
        }));
        const expected = stream.messages
            .filter(({ direction }) => direction === 'peer->chaincode')
            .map(({ typeNumber: type, channelId, payloadBase64 = '' }) => ({
                type,
                channelId,
                payload: Buffer.from(payloadBase64, 'base64').toString('latin1'),
            }));
        expect(sent).toEqual(expected);
    }
});

/** A chaincode that writes one key and answers. */
const writes =
    (final: protos.ChaincodeMessage.$Properties = {}): Answer =>
    ({ type, txid, channelId }, send) => {
        const payload = encode(protos.PutState, { key: 'k', value: Buffer.from('v') });
        if (type === MessageType.TRANSACTION) send({ type: MessageType.PUT_STATE, txid, channelId, payload });
        else
            send({
                type: MessageType.COMPLETED,
                txid,
                channelId,
                payload: encode(protos.Response, { status: 200 }),
                ...final,
            });
    };
/** A chaincode that calls another one and answers with what it got. */
const calls =
    (target: string): Answer =>
    ({ type, txid, channelId, payload }, send) => {
        const call = encode(protos.ChaincodeSpec, { chaincodeId: { name: target }, input: { args: [] } });
        if (type === MessageType.TRANSACTION) {
            send({ type: MessageType.INVOKE_CHAINCODE, txid, channelId, payload: call });
        } else {
            send({
                type: MessageType.COMPLETED,
                txid,
                channelId,
                payload: encode(protos.Response, { status: 200, payload }),
            });
        }
    };

test('on the same channel both chaincodes write into one read-write set, each into its own namespace', async () => {
    const peer = new Peer();
    peer.answers.set('caller', calls('called:1.0')).set('called', writes());
    expect((await peer.execute('caller', 't1')).namespaces).toEqual(['called']);
});

test('on another channel nothing of what the called chaincode does is kept', async () => {
    const peer = new Peer();
    peer.answers.set('caller', calls('called/other')).set('called', writes());
    const { result, namespaces } = await peer.execute('caller', 't1');
    expect(result.response.status).toBe(200);
    expect(namespaces).toEqual([]);
    expect(peer.sent.get('called')?.[0]).toMatchObject({ txid: 't1', channelId: 'other' });
});

test("the called chaincode's event goes to the caller and not into the transaction", async () => {
    const peer = new Peer();
    peer.answers.set('caller', calls('called')).set('called', writes({ chaincodeEvent: { eventName: 'E' } }));
    const { result } = await peer.execute('caller', 't1');
    expect(result.event).toBeUndefined();
    const answer = decode(protos.ChaincodeMessage, asBuffer(result.response.payload), 'message');
    expect(answer.chaincodeEvent?.eventName).toBe('E');
});

test("the called chaincode's ERROR is an answer too", async () => {
    const peer = new Peer();
    const broken = { type: MessageType.ERROR, payload: Buffer.from('broken') };
    peer.answers.set('caller', calls('called')).set('called', writes(broken));
    const { result } = await peer.execute('caller', 't1');
    expect(decode(protos.ChaincodeMessage, asBuffer(result.response.payload), 'message')).toMatchObject(broken);
});

test("the called chaincode's writes stay when it answers with an error and its caller does not", async () => {
    const peer = new Peer();
    const refusing = { payload: encode(protos.Response, { status: 500, message: 'refused' }) };
    peer.answers.set('caller', calls('called')).set('called', writes(refusing));
    const { result, namespaces } = await peer.execute('caller', 't1');
    expect(result.response.status).toBe(200);
    expect(namespaces).toEqual(['called']);
});

test.each([
    ['a cycle', 'called', 'caller'],
    ['a call of itself', 'caller', 'caller'],
])('%s on one channel is refused, because the transaction runs there already', async (_what, first, second) => {
    const peer = new Peer();
    peer.answers.set('called', calls(second)).set('caller', calls(first));
    const { result } = await peer.execute('caller', 't1');
    expect(textOf(result.response.payload)).toContain(
        'INVOKE_CHAINCODE failed: transaction ID: t1: execute failed: error sending: txid: t1(power) exists',
    );
});

test('the same chaincode may be called on another channel', async () => {
    const peer = new Peer();
    let depth = 0;
    peer.answers.set('caller', (message, send) => {
        (message.channelId === 'power' ? calls('caller/other') : writes())(message, send);
        depth += 1;
    });
    expect((await peer.execute('caller', 't1')).result.response.status).toBe(200);
    expect(depth).toBe(4);
});

test.each([
    ['a channel that the peer does not know', 'called/nowhere', 'Failed to get policy manager for channel [nowhere]'],
    ['a channel whose writers the client is not among', 'called/other', 'peer/ChaincodeToChaincode refused'],
])('refuses a call on %s', async (_what, target, text) => {
    const peer = new Peer();
    peer.forbidden.add('other');
    peer.answers.set('caller', calls(target)).set('called', writes());
    const { result } = await peer.execute('caller', 't1');
    expect(textOf(result.response.payload)).toBe(`INVOKE_CHAINCODE failed: transaction ID: t1: ${text}`);
    expect(peer.sent.has('called')).toBe(false);
});

test('a call after the transaction is over is refused', async () => {
    const peer = new Peer();
    peer.answers.set('called', writes());
    const simulation = peer.ledger('power').newSimulation('t1');
    simulation.finish();
    const answer = await peer.callsOf(simulation)('called', {});
    expect(answer.type).toBe(MessageType.COMPLETED);
    expect(textOf(peer.sent.get('called')?.[1]?.payload ?? Buffer.alloc(0))).toContain(
        'this instance should not be used after calling Done()',
    );
});
