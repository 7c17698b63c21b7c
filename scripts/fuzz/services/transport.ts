// SPDX-License-Identifier: Apache-2.0
import type { GrpcChannel } from '@power-currency/engine/process/grpcClient.js';
import type { ServiceTable } from '@power-currency/engine/process/serviceTable.js';
import type { SeededRandom } from '../../scenarios/hostile/seededRandom';
import { callInProcess, callOverSocket, type CallEnd, type CallOptions } from '../grpcCall';

/** A node's methods, to be called without a connection or over one. */
export interface Door {
    readonly services: ServiceTable;
    readonly channel: GrpcChannel;
}

/** One call in so many goes over a connection. */
const socketOneIn = 30;
/** grpc refuses to be sent more than it is told to; what is longer is a case of its own. */
const socketBytesMax = 4 * 1024 * 1024;

/** Calls a method, now and then over a socket. */
export function call(
    { services, channel }: Door,
    path: string,
    messages: readonly Buffer[],
    random: SeededRandom,
    options: CallOptions = {},
): Promise<CallEnd> {
    const method = services[path];
    const short = messages.every(({ length }) => length < socketBytesMax);
    return method !== undefined && random.chance(socketOneIn) && short
        ? callOverSocket(channel, path, method.kind, messages, options)
        : callInProcess(services, path, messages, options);
}
