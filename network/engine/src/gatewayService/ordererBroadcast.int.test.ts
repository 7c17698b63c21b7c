// SPDX-License-Identifier: Apache-2.0
import { GrpcChannel } from '../process/grpcClient.js';
import { startGrpcServer, type GrpcServer } from '../process/grpcServer.js';
import { Status } from '../wire/codes.js';
import { encode } from '../wire/decode.js';
import { orderer } from '../wire/protobuf.js';
import { OrdererBroadcast } from './ordererBroadcast.js';

let server: GrpcServer;
let broadcast: OrdererBroadcast;
let ordered: string[];

/** Answers as orderers do: what begins with `bad` is refused, and a refusal ends the stream. */
beforeEach(async () => {
    ordered = [];
    server = await startGrpcServer({
        address: 'localhost:0',
        maxReceiveBytes: 1_000_000,
        maxSendBytes: 1_000_000,
        services: {
            '/orderer.AtomicBroadcast/Broadcast': {
                kind: 'duplex',
                handle: async (stream) => {
                    for await (const envelope of stream) {
                        const isBad = envelope.toString().startsWith('bad');
                        if (!isBad) ordered.push(envelope.toString());
                        const status = isBad ? Status.FORBIDDEN : Status.SUCCESS;
                        await stream.send(encode(orderer.BroadcastResponse, { status }));
                        if (isBad) return;
                    }
                },
            },
        },
    });
    const { address } = server;
    broadcast = new OrdererBroadcast({ address, mspId: 'OrdererMSP', connect: () => new GrpcChannel({ address }) });
});

afterEach(async () => {
    broadcast.close();
    await server.close();
});

test("somebody's refused envelope does not take the others along, and none is ordered twice", async () => {
    const names = Array.from({ length: 60 }, (_, index) => `${index % 7 === 3 ? 'bad' : 'good'} ${String(index)}`);
    const answers = await Promise.all(names.map((name) => broadcast.submit(Buffer.from(name), 5000)));
    expect(answers.map(({ status }) => status)).toEqual(
        names.map((name) => (name.startsWith('bad') ? Status.FORBIDDEN : Status.SUCCESS)),
    );
    expect(ordered.toSorted()).toEqual(names.filter((name) => name.startsWith('good')).toSorted());
});
