// SPDX-License-Identifier: Apache-2.0
import { ChaincodeError } from '@power-currency/engine/chaincode/chaincodeError.js';
import { ChaincodeRuntime } from '@power-currency/engine/chaincode/chaincodeRuntime.js';
import { MessageType } from '@power-currency/engine/chaincode/messageType.js';
import { PairedStream } from '@power-currency/engine/chaincode/testing/pairedStream.js';
import { InMemoryLedger } from '@power-currency/engine/ledger/inMemoryLedger.js';
import { decode, encode } from '@power-currency/engine/wire/decode.js';
import { protos } from '@power-currency/engine/wire/protobuf.js';
import type { SeededRandom } from '../../scenarios/hostile/seededRandom';
import { assertForeseen, Flaw, type Change, type Service } from '../service';

const packageId = 'vector_1:00';
const executeTimeoutMs = 2_000;

/** What a chaincode may ask its peer for, with a payload that is right. */
const requests: readonly (readonly [type: number, payload: Buffer])[] = [
    [MessageType.GET_STATE, encode(protos.GetState, { key: 'k' })],
    [MessageType.GET_STATE, encode(protos.GetState, { key: 'k', collection: '_implicit_org_A' })],
    [MessageType.GET_STATE_MULTIPLE, encode(protos.GetStateMultiple, { keys: ['a', 'b'] })],
    [MessageType.PUT_STATE, encode(protos.PutState, { key: 'k', value: Buffer.from('v') })],
    [MessageType.DEL_STATE, encode(protos.DelState, { key: 'k' })],
    [
        MessageType.WRITE_BATCH_STATE,
        encode(protos.WriteBatchState, { rec: [{ key: 'k', value: Buffer.from('v'), type: 9 }] }),
    ],
    [
        MessageType.GET_STATE_BY_RANGE,
        encode(protos.GetStateByRange, {
            startKey: 'a',
            endKey: 'z',
            metadata: encode(protos.QueryMetadata, { pageSize: 2 }),
        }),
    ],
    [MessageType.GET_QUERY_RESULT, encode(protos.GetQueryResult, { query: '{}' })],
    [MessageType.QUERY_STATE_NEXT, encode(protos.QueryStateNext, { id: 'x' })],
    [MessageType.QUERY_STATE_CLOSE, encode(protos.QueryStateClose, { id: 'x' })],
    [MessageType.GET_HISTORY_FOR_KEY, encode(protos.GetHistoryForKey, { key: 'k' })],
    [MessageType.GET_STATE_METADATA, encode(protos.GetStateMetadata, { key: 'k' })],
    [
        MessageType.PUT_STATE_METADATA,
        encode(protos.PutStateMetadata, {
            key: 'k',
            metadata: { metakey: 'VALIDATION_PARAMETER', value: Buffer.from('p') },
        }),
    ],
    [MessageType.GET_PRIVATE_DATA_HASH, encode(protos.GetState, { key: 'k', collection: 'c' })],
    [MessageType.PURGE_PRIVATE_DATA, encode(protos.PurgePrivateState, { key: 'k', collection: 'c' })],
    [
        MessageType.INVOKE_CHAINCODE,
        encode(protos.ChaincodeSpec, { chaincodeId: { name: 'other' }, input: { args: [] } }),
    ],
    [MessageType.COMPLETED, encode(protos.Response, { status: 200 })],
    [MessageType.ERROR, Buffer.from('wrong')],
    [MessageType.REGISTER, encode(protos.ChaincodeID, { name: packageId })],
    [MessageType.RESPONSE, Buffer.alloc(0)],
];

/** The peer's end of a stream to a chaincode that has gone bad. */
export function chaincodeStreamService(): Service {
    const ledger = new InMemoryLedger({ organisations: ['A'] });
    let calls = 0;
    return {
        name: 'chaincodeStream',
        share: 150,
        layers: ['registration', 'payload', 'payload', 'message', 'message', 'outcome'],
        attempt: async (change, random) => {
            const stream = new PairedStream();
            const runtime = newRuntime(stream);
            const txId = `tx${String(calls++)}`;
            const simulation = ledger.newSimulation(txId);
            stream.onSent((bytes) => {
                answerPeer(stream, bytes, txId, change, random);
            });
            const registration = encode(protos.ChaincodeID, { name: packageId });
            sendMessage(stream, { type: MessageType.REGISTER, payload: change('registration', registration) });
            try {
                const { response } = await runtime.execute({
                    packageId,
                    channelId: 'test',
                    txId,
                    chaincode: 'vector',
                    definition: { version: '1', initRequired: false },
                    input: { args: [] },
                    signedProposal: {},
                    simulation,
                    call: () => Promise.reject(new Error('there is no other chaincode')),
                });
                return `answered ${String(Math.min(response.status, 1000))}`.slice(0, 12);
            } catch (error) {
                if (!(error instanceof ChaincodeError)) throw error;
                assertForeseen(error.message);
                if (error.failure === 'timeout') throw new Flaw('an invocation ran into its timeout');
                return error.failure;
            } finally {
                simulation.abandon();
                await runtime.close();
            }
        },
    };
}

function newRuntime(stream: PairedStream): ChaincodeRuntime {
    return new ChaincodeRuntime({
        executeTimeoutMs,
        startupTimeoutMs: executeTimeoutMs,
        offer: {},
        endpoints: {
            endpointOf: () =>
                Promise.resolve({ address: 'here:1', dialTimeoutMs: 1, tlsRequired: false, clientAuthRequired: false }),
        },
        dial: () => ({ stream: stream.peer, connected: Promise.resolve(), close: () => undefined }),
    });
}

/** To its transaction the bad chaincode sends one request and, whatever the peer says to that, its outcome. */
function answerPeer(stream: PairedStream, bytes: Buffer, txid: string, change: Change, random: SeededRandom): void {
    const { type, payload } = decode(protos.ChaincodeMessage, bytes, 'ChaincodeMessage');
    if (type === MessageType.ERROR) assertForeseen(payload.toString());
    if (type !== MessageType.TRANSACTION) return;
    const [requestType, request] = random.pick(requests);
    const content = { type: requestType, txid, channelId: 'test', payload: change('payload', request) };
    stream.fromChaincode(change('message', encode(protos.ChaincodeMessage, content)));
    const outcome = { type: MessageType.COMPLETED, txid, channelId: 'test' };
    sendMessage(stream, { ...outcome, payload: change('outcome', encode(protos.Response, { status: 200 })) });
}

function sendMessage(stream: PairedStream, message: protos.ChaincodeMessage.$Properties): void {
    stream.fromChaincode(encode(protos.ChaincodeMessage, message));
}
