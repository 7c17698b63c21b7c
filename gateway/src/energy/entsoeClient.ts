// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../application/failure.js';
import { localDay } from './localDay.js';
import { type DocumentType } from './marketDocument.js';
import { type NamedDocument } from './loadDay.js';
import { XML_BYTES_MAX } from './xmlText.js';
import { type Zone } from './zones.js';

export interface EntsoeClientOptions {
    /** Security token of the Transparency Platform account. It goes into requests only, never into errors. */
    readonly token: string;
    /** The platform's API, `https://web-api.tp.entsoe.eu/api` by default. */
    readonly url?: string;
    readonly attemptsMax?: number;
    readonly timeoutMs?: number;
    /** Least time between two requests. */
    readonly spacingMs?: number;
    readonly firstPauseMs?: number;
}

/** Asks the ENTSO-E Transparency Platform for one zone's local day. */
interface EntsoeClient {
    /** @throws Failure ENTSOE_REFUSED, ENTSOE_UNAVAILABLE, XML_TOO_LARGE. A day with no data comes back as its acknowledgement. */
    fetchDay(type: DocumentType, zone: Zone, day: string): Promise<NamedDocument>;
}

/** The platform bans a token for ten minutes after 400 requests in one minute. */
const REQUESTS_PER_MINUTE_MAX = 400;
const DEFAULTS = {
    url: 'https://web-api.tp.entsoe.eu/api',
    attemptsMax: 5,
    timeoutMs: 30_000,
    spacingMs: 60_000 / REQUESTS_PER_MINUTE_MAX,
    firstPauseMs: 500,
};

export function createEntsoeClient(options: EntsoeClientOptions): EntsoeClient {
    const settings = { ...DEFAULTS, ...options };
    let nextAt = 0;
    const takeTurn = async (): Promise<void> => {
        const now = performance.now();
        const at = Math.max(now, nextAt);
        nextAt = at + settings.spacingMs;
        await sleep(at - now);
    };
    return {
        fetchDay: async (type, zone, day) => {
            const bytes = await fetchWithRetries(requestUrl(settings, type, zone, day), settings, takeTurn);
            return { name: `${zone.name} ${day}`, bytes, askedFor: zone };
        },
    };
}

type Settings = Required<EntsoeClientOptions>;

function requestUrl({ url, token }: Settings, type: DocumentType, zone: Zone, day: string): URL {
    const { startMs, endMs } = localDay(day, zone.timeZone);
    const request = new URL(url);
    const domain = type === 'A65' ? 'outBiddingZone_Domain' : 'in_Domain';
    const query = { securityToken: token, documentType: type, processType: 'A16', [domain]: zone.eic };
    const period = { periodStart: compactMinute(startMs), periodEnd: compactMinute(endMs) };
    request.search = new URLSearchParams({ ...query, ...period }).toString();
    return request;
}

/** yyyyMMddHHmm in UTC. */
function compactMinute(timeMs: number): string {
    return new Date(timeMs).toISOString().replace(/[-:T]/g, '').slice(0, 12);
}

async function fetchWithRetries(url: URL, settings: Settings, takeTurn: () => Promise<void>): Promise<Uint8Array> {
    let reason = '';
    for (let attempt = 1; attempt <= settings.attemptsMax; attempt++) {
        await takeTurn();
        const answer = await fetchOnce(url, settings);
        if ('bytes' in answer) {
            return answer.bytes;
        }
        reason = answer.reason;
        if (attempt < settings.attemptsMax) {
            await sleep(answer.retryAfterMs ?? settings.firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
        }
    }
    throw new Failure('ENTSOE_UNAVAILABLE', { attempts: settings.attemptsMax, reason });
}

type Answer = { readonly bytes: Uint8Array } | { readonly reason: string; readonly retryAfterMs?: number | undefined };

async function fetchOnce(url: URL, { timeoutMs }: Settings): Promise<Answer> {
    let response: Response;
    try {
        response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    } catch (error) {
        return { reason: transportReason(error) };
    }
    if (response.status === 429 || response.status >= 500) {
        await response.body?.cancel();
        return { reason: `HTTP ${String(response.status)}`, retryAfterMs: retryAfterMs(response) };
    }
    return readAnswer(response);
}

/** "No matching data" comes as an acknowledgement with status 200 or 400; other refusals are not XML of the platform's. */
async function readAnswer(response: Response): Promise<Answer> {
    let bytes: Uint8Array;
    try {
        bytes = await readLimited(response);
    } catch (error) {
        if (error instanceof Failure) {
            throw error;
        }
        return { reason: transportReason(error) };
    }
    const isAcknowledgement = Buffer.from(bytes.subarray(0, 1000)).includes('<Acknowledgement_MarketDocument');
    if (response.ok || (response.status === 400 && isAcknowledgement)) {
        return { bytes };
    }
    throw new Failure('ENTSOE_REFUSED', { httpStatus: response.status, reason: response.statusText });
}

async function readLimited(response: Response): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const body: AsyncIterable<Uint8Array> | undefined = response.body ?? undefined;
    for await (const chunk of body ?? []) {
        size += chunk.length;
        if (size > XML_BYTES_MAX) {
            throw new Failure('XML_TOO_LARGE', { bytes: size, bytesMax: XML_BYTES_MAX });
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}

const RETRY_AFTER_MS_MAX = 600_000;

function retryAfterMs(response: Response): number | undefined {
    const seconds = response.headers.get('retry-after') ?? '';
    return /^\d{1,6}$/.test(seconds) ? Math.min(Number(seconds) * 1000, RETRY_AFTER_MS_MAX) : undefined;
}

/** fetch hides the cause one level down, with a code such as ECONNRESET. Its message never holds the URL, nor do we repeat it. */
function transportReason(error: unknown): string {
    const { cause, name } = error as { readonly cause?: { readonly code?: unknown }; readonly name?: unknown };
    const code = cause?.code;
    if (typeof code === 'string') {
        return code;
    }
    return typeof name === 'string' ? name : 'no connection';
}
