// SPDX-License-Identifier: Apache-2.0
import { GrpcStatus, codeName } from '@power-currency/engine/process/grpcStatus.js';
import type { GrpcChannel } from '@power-currency/engine/process/grpcClient.js';
import type { ClientDuplexStream, IncomingStream } from '@power-currency/engine/process/grpcStream.js';
import type { CallContext, ServiceTable } from '@power-currency/engine/process/serviceTable.js';
import { assertForeseen, Flaw } from './service';

/** How a call ended: `OK` or the code as Go prints it, its text, and what came before. */
export interface CallEnd {
    readonly code: string;
    readonly text: string;
    readonly answers: readonly Buffer[];
}

export interface CallOptions {
    /** When the caller gives up a call that may last for ever. */
    readonly patienceMs?: number;
}

const answersMax = 4;
/** A call that was given up, and one that should end by itself, must be over by then. */
const hangMs = 30_000;

/** Calls a method of the table as the server would. Throws Flaw for an error that is no status, and for a hang. */
export async function callInProcess(
    services: ServiceTable,
    path: string,
    messages: readonly Buffer[],
    { patienceMs }: CallOptions = {},
): Promise<CallEnd> {
    const abort = new AbortController();
    const answers: Buffer[] = [];
    const patience = patienceMs === undefined ? undefined : setTimeout(() => abort.abort(), patienceMs);
    try {
        await withinDeadline(path, invoke(services, path, messages, answers, abort));
        return { code: 'OK', text: '', answers };
    } catch (error) {
        if (error instanceof Flaw) throw error;
        if (abort.signal.aborted) return { code: 'Canceled', text: '', answers };
        if (!(error instanceof GrpcStatus)) {
            throw new Flaw(
                `${path} threw what is no status: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
            );
        }
        assertForeseen(error.message);
        return { code: codeName(error.code), text: error.message, answers };
    } finally {
        clearTimeout(patience);
    }
}

async function invoke(
    services: ServiceTable,
    path: string,
    messages: readonly Buffer[],
    answers: Buffer[],
    abort: AbortController,
): Promise<void> {
    const method = services[path];
    if (method === undefined) throw new Flaw(`${path} is not served`);
    const call: CallContext = {
        peerAddress: 'fuzz',
        clientCertificate: undefined,
        signal: abort.signal,
        deadline: undefined,
    };
    const send = (answer: Buffer): Promise<void> => {
        answers.push(answer);
        if (answers.length === answersMax) abort.abort();
        return Promise.resolve();
    };
    switch (method.kind) {
        case 'unary':
            answers.push(await method.handle(messages[0] ?? Buffer.alloc(0), call));
            return;
        case 'serverStream':
            await method.handle(messages[0] ?? Buffer.alloc(0), { send }, call);
            return;
        case 'duplex':
            await method.handle({ send, [Symbol.asyncIterator]: () => inTurn(messages) }, call);
    }
}

async function* inTurn(messages: readonly Buffer[]): AsyncGenerator<Buffer, void, undefined> {
    for (const message of messages) yield await Promise.resolve(message);
}

async function withinDeadline(path: string, call: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const hang = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
            reject(new Flaw(`${path} did not answer in ${hangMs} ms`));
        }, hangMs);
    });
    try {
        await Promise.race([call, hang]);
    } finally {
        clearTimeout(timer);
    }
}

type Kind = ServiceTable[string]['kind'];

/** The same over a connection: what the client is told in the end. */
export async function callOverSocket(
    channel: GrpcChannel,
    path: string,
    kind: Kind,
    messages: readonly Buffer[],
    { patienceMs }: CallOptions = {},
): Promise<CallEnd> {
    const answers: Buffer[] = [];
    const abort = new AbortController();
    const patience = patienceMs === undefined ? undefined : setTimeout(() => abort.abort(), patienceMs * 4);
    try {
        await withinDeadline(path, exchange(channel, path, kind, messages, answers, abort));
        return { code: 'OK', text: '', answers };
    } catch (error) {
        if (!(error instanceof GrpcStatus)) throw error;
        if (abort.signal.aborted) return { code: 'Canceled', text: '', answers };
        assertForeseen(error.message);
        return { code: codeName(error.code), text: error.message, answers };
    } finally {
        clearTimeout(patience);
    }
}

async function exchange(
    channel: GrpcChannel,
    path: string,
    kind: Kind,
    messages: readonly Buffer[],
    answers: Buffer[],
    { signal }: AbortController,
): Promise<void> {
    const [first = Buffer.alloc(0)] = messages;
    if (kind === 'unary') {
        answers.push(await channel.unary(path, first, { signal }));
        return;
    }
    const stream = kind === 'duplex' ? channel.duplex(path, { signal }) : channel.serverStream(path, first, { signal });
    if (isDuplex(stream)) {
        // The server may end the call before it has read everything.
        for (const message of messages) await stream.send(message).catch(() => undefined);
        stream.end();
    }
    for await (const answer of stream) {
        answers.push(answer);
        if (answers.length === answersMax) break;
    }
    stream.cancel();
}

const isDuplex = (stream: IncomingStream | ClientDuplexStream): stream is ClientDuplexStream => 'send' in stream;
