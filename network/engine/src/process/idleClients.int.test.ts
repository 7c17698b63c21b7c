// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { TestAuthority } from '../identity/testing/testAuthority.js';
import { GrpcChannel } from './grpcClient.js';
import { startGrpcServer, type GrpcServer } from './grpcServer.js';
import type { ClientDuplexStream } from './grpcStream.js';
import { loadClientTls, loadServerTls } from './tls.js';

const streamCount = 5_000;
const streamsPerConnection = 500;
const heapBytesPerStream = 50_000;

let directory: string;
let server: GrpcServer;
/** Like the other, with a keepalive that soon loses patience: not for streams whose client shares this process. */
let impatient: GrpcServer;
let authority: TestAuthority;
let openStreams = 0;

beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'idle-'));
    authority = new TestAuthority(directory, 'M');
    server = await echoServer(20_000);
    impatient = await echoServer(1_000);
});

afterAll(async () => {
    await server.close();
    await impatient.close();
    rmSync(directory, { recursive: true });
});

function echoServer(keepaliveMs: number): Promise<GrpcServer> {
    const folder = authority.tlsFolder('node');
    return startGrpcServer({
        address: 'localhost:0',
        tls: loadServerTls({
            certificateFile: join(folder, 'server.crt'),
            keyFile: join(folder, 'server.key'),
            clientRootFiles: [],
            clientAuthRequired: false,
        }),
        services: {
            '/t.Echo/Say': { kind: 'unary', handle: (request) => Promise.resolve(request) },
            '/t.Echo/Listen': {
                kind: 'duplex',
                handle: async (stream) => {
                    openStreams += 1;
                    for await (const message of stream) await stream.send(message);
                    openStreams -= 1;
                },
            },
        },
        maxReceiveBytes: 1_000_000,
        maxSendBytes: 1_000_000,
        keepalive: { intervalMs: keepaliveMs, timeoutMs: keepaliveMs },
    });
}

const newChannel = ({ address } = server): GrpcChannel =>
    new GrpcChannel({ address, tls: loadClientTls({ rootFiles: [authority.tlsRootFile] }) });

async function answers(from = server): Promise<string> {
    const channel = newChannel(from);
    const answer = await channel.unary('/t.Echo/Say', Buffer.from('still here'), { deadlineMs: 20_000 });
    channel.close();
    return answer.toString();
}

const portOf = ({ address }: GrpcServer): number => Number(address.split(':').at(-1));

test('thousands of idle streams cost little, and each still answers', async () => {
    const before = process.memoryUsage().heapUsed;
    const channels = Array.from({ length: streamCount / streamsPerConnection }, () => newChannel());
    const streams: ClientDuplexStream[] = [];
    for (const channel of channels) {
        for (let count = 0; count < streamsPerConnection; count++) {
            const stream = channel.duplex('/t.Echo/Listen');
            await stream.send(Buffer.from(String(streams.length)));
            streams.push(stream);
        }
    }
    for (const [index, stream] of streams.entries()) {
        const { value } = await stream[Symbol.asyncIterator]().next();
        expect((value as Buffer).toString()).toBe(String(index));
    }
    expect(openStreams).toBe(streamCount);
    // Both ends are in this process.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(2 * streamCount * heapBytesPerStream);
    expect(await answers()).toBe('still here');
    for (const stream of streams) stream.cancel();
    for (const channel of channels) channel.close();
    while (openStreams > 0) await new Promise((resolve) => setTimeout(resolve, 20));
});

test('connections that say nothing, or half of something, keep nobody out', async () => {
    const sockets: Socket[] = [];
    // The beginning of a TLS handshake record that never comes to its end.
    const begunHandshake = Buffer.from('160301020001', 'hex');
    for (let count = 0; count < 300; count++) {
        const socket = connectTcp({ host: 'localhost', port: portOf(server) });
        socket.on('error', () => undefined);
        sockets.push(socket);
        await once(socket, 'connect');
        if (count % 2 === 0) socket.write(begunHandshake);
    }
    expect(await answers()).toBe('still here');
    for (const socket of sockets) socket.destroy();
});

test.each([
    ['never sends the HTTP/2 preface', ''],
    ['never ends its headers', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0\0\0\x40\x01\0\0\0\0\x01'],
])('a client that %s is closed by the keepalive, while others are served', async (_, bytes) => {
    const ca = readFileSync(authority.tlsRootFile);
    const port = portOf(impatient);
    const socket = connectTls({ host: 'localhost', port, ca, servername: 'localhost', ALPNProtocols: ['h2'] });
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect');
    socket.resume();
    const closed = once(socket, 'close');
    if (bytes !== '') socket.write(Buffer.from(bytes, 'latin1'));
    expect(await answers(impatient)).toBe('still here');
    await closed;
});
