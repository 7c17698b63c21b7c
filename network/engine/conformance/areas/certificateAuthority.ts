// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { openTestAuthority, type TestAuthority } from '../../src/certificateAuthority/testing/testAuthority.js';
import { newRequest } from '../../src/certificateAuthority/newRequest.js';
import { certificateIn, type Credentials, send, tokenFor } from '../../src/certificateAuthority/testing/testClient.js';
import {
    SubjectKeyIdentifierExtension,
    X509Certificate as PeculiarCertificate,
} from '../../src/certificateAuthority/certificates/x509.js';
import type { Checks } from '../checks.js';
import type { Recordings } from '../recordings.js';

// Replays what clients said to a real fabric-ca-server in the recorded order. Keys and certificates are our own, so that
// tokens are signed anew; statuses, headers and bodies must be the recorded ones.

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

const file = 'ca/exchanges.jsonl';
const request =
    /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----(?:\\[rn]|[^-\\])*-----END (?:NEW )?CERTIFICATE REQUEST-----(?:\\r)?(?:\\n)?/;

/** Every recorded exchange with the CA, in order. */
export async function replayCertificateAuthority(recordings: Recordings, checks: Checks): Promise<void> {
    const configuration = recordings.bytes('ca/fabric-ca-server-config.yaml').toString('utf8');
    const authority = await openTestAuthority({}, configuration.replace(/^ {2}keyfile: .*\n/m, ''));
    try {
        const session = new Session(authority, subjectKeyId(recordings.bytes('ca/ca-cert.pem').toString('utf8')));
        for (const { line, value } of recordings.lines<Recorded>(file)) {
            const place = { file, line, label: value.id };
            await checks.guard(place, async () => {
                checks.equal(place, session.recordedAnswer(value), await session.answer(value));
            });
        }
    } finally {
        await authority.close();
    }
}

/** What ties the recorded clients to ours: credentials, serial numbers and key identifiers. */
class Session {
    readonly #authority: TestAuthority;
    /** Our credentials by the certificate that the real server issued at the same point. */
    readonly #credentials = new Map<string, Credentials>();
    /** Recorded serial numbers and key identifiers by ours. */
    readonly #recordedHex = new Map<string, string>();

    constructor(authority: TestAuthority, recordedKeyIdentifier: string) {
        this.#authority = authority;
        const { keyIdentifier } = authority.ca.authority;
        // The server answers with identifiers stripped of their leading zeros, which every sixteenth key has.
        this.#recordedHex.set(keyIdentifier, recordedKeyIdentifier);
        this.#recordedHex.set(withoutZeros(keyIdentifier), withoutZeros(recordedKeyIdentifier));
    }

    recordedAnswer({ id, response: { status, headers, body } }: Recorded): object {
        return {
            status,
            contentType: headers['content-type'] ?? null,
            location: headers.location ?? null,
            body: this.#comparable(body, id),
        };
    }

    async answer(recorded: Recorded): Promise<object> {
        const { method, path, headers } = recorded.request;
        let body = recorded.request.body ?? '';
        for (const [ours, theirs] of this.#recordedHex) body = body.replaceAll(theirs, ours);
        const fresh = request.test(body) ? await newRequest(this.#commonName(recorded)) : undefined;
        if (fresh !== undefined) body = body.replace(request, () => fresh.csr.replaceAll('\n', '\\n'));
        const authorization = this.#authorization(headers.authorization, recorded.token, method, path, body);
        const answer = await send(this.#authority.url, method, path, body, authorization);
        if (fresh !== undefined && answer.status === 201)
            this.#remember(fresh.key, recorded.response.body, answer.text);
        return {
            status: answer.status,
            contentType: answer.headers.get('content-type'),
            location: answer.headers.get('location'),
            body: this.#comparable(answer.text, recorded.id),
        };
    }

    /** Whose certificate a request is for: the recorded answer says it, or the caller does. */
    #commonName({ request: { headers }, response }: Recorded): string {
        const [scheme, value = ''] = (headers.authorization ?? '').split(' ');
        if (scheme === 'Basic') return Buffer.from(value, 'base64').toString().split(':')[0] ?? '';
        const pem = response.status === 201 ? certificateIn(response.body) : callerOf(headers.authorization);
        return /^CN=(.*)$/m.exec(new X509Certificate(pem).subject)?.[1] ?? '';
    }

    #authorization(
        recorded: string | undefined,
        token: Recorded['token'],
        method: string,
        path: string,
        body: string,
    ): string | undefined {
        if (recorded === undefined || token === undefined) return recorded;
        const [certificate = ''] = recorded.split('.');
        const ours = this.#credentials.get(certificate) ?? foreignCredentials(certificate);
        return tokenFor(ours, method, path, token.signatureVerifies ? body : `${body} `);
    }

    #remember(key: Credentials['key'], recordedBody: string, ourBody: string): void {
        const recorded = certificateIn(recordedBody);
        const ours = certificateIn(ourBody);
        this.#credentials.set(Buffer.from(recorded).toString('base64'), { key, certificate: ours });
        const serial = (pem: string): string => withoutZeros(new X509Certificate(pem).serialNumber.toLowerCase());
        this.#recordedHex.set(serial(ours), serial(recorded));
    }

    /** Leaves out what differs from run to run: keys, certificates, CRLs, made-up secrets and the order of attributes. */
    #comparable(body: string, id: string): unknown {
        if (!body.startsWith('{')) return body;
        let text = body;
        for (const [ours, recorded] of this.#recordedHex) text = text.replaceAll(ours, recorded);
        return JSON.parse(text, (name, value: unknown) => {
            if (['Cert', 'CAChain', 'CRL', 'PEM'].includes(name)) return value === '' ? '' : `some ${name}`;
            if (['IssuerPublicKey', 'IssuerRevocationPublicKey'].includes(name)) return typeof value;
            if (name === 'secret' && id === 'register-generated-secret') return /^[A-Za-z]{12}$/.test(String(value));
            if (name === 'attrs') return (value as { name: string }[]).toSorted((a, b) => (a.name < b.name ? -1 : 1));
            return value;
        }) as unknown;
    }
}

function callerOf(authorization = ''): string {
    return Buffer.from(authorization.split('.')[0] ?? '', 'base64').toString('utf8');
}

/** A certificate that our CA never issued, with some key. */
function foreignCredentials(certificate: string): Credentials {
    return {
        key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
        certificate: Buffer.from(certificate, 'base64').toString(),
    };
}

function subjectKeyId(pem: string): string {
    const extension = new PeculiarCertificate(pem).getExtension(SubjectKeyIdentifierExtension);
    return extension?.keyId.toLowerCase() ?? '';
}

const withoutZeros = (hex: string): string => hex.replace(/^0+/, '');
