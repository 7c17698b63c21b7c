// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestAuthority } from '../identity/testing/testAuthority.js';
import { GrpcChannel } from './grpcClient.js';
import { startGrpcServer, type GrpcServer } from './grpcServer.js';
import type { ServiceTable } from './serviceTable.js';
import { GrpcCode, GrpcStatus } from './grpcStatus.js';
import { redirectLog } from './logging.js';
import { loadClientTls, loadServerTls } from './tls.js';

const limitBytes = 100_000;
const text = (value: string): Buffer => Buffer.from(value);
const held: (() => void)[] = [];
let abortedCalls = 0;

const services: ServiceTable = {
    '/t.Echo/Say': {
        kind: 'unary',
        handle: (request, call) =>
            Promise.resolve(
                request.toString() === 'who'
                    ? text(
                          call.clientCertificate === undefined
                              ? 'nobody'
                              : new X509Certificate(call.clientCertificate).subject,
                      )
                    : request,
            ),
    },
    '/t.Echo/Refuse': {
        kind: 'unary',
        handle: () =>
            Promise.reject(
                new GrpcStatus(GrpcCode.ABORTED, 'no', [{ typeUrl: 'type.googleapis.com/x', value: text('detail') }]),
            ),
    },
    '/t.Echo/Break': { kind: 'unary', handle: () => Promise.reject(new Error('broken')) },
    '/t.Echo/Hang': {
        kind: 'unary',
        handle: (_, call) =>
            new Promise((_resolve, reject) => {
                call.signal.addEventListener('abort', () => {
                    abortedCalls += 1;
                    reject(new Error('gone'));
                });
            }),
    },
    '/t.Slow/Hold': {
        kind: 'unary',
        handle: () =>
            new Promise((resolve) => {
                held.push(() => {
                    resolve(text('released'));
                });
            }),
    },
    '/t.Stream/Count': {
        kind: 'serverStream',
        handle: async (request, stream) => {
            for (let i = 0; i < Number(request); i += 1) {
                await stream.send(text(String(i)));
            }
        },
    },
    '/t.Stream/AfterHalfClose': {
        kind: 'duplex',
        handle: async (stream) => {
            const received: string[] = [];
            for await (const message of stream) {
                received.push(message.toString());
            }
            await new Promise((resolve) => setTimeout(resolve, 20));
            await stream.send(text(received.join('+')));
        },
    },
    '/t.Stream/Fail': {
        kind: 'duplex',
        handle: async (stream) => {
            await stream.send(text('one'));
            throw new GrpcStatus(GrpcCode.FAILED_PRECONDITION, 'stopped');
        },
    },
};

