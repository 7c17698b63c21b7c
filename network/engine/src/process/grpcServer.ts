// SPDX-License-Identifier: Apache-2.0
import {
    Metadata,
    Server,
    ServerCredentials,
    type sendUnaryData,
    type ServerDuplexStream,
    type ServerUnaryCall,
    type ServerWritableStream,
} from '@grpc/grpc-js';
import type { EventEmitter } from 'node:events';
import { errorText } from '../wire/errorText.js';
import { codeName, detailsTrailer, encodeStatusDetails, GrpcCode, GrpcStatus } from './grpcStatus.js';
import { Incoming, Outgoing, type DuplexStream } from './grpcStream.js';
import { listeningAddress } from './address.js';
import { logger } from './logging.js';
import { counter } from './metrics.js';
import { Semaphores } from './semaphores.js';
import type { CallContext, DuplexMethod, ServerStreamMethod, ServiceTable, UnaryMethod } from './serviceTable.js';
import { joinPem, type ServerTls } from './tls.js';

interface GrpcServerOptions {
    /** `host:port`; port 0 takes a free one. */
    readonly address: string;
    readonly tls?: ServerTls | undefined;
    readonly services: ServiceTable;
    /** Limit of one message in each direction. */
    readonly maxReceiveBytes: number;
    readonly maxSendBytes: number;
    /** Calls at once by service (`/protos.Deliver`); absent or 0 means no limit (internal/peer/node/grpc_limiters.go). */
    readonly concurrency?: Readonly<Record<string, number>>;
    readonly keepalive?: { readonly intervalMs: number; readonly timeoutMs: number };
}

export interface GrpcServer {
    /** `host:port` with the port in use. */
    readonly address: string;
    /** Stops listening, gives running unary calls a moment, ends streams. */
    close(): Promise<void>;
}

const log = logger('comm.grpc.server');
const closingGraceMs = 300;
/** Whoever gave up gets no answer: the status is only for the metrics. */
const cancelled = new GrpcStatus(GrpcCode.CANCELLED, 'context canceled');
const received = counter('grpc_server_unary_requests_received', 'The number of unary requests received.', [
    'service',
    'method',
]);
const completed = counter('grpc_server_unary_requests_completed', 'The number of unary requests completed.', [
    'service',
    'method',
    'code',
]);
const streamsReceived = counter('grpc_server_stream_requests_received', 'The number of stream requests received.', [
    'service',
    'method',
]);
const streamsCompleted = counter('grpc_server_stream_requests_completed', 'The number of stream requests completed.', [
    'service',
    'method',
    'code',
]);

/** Listens and serves. Throws when the address is taken or the TLS material is unusable. */
export async function startGrpcServer(options: GrpcServerOptions): Promise<GrpcServer> {
    const server = new Server({
        'grpc.max_receive_message_length': options.maxReceiveBytes,
        'grpc.max_send_message_length': options.maxSendBytes,
        'grpc.keepalive_time_ms': options.keepalive?.intervalMs ?? 7_200_000,
        'grpc.keepalive_timeout_ms': options.keepalive?.timeoutMs ?? 20_000,
    });
    const limits = new Semaphores(options.concurrency ?? {});
    for (const [path, method] of Object.entries(options.services)) {
        register(server, path, method, limits);
    }
    const { host, port } = listeningAddress(options.address);
    const boundPort = await new Promise<number>((resolve, reject) => {
        server.bindAsync(`${host}:${String(port)}`, credentials(options.tls), (error, bound) => {
            if (error === null) {
                resolve(bound);
            } else {
                reject(error);
            }
        });
    });
    return { address: `${host}:${String(boundPort)}`, close: () => close(server) };
}

function credentials(tls: ServerTls | undefined): ServerCredentials {
    return tls === undefined
        ? ServerCredentials.createInsecure()
        : ServerCredentials.createSsl(
              joinPem(tls.clientRoots),
              [{ private_key: tls.key, cert_chain: tls.certificate }],
              tls.clientAuthRequired,
          );
}

function close(server: Server): Promise<void> {
    return new Promise((resolve) => {
        const force = setTimeout(() => {
            server.forceShutdown();
        }, closingGraceMs);
        server.tryShutdown(() => {
            clearTimeout(force);
            resolve();
        });
    });
}

const asIs = (bytes: Buffer): Buffer => bytes;

