// SPDX-License-Identifier: Apache-2.0
import { ChannelRegistry } from '@power-currency/engine/ordering/channelRegistry.js';
import { startParticipation } from '@power-currency/engine/ordering/participation.js';
import { startOperations } from '@power-currency/engine/process/operations.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SeededRandom } from '../../scenarios/hostile/seededRandom';
import { damagedJson, forgeRequest, httpLayers } from '../httpForge';
import { exchange, type HttpAnswer } from '../httpExchange';
import type { Nodes } from '../nodes';
import { assertForeseen, Flaw, type Service } from '../service';

export interface HttpService extends Service {
    close(): Promise<void>;
}

/** Statuses that Node's HTTP server gives to what is no request. */
const parserStatuses = [0, 400, 408, 413, 414, 431];

/** Throws Flaw for a status that is not on the list. */
export function judgedHttp(name: string, { status, body }: HttpAnswer, allowed: readonly number[]): string {
    assertForeseen(body);
    if (!parserStatuses.includes(status) && !allowed.includes(status)) {
        throw new Flaw(`${name} answered ${String(status)}: ${body.slice(0, 300)}`);
    }
    return String(status);
}

export const portOf = (address: string): number => Number(address.split(':').at(-1));

const channels = '/participation/v1/channels';

/** The admin listener's REST interface, over HTTP without TLS. */
export async function participationService({ directory, signers, genesis }: Nodes): Promise<HttpService> {
    const registry = await ChannelRegistry.open({
        directory: join(directory, 'participation-under-fire'),
        signer: signers.orderer,
        tlsCertificate: readFileSync(join(directory, 'OrdererMSP', 'tls-orderer0', 'server.crt')),
    });
    const filters = { ignoreExpiry: false, now: () => new Date() };
    const server = await startParticipation({ address: 'localhost:0', registry, maxBodyBytes: 1024 * 1024, filters });
    const places = [
        '',
        '/',
        '/fuzz',
        '/fuzz/blocks/0',
        '/fuzz/blocks/newest',
        '/Fuzz',
        '/fuzz/blocks/99999999999999999999',
    ];
    return {
        name: 'participation',
        share: 30,
        layers: ['form', ...httpLayers, 'block'],
        attempt: async (change, random) => {
            const post = random.chance(2);
            const block = change('block', genesis);
            const form = change('form', post ? multipart(block) : Buffer.alloc(0));
            const draft = post
                ? {
                      method: 'POST',
                      target: channels,
                      headers: { 'content-type': 'multipart/form-data; boundary=edge' },
                      body: form,
                  }
                : { method: random.pick(['GET', 'DELETE', 'PUT']), target: channels + random.pick(places) };
            const answer = await exchange(portOf(server.address), forgeRequest(draft, change, random));
            return judgedHttp('participation', answer, [200, 201, 204, 302, 307, 400, 404, 405, 406, 409, 501]);
        },
        close: async () => {
            await server.close();
            await registry.close();
        },
    };
}

function multipart(block: Buffer): Buffer {
    const head = '--edge\r\nContent-Disposition: form-data; name="config-block"; filename="config.block"\r\n';
    const type = 'Content-Type: application/octet-stream\r\n\r\n';
    return Buffer.concat([Buffer.from(head + type), block, Buffer.from('\r\n--edge--\r\n')]);
}

/** The operations endpoint, over HTTP without TLS. */
export async function operationsService(): Promise<HttpService> {
    const server = await startOperations({ address: 'localhost:0', version: { version: '3.1', commitSha: 'fuzz' } });
    const places = ['/healthz', '/version', '/metrics', '/', '/logspec?x=%', '//', '/healthz/../version'];
    return {
        name: 'operations',
        share: 20,
        layers: httpLayers,
        attempt: async (change, random) => {
            const answer = await exchange(
                portOf(server.address),
                forgeRequest(operation(random, places), change, random),
            );
            return judgedHttp('operations', answer, [200, 204, 404, 405]);
        },
        close: () => server.close(),
    };
}

function operation(random: SeededRandom, places: readonly string[]): Parameters<typeof forgeRequest>[0] {
    if (!random.chance(2)) return { method: 'GET', target: random.pick(places) };
    const body = Buffer.from(damagedJson({ spec: 'fuzz=debug:error' }, random));
    return { method: 'PUT', target: '/logspec', body };
}
