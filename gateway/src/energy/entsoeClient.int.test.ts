// SPDX-License-Identifier: Apache-2.0
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Failure } from '../application/failure.js';
import { createEntsoeClient, type EntsoeClientOptions } from './entsoeClient.js';
import { loadDay } from './loadDay.js';
import { acknowledgementXml, flatDay, marketDocumentXml } from './testing/energyDocuments.js';
import { XML_BYTES_MAX } from './xmlText.js';
import { EUROPEAN_ZONES, zoneNamed } from './zones.js';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const TOKEN = 'secret-token-1234';
const NL = zoneNamed(EUROPEAN_ZONES, 'NL');
const document = marketDocumentXml('A65', [flatDay(NL.eic, '2025-11-18T23:00Z', '2025-11-19T23:00Z', '1000')]);

let server: Server;
let answers: Answer[];
let requests: URL[];

/** A local server that speaks the platform's API; answers are given in order, the last one stays. */
beforeEach(async () => {
    answers = [];
    requests = [];
    server = createServer((request, response) => {
        requests.push(new URL(request.url ?? '', 'http://localhost'));
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        answer?.(response, request);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
    server.closeAllConnections();
    server.close();
});

function fetchDay(
    options: Partial<EntsoeClientOptions> = {},
    day = '2025-11-19',
): ReturnType<ReturnType<typeof createEntsoeClient>['fetchDay']> {
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${String(port)}/api`;
    return createEntsoeClient({ token: TOKEN, url, firstPauseMs: 10, spacingMs: 0, ...options }).fetchDay(
        'A65',
        NL,
        day,
    );
}

const xml =
    (body: Uint8Array, status = 200): Answer =>
    (response) => {
        response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
    };
const status =
    (code: number, headers: Record<string, string> = {}): Answer =>
    (response) => {
        response.writeHead(code, headers).end('busy');
    };

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
    const error: unknown = await promise.then(
        () => undefined,
        (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Failure);
    return error as Failure;
}

describe('the ENTSO-E client', () => {
    it("asks for the zone's local day in UTC and brings the document", async () => {
        answers = [xml(document)];
        const { readings } = loadDay([await fetchDay()], EUROPEAN_ZONES, '2025-11-19');
        expect(readings.map(({ energyWh }) => energyWh)).toEqual([24_000_000_000n]);
        expect(Object.fromEntries(requests[0]!.searchParams)).toEqual({
            securityToken: TOKEN,
            documentType: 'A65',
            processType: 'A16',
            outBiddingZone_Domain: NL.eic,
            periodStart: '202511182300',
            periodEnd: '202511192300',
        });
    });

    it('asks for 25 hours when the clocks go back', async () => {
        answers = [xml(document)];
        await fetchDay({}, '2025-10-26');
        expect([requests[0]!.searchParams.get('periodStart'), requests[0]!.searchParams.get('periodEnd')]).toEqual([
            '202510252200',
            '202510262300',
        ]);
    });

    it('brings the acknowledgement of a day without data, whichever status it has', async () => {
        for (const code of [200, 400]) {
            answers = [xml(acknowledgementXml('999', 'No matching data found'), code)];
            const fetched = await fetchDay();
            expect(() => loadDay([fetched], EUROPEAN_ZONES, '2025-11-19')).toThrow('No matching data found');
        }
    });

    it('tries again after errors of the server and after a lost connection', async () => {
        answers = [status(503), (response) => response.destroy(), status(500), xml(document)];
        await expect(fetchDay()).resolves.toMatchObject({ name: 'NL 2025-11-19' });
        expect(requests).toHaveLength(4);
    });

    it('waits as long as the platform says when there were too many requests', async () => {
        answers = [status(429, { 'retry-after': '1' }), xml(document)];
        const startedAt = performance.now();
        await fetchDay();
        expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
    });

    it('gives up after a bounded number of attempts and does not tell the token', async () => {
        answers = [status(503)];
        const failure = await failureOf(fetchDay({ attemptsMax: 3 }));
        expect(failure).toMatchObject({ code: 'ENTSOE_UNAVAILABLE', details: { attempts: 3, reason: 'HTTP 503' } });
        expect(requests).toHaveLength(3);
        expect(`${failure.message}${failure.stack ?? ''}`).not.toContain(TOKEN);
    });

    it('does not repeat a request with a refused token', async () => {
        answers = [status(401)];
        const failure = await failureOf(fetchDay());
        expect(failure).toMatchObject({ code: 'ENTSOE_REFUSED', details: { httpStatus: 401 } });
        expect(requests).toHaveLength(1);
        expect(String(failure)).not.toContain(TOKEN);
    });

    it('does not follow the server elsewhere with the token', async () => {
        answers = [status(302, { location: 'http://127.0.0.1:1/steal' })];
        await expect(failureOf(fetchDay({ attemptsMax: 2 }))).resolves.toMatchObject({ code: 'ENTSOE_UNAVAILABLE' });
    });

    it('ends a request that is not answered', async () => {
        answers = [() => undefined];
        const failure = await failureOf(fetchDay({ timeoutMs: 100, attemptsMax: 2 }));
        expect(failure).toMatchObject({ code: 'ENTSOE_UNAVAILABLE', details: { reason: 'TimeoutError' } });
    });

    it('stops reading an answer without end', async () => {
        answers = [
            (response) => {
                const chunk = Buffer.alloc(1024 * 1024, 0x20);
                for (let size = 0; size <= XML_BYTES_MAX; size += chunk.length) {
                    response.write(chunk);
                }
            },
        ];
        await expect(failureOf(fetchDay())).resolves.toMatchObject({ code: 'XML_TOO_LARGE' });
    });

    it('keeps a distance between requests', async () => {
        answers = [xml(document)];
        const { port } = server.address() as AddressInfo;
        const client = createEntsoeClient({
            token: TOKEN,
            url: `http://127.0.0.1:${String(port)}/api`,
            spacingMs: 100,
        });
        const startedAt = performance.now();
        await Promise.all([1, 2, 3].map(() => client.fetchDay('A65', NL, '2025-11-19')));
        expect(performance.now() - startedAt).toBeGreaterThanOrEqual(199);
    });
});