function register(server: Server, path: string, method: ServiceTable[string], limits: Semaphores): void {
    const serve = { path, limits, labels: labelsOf(path) };
    switch (method.kind) {
        case 'unary':
            server.register(path, unaryHandler(method, serve), asIs, asIs, 'unary');
            break;
        case 'serverStream':
            server.register(path, serverStreamHandler(method, serve), asIs, asIs, 'serverStream');
            break;
        case 'duplex':
            server.register(path, duplexHandler(method, serve), asIs, asIs, 'bidi');
            break;
    }
}

interface Serving {
    readonly path: string;
    readonly limits: Semaphores;
    readonly labels: { readonly service: string; readonly method: string };
}

/** Fabric writes the service with underscores: `protos_Endorser`. */
function labelsOf(path: string): Serving['labels'] {
    const [, service = '', method = ''] = path.split('/');
    return { service: service.replaceAll('.', '_'), method };
}

function unaryHandler(method: UnaryMethod, { path, limits, labels }: Serving) {
    return (call: ServerUnaryCall<Buffer, Buffer>, reply: sendUnaryData<Buffer>): void => {
        received.add(labels);
        const context = contextOf(call);
        const serve = async (): Promise<void> => {
            let code: number = GrpcCode.OK;
            try {
                reply(null, await limits.hold(path, () => method.handle(call.request, context)));
            } catch (error) {
                const status = context.signal.aborted ? cancelled : statusOf(error, path);
                code = status.code;
                reply(wireStatus(status));
            }
            completed.add({ ...labels, code: codeName(code) });
        };
        void serve();
    };
}

function serverStreamHandler(method: ServerStreamMethod, serving: Serving) {
    return (call: ServerWritableStream<Buffer, Buffer>): void => {
        const outgoing = new Outgoing(call);
        const context = contextOf(call, outgoing);
        void serveStream(call, outgoing, serving, () => method.handle(call.request, outgoing, context));
    };
}

function duplexHandler(method: DuplexMethod, serving: Serving) {
    return (call: ServerDuplexStream<Buffer, Buffer>): void => {
        const outgoing = new Outgoing(call);
        const incoming = new Incoming(call);
        const context = contextOf(call, outgoing, incoming);
        call.on('data', (message: Buffer) => {
            incoming.push(message);
        });
        call.on('end', () => {
            incoming.close();
        });
        const stream: DuplexStream = {
            send: (message) => outgoing.send(message),
            [Symbol.asyncIterator]: () => incoming[Symbol.asyncIterator](),
        };
        void serveStream(call, outgoing, serving, () => method.handle(stream, context));
    };
}

type StreamCall = ServerWritableStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>;

async function serveStream(
    call: StreamCall,
    outgoing: Outgoing,
    { path, limits, labels }: Serving,
    handle: () => Promise<void>,
): Promise<void> {
    streamsReceived.add(labels);
    let code: number = GrpcCode.OK;
    try {
        await limits.hold(path, handle);
        call.end();
    } catch (error) {
        const status = call.cancelled ? cancelled : statusOf(error, path);
        code = status.code;
        // grpc-js ends a stream with the status of an 'error' that the handler emits.
        call.emit('error', wireStatus(status));
    }
    outgoing.close();
    streamsCompleted.add({ ...labels, code: codeName(code) });
}

type AnyCall = ServerUnaryCall<Buffer, Buffer> | StreamCall;

function contextOf(call: AnyCall, outgoing?: Outgoing, incoming?: Incoming): CallContext {
    const controller = new AbortController();
    (call as EventEmitter).once('cancelled', () => {
        outgoing?.close();
        incoming?.close();
        controller.abort(cancelled);
    });
    const deadline = call.getDeadline();
    return {
        signal: controller.signal,
        deadline: deadline instanceof Date ? deadline : Number.isFinite(deadline) ? new Date(deadline) : undefined,
        get peerAddress() {
            return call.getPeer();
        },
        get clientCertificate() {
            return call.getAuthContext().sslPeerCertificate?.raw;
        },
    };
}

function statusOf(error: unknown, path: string): GrpcStatus {
    if (error instanceof GrpcStatus) {
        return error;
    }
    log.error(`${path} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return new GrpcStatus(GrpcCode.UNKNOWN, errorText(error));
}

function wireStatus(status: GrpcStatus): {
    code: number;
    details: string;
    metadata: Metadata;
    name: string;
    message: string;
} {
    const metadata = new Metadata();
    if (status.details.length > 0) {
        metadata.set(detailsTrailer, encodeStatusDetails(status));
    }
    return { code: status.code, details: status.message, metadata, name: status.name, message: status.message };
}
