// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { openTestAuthority, type TestAuthority } from './testing/testAuthority.js';
import { type Answer, certificateIn, type Credentials, newRequest, send, tokenFor } from './testing/testClient.js';

// Replays what clients said to a real fabric-ca-server 1.5.21 in the recorded order. Keys and certificates are our own, so
// that tokens are signed anew; statuses, headers and bodies must be the recorded ones.

interface Recorded {
    readonly id: string;
    readonly token?: { readonly signatureVerifies: boolean };
    readonly request: {
        readonly method: string;
        readonly path: string;
        readonly body?: string;
        readonly headers: Readonly<Record<string, string>>;
    };
    readonly response: {
        readonly status: number;
        readonly body: string;
        readonly headers: Readonly<Record<string, string>>;
    };
}

const recordings = join(__dirname, '../../fixtures/fabric-3.1.5/ca');
const exchanges = readFileSync(join(recordings, 'exchanges.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);

// After a first POST the real server answers 201 to every GET on the collection; clients ignore it and we do not copy it.
const statusQuirks: Readonly<Record<string, number>> = { 'ca-affiliation-list': 200 };

let authority: TestAuthority;
/** Our credentials by the certificate the real server issued at the same point. */
const credentials = new Map<string, Credentials>();
/** Recorded serial numbers and key identifiers by ours. */
const recordedHex = new Map<string, string>();

beforeAll(async () => {
    const configuration = readFileSync(join(recordings, 'fabric-ca-server-config.yaml'), 'utf8');
    authority = await openTestAuthority({}, configuration.replace(/^ {2}keyfile: .*\n/m, ''));
});

afterAll(async () => {
    await authority.close();
});

const replay = async ({ id, token, request, response }: Recorded): Promise<Answer> => {
    const { method, path } = request;
    let body = request.body ?? '';
    for (const [ours, recorded] of recordedHex) body = body.replaceAll(recorded, ours);
    const csr =
        /-----BEGIN CERTIFICATE REQUEST-----(?:[^-]*)-----END CERTIFICATE REQUEST-----\\r\\n|-----BEGIN CERTIFICATE REQUEST-----(?:[^-]*)-----END CERTIFICATE REQUEST-----\\n/;
    const fresh = csr.test(body) ? await newRequest(commonNameOf(request, id)) : undefined;
    if (fresh !== undefined) body = body.replace(csr, () => fresh.csr.replaceAll('\n', '\\n'));
    const authorization = authorizationOf(request.headers.authorization, token, method, path, body);
    const answer = await send(authority.url, method, path, body, authorization);
    if (fresh !== undefined && answer.status === 201) remember(fresh.key, response.body, answer.text);
    return answer;
};

const commonNameOf = ({ headers }: Recorded['request'], id: string): string => {
    const [scheme, value = ''] = (headers.authorization ?? '').split(' ');
    if (scheme === 'Basic') return Buffer.from(value, 'base64').toString().split(':')[0] ?? '';
    return id === 'reenroll-revoked' ? 'clerk01' : 'meter01';
};

const authorizationOf = (
    recorded: string | undefined,
    token: Recorded['token'],
    method: string,
    path: string,
    body: string,
): string | undefined => {
    if (recorded === undefined || token === undefined) return recorded;
    const [certificate = ''] = recorded.split('.');
    const ours = credentials.get(certificate) ?? foreignCredentials(certificate);
    return tokenFor(ours, method, path, token.signatureVerifies ? body : `${body} `);
};

// A certificate our CA never issued, with some key.
const foreignCredentials = (certificate: string): Credentials => ({
    key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    certificate: Buffer.from(certificate, 'base64').toString(),
});

const remember = (key: Credentials['key'], recordedBody: string, ourBody: string): void => {
    const recorded = certificateIn(recordedBody);
    const ours = certificateIn(ourBody);
    credentials.set(Buffer.from(recorded).toString('base64'), { key, certificate: ours });
    const serial = (pem: string): string => new X509Certificate(pem).serialNumber.toLowerCase().replace(/^0+/, '');
    recordedHex.set(serial(ours), serial(recorded));
    const { keyIdentifier } = authority.ca.authority;
    // The server answers with identifiers stripped of their leading zeros, which every sixteenth key has.
    for (const ours of [keyIdentifier, keyIdentifier.replace(/^0+/, '')]) {
        recordedHex.set(ours, 'e1ca07e5967cde71deef8f6fd79c6f20a057ef8bd6a8c079f3ac516ad50b955a');
    }
};

/** Leaves out what differs from run to run: keys, certificates, CRLs, made-up secrets and the order of attributes. */
const comparable = (body: string, id: string): unknown => {
    if (!body.startsWith('{')) return body;
    let text = body;
    for (const [ours, recorded] of recordedHex) text = text.replaceAll(ours, recorded);
    return JSON.parse(text, (name, value: unknown) => {
        if (['Cert', 'CAChain', 'CRL', 'PEM'].includes(name)) return value === '' ? '' : `some ${name}`;
        if (['IssuerPublicKey', 'IssuerRevocationPublicKey'].includes(name)) return typeof value;
        if (name === 'secret' && id === 'register-generated-secret') return /^[A-Za-z]{12}$/.test(String(value));
        if (name === 'attrs') return (value as { name: string }[]).toSorted((a, b) => (a.name < b.name ? -1 : 1));
        return value;
    }) as unknown;
};

test.each(exchanges.map((exchange) => [exchange.id, exchange] as const))(
    'answers %s as recorded',
    async (id, exchange) => {
        const answer = await replay(exchange);
        expect(comparable(answer.text, id)).toEqual(comparable(exchange.response.body, id));
        expect(answer.status).toBe(statusQuirks[id] ?? exchange.response.status);
        expect(answer.headers.get('content-type')).toBe(exchange.response.headers['content-type']);
        expect(answer.headers.get('location')).toBe(exchange.response.headers.location ?? null);
    },
);

test('writes envelopes byte for byte as Go does', async () => {
    const unknownCa = exchanges.find(({ id }) => id === 'cainfo-unknown-ca');
    const answer = await send(authority.url, 'GET', '/api/v1/cainfo?ca=nope', '');
    expect(answer.text).toBe(unknownCa?.response.body);
});
