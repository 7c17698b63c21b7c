// SPDX-License-Identifier: Apache-2.0
import { InMemoryLedger } from '../ledger/inMemoryLedger.js';
import { decode, encode } from '../wire/decode.js';
import { protos } from '../wire/protobuf.js';
import { ChaincodeRuntime, type ChaincodeResult } from './chaincodeRuntime.js';
import { initializedKey } from './invocationCheck.js';
import { MessageType } from './messageType.js';
import { PairedStream } from './testing/pairedStream.js';

const packageId = 'cc_1:aa';
const dialFailed = `could not launch chaincode ${packageId}: connection to ${packageId} failed: error cannot create connection for ${packageId}: error creating grpc connection to localhost:1: failed to create new connection: connection error: desc = "transport: error while dialing: dial tcp localhost:1: connect: connection refused"`;

type Answer = (message: protos.ChaincodeMessage, send: (message: protos.ChaincodeMessage.$Properties) => void) => void;

const respond =
    (response: protos.Response.$Properties, event?: protos.ChaincodeEvent.$Properties): Answer =>
    ({ txid, channelId }, send) => {
        const payload = encode(protos.Response, response);
        send({ type: MessageType.COMPLETED, txid, channelId, payload, ...(event && { chaincodeEvent: event }) });
    };

/** A runtime whose chaincode is played by the test; each dial takes the next script. */
class Played {
    readonly streams: PairedStream[] = [];
    readonly ledger = new InMemoryLedger({ channelId: 'ch' });
    readonly runtime: ChaincodeRuntime;
    answer: Answer = respond({ status: 200 });
    name = packageId;
    reachable = true;

    constructor(executeTimeoutMs = 1_000) {
        this.runtime = new ChaincodeRuntime({
            executeTimeoutMs,
            startupTimeoutMs: 50,
            offer: {},
            endpoints: {
                endpointOf: () =>
                    Promise.resolve({
                        address: 'localhost:1',
                        dialTimeoutMs: 50,
                        tlsRequired: false,
                        clientAuthRequired: false,
                    }),
            },
            dial: () => this.#dial(),
        });
    }

    execute(
        txId: string,
        definition = { version: '1', initRequired: false },
        isInit = false,
    ): Promise<ChaincodeResult> {
        const simulation = this.ledger.newSimulation(txId);
        return this.runtime.execute({
            packageId,
            channelId: 'ch',
            txId,
            chaincode: 'cc',
            definition,
            input: { args: [Buffer.from('f')], isInit },
            signedProposal: {},
            simulation,
            call: () => Promise.reject(new Error('calls nobody')),
        });
    }

    #dial(): ReturnType<NonNullable<ConstructorParameters<typeof ChaincodeRuntime>[0]['dial']>> {
        const stream = new PairedStream();
        this.streams.push(stream);
        const send = (message: protos.ChaincodeMessage.$Properties): void => {
            stream.fromChaincode(encode(protos.ChaincodeMessage, message));
        };
        if (this.reachable) {
            stream.onSent((bytes) => {
                const message = decode(protos.ChaincodeMessage, bytes, 'message');
                const isCall = message.type === MessageType.TRANSACTION || message.type === MessageType.INIT;
                if (isCall) this.answer(message, send);
            });
            if (this.name !== '')
                send({ type: MessageType.REGISTER, payload: encode(protos.ChaincodeID, { name: this.name }) });
        } else {
            stream.refuse();
        }
        const connected = this.reachable ? Promise.resolve() : new Promise<void>(() => undefined);
        return { stream: stream.peer, connected, close: () => undefined };
    }
}

test("gives the chaincode's response, with an event that carries the true names", async () => {
    const played = new Played();
    played.answer = respond(
        { status: 200, payload: Buffer.from('p') },
        { chaincodeId: 'lies', txId: 'lies', eventName: 'E' },
    );
    const { response, event } = await played.execute('t1');
    expect([response.status, Buffer.from(response.payload).toString()]).toEqual([200, 'p']);
    expect(event).toMatchObject({ chaincodeId: 'cc', txId: 't1', eventName: 'E' });
});

test('one connection serves any number of transactions', async () => {
    const played = new Played();
    await Promise.all(['t1', 't2', 't3'].map((txId) => played.execute(txId)));
    expect(played.streams).toHaveLength(1);
});

test('the transaction after a broken stream dials again', async () => {
    const played = new Played();
    await played.execute('t1');
    played.streams[0]?.break();
    await new Promise(setImmediate);
    await played.execute('t2');
    expect(played.streams).toHaveLength(2);
});

test('a stream that breaks fails the transactions on it', async () => {
    const played = new Played();
    played.answer = () => {
        played.streams[0]?.break();
    };
    await expect(played.execute('t1')).rejects.toThrow(
        'failed to execute transaction t1: error sending: chaincode stream terminated',
    );
});