describe('a gRPC server and its client over mutual TLS', () => {
    let directory: string;
    let server: GrpcServer;
    let channel: GrpcChannel;
    let authority: TestAuthority;

    const showLog = redirectLog(() => undefined);

    beforeAll(async () => {
        directory = mkdtempSync(join(tmpdir(), 'grpc-'));
        authority = new TestAuthority(directory, 'M');
        const folder = authority.tlsFolder('node');
        const pair = { certificateFile: join(folder, 'server.crt'), keyFile: join(folder, 'server.key') };
        server = await startGrpcServer({
            address: 'localhost:0',
            tls: loadServerTls({ ...pair, clientRootFiles: [authority.tlsRootFile], clientAuthRequired: true }),
            services,
            maxReceiveBytes: limitBytes,
            maxSendBytes: limitBytes,
            concurrency: { '/t.Slow': 2 },
        });
        channel = new GrpcChannel({
            address: server.address,
            tls: loadClientTls({ ...pair, rootFiles: [authority.tlsRootFile] }),
        });
    });
    afterAll(async () => {
        channel.close();
        await server.close();
        showLog();
        rmSync(directory, { recursive: true });
    });

    const failure = async (call: Promise<unknown>): Promise<{ code: number; message: string }> => {
        const error = await call.then(
            () => undefined,
            (reason: unknown) => reason,
        );
        expect(error).toBeInstanceOf(GrpcStatus);
        return error as GrpcStatus;
    };

    it('carry bytes unchanged', async () => {
        expect(await channel.unary('/t.Echo/Say', text('\u0000ü'))).toEqual(text('\u0000ü'));
        expect(await channel.unary('/t.Echo/Say', Buffer.alloc(0))).toEqual(Buffer.alloc(0));
    });

    it('show the server the certificate of the client', async () => {
        expect((await channel.unary('/t.Echo/Say', text('who'))).toString()).toBe('CN=node');
    });

    it('refuse a client without certificate', async () => {
        const tls = loadClientTls({ rootFiles: [authority.tlsRootFile] });
        const stranger = new GrpcChannel({ address: server.address, tls });
        expect((await failure(stranger.unary('/t.Echo/Say', text('x'), { deadlineMs: 2_000 }))).code).toBe(
            GrpcCode.UNAVAILABLE,
        );
        stranger.close();
    });

    it('carry a status with its details', async () => {
        expect(await failure(channel.unary('/t.Echo/Refuse', text('')))).toMatchObject({
            code: GrpcCode.ABORTED,
            message: 'no',
            details: [{ typeUrl: 'type.googleapis.com/x', value: text('detail') }],
        });
    });

    it('turn an unexpected error into UNKNOWN and an unknown method into UNIMPLEMENTED', async () => {
        expect(await failure(channel.unary('/t.Echo/Break', text('')))).toMatchObject({
            code: GrpcCode.UNKNOWN,
            message: 'broken',
        });
        expect((await failure(channel.unary('/t.Echo/None', text('')))).code).toBe(GrpcCode.UNIMPLEMENTED);
    });

    it('keep the limit of one message', async () => {
        expect((await failure(channel.unary('/t.Echo/Say', Buffer.alloc(limitBytes + 1)))).code).toBe(
            GrpcCode.RESOURCE_EXHAUSTED,
        );
    });

    it('end a call at its deadline, or when its caller gives up, and tell the handler', async () => {
        expect((await failure(channel.unary('/t.Echo/Hang', text(''), { deadlineMs: 50 }))).code).toBe(
            GrpcCode.DEADLINE_EXCEEDED,
        );
        const controller = new AbortController();
        const call = channel.unary('/t.Echo/Hang', text(''), { signal: controller.signal });
        setTimeout(() => {
            controller.abort();
        }, 20);
        expect((await failure(call)).code).toBe(GrpcCode.CANCELLED);
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(abortedCalls).toBe(2);
    });

    it('refuse calls above the limit of a service at once, and take them again when there is room', async () => {
        const first = channel.unary('/t.Slow/Hold', text(''));
        const second = channel.unary('/t.Slow/Hold', text(''));
        while (held.length < 2) {
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
        expect(await failure(channel.unary('/t.Slow/Hold', text('')))).toMatchObject({
            code: GrpcCode.UNKNOWN,
            message: 'too many requests for /t.Slow, exceeding concurrency limit (2)',
        });
        held.splice(0).forEach((release) => {
            release();
        });
        expect((await Promise.all([first, second])).map(String)).toEqual(['released', 'released']);
        const third = channel.unary('/t.Slow/Hold', text(''));
        while (held.length < 1) {
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
        held[0]?.();
        await third;
    });

    it('stream many messages in order', async () => {
        const received: string[] = [];
        for await (const message of channel.serverStream('/t.Stream/Count', text('500'))) {
            received.push(message.toString());
        }
        expect(received).toEqual(Array.from({ length: 500 }, (_, i) => String(i)));
    });

    it('let the server answer after the client has closed its half', async () => {
        const stream = channel.duplex('/t.Stream/AfterHalfClose');
        await stream.send(text('a'));
        await stream.send(text('b'));
        stream.end();
        const received: string[] = [];
        for await (const message of stream) {
            received.push(message.toString());
        }
        expect(received).toEqual(['a+b']);
    });

    it('end a stream with the status its handler throws, after what was sent', async () => {
        const received: string[] = [];
        const read = async (): Promise<void> => {
            for await (const message of channel.duplex('/t.Stream/Fail')) {
                received.push(message.toString());
            }
        };
        expect(await failure(read())).toMatchObject({ code: GrpcCode.FAILED_PRECONDITION, message: 'stopped' });
        expect(received).toEqual(['one']);
    });
});