test('an unreachable chaincode is named, and tried again by the next transaction', async () => {
    const played = new Played();
    played.reachable = false;
    await expect(played.execute('t1')).rejects.toThrow(`failed to execute transaction t1: ${dialFailed}`);
    played.reachable = true;
    await expect(played.execute('t2')).resolves.toMatchObject({ response: { status: 200 } });
});

test('a chaincode that registers as another package is not answered, and given up', async () => {
    const played = new Played();
    played.name = 'other:bb';
    await expect(played.execute('t1')).rejects.toThrow(
        `timeout expired while starting chaincode ${packageId} for transaction`,
    );
    expect(played.streams.map(({ sent }) => sent)).toEqual([[]]);
});

test.each([
    ['breaks', 'receive from chaincode support stream failed: rpc error: code = Unavailable desc = Connection dropped'],
    [
        'begins with another message',
        'error handling message, ending stream: [t] Fabric side handler cannot handle message (COMPLETED) while in created state',
    ],
])('a stream that %s before the chaincode has registered is named as such', async (how, reason) => {
    const played = new Played();
    played.name = '';
    const execution = played.execute('t1');
    await Promise.resolve();
    const [stream] = played.streams;
    if (how === 'breaks') stream?.break();
    else stream?.fromChaincode(encode(protos.ChaincodeMessage, { type: MessageType.COMPLETED, txid: 't' }));
    await expect(execution).rejects.toThrow(
        `could not launch chaincode ${packageId}: connection to ${packageId} failed: error handling chaincode stream for ${packageId}: ${reason}`,
    );
});

test('a chaincode that does not register is given up', async () => {
    const played = new Played();
    played.name = '';
    await expect(played.execute('t1')).rejects.toThrow(
        `timeout expired while starting chaincode ${packageId} for transaction`,
    );
});

test('a chaincode that does not answer is given up, and the stream goes on', async () => {
    const played = new Played(20);
    played.answer = () => undefined;
    await expect(played.execute('t1')).rejects.toThrow('error sending: timeout expired while executing transaction');
    played.answer = respond({ status: 200 });
    await played.execute('t2');
    expect(played.streams).toHaveLength(1);
});

test('a transaction that runs already is refused', async () => {
    const played = new Played(20);
    played.answer = () => undefined;
    const first = played.execute('t1');
    await expect(played.execute('t1')).rejects.toThrow('error sending: txid: t1(ch) exists');
    await expect(first).rejects.toThrow('timeout');
});

test("the shim's own error ends the transaction with its text", async () => {
    const played = new Played();
    played.answer = ({ txid, channelId }, send) => {
        send({ type: MessageType.ERROR, txid, channelId, payload: Buffer.from('broken') });
    };
    await expect(played.execute('t1')).rejects.toThrow('transaction returned with failure: broken');
});

test('a response that is none is refused', async () => {
    const played = new Played();
    played.answer = ({ txid, channelId }, send) => {
        send({ type: MessageType.COMPLETED, txid, channelId, payload: Buffer.from([0xff, 0xff]) });
    };
    await expect(played.execute('t1')).rejects.toThrow('failed to unmarshal response for transaction t1');
});

describe('initialisation', () => {
    const required = { version: '2', initRequired: true };

    test('is refused where the definition asks for none', async () => {
        await expect(new Played().execute('t1', undefined, true)).rejects.toThrow(
            "failed to execute transaction t1: invalid invocation: chaincode 'cc' does not require initialization but called as init",
        );
    });

    test('must come first where the definition asks for it', async () => {
        await expect(new Played().execute('t1', required)).rejects.toThrow(
            "invalid invocation: chaincode 'cc' has not been initialized for this version, must call as init first",
        );
    });

    test('is bound to the version and happens once', async () => {
        const played = new Played();
        const simulation = played.ledger.newSimulation('t0');
        simulation.setState('cc', initializedKey, Buffer.from('2'));
        await played.ledger.commit([{ txId: 't0', results: simulation.finish().results }]);
        await expect(played.execute('t1', required)).resolves.toMatchObject({ response: { status: 200 } });
        await expect(played.execute('t2', required, true)).rejects.toThrow('is already initialized but called as init');
        await expect(played.execute('t3', { ...required, version: '3' })).rejects.toThrow('has not been initialized');
    });

    test('is told to the chaincode by the type of the message', async () => {
        const played = new Played();
        const types: number[] = [];
        played.answer = (message, send) => {
            types.push(message.type);
            respond({ status: 200 })(message, send);
        };
        await played.execute('t1', required, true);
        expect(types).toEqual([MessageType.INIT]);
    });
});
