// SPDX-License-Identifier: Apache-2.0
import type { SeededRandom } from '../scenarios/hostile/seededRandom';
import type { Change } from './service';

/** The layers of an HTTP request, from the inside out. */
export const httpLayers = ['json', 'body', 'target', 'authorization', 'head', 'request'] as const;

interface RequestDraft {
    readonly method: string;
    readonly target: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Buffer;
    /** Made of what `change` has left of method, target and body. */
    readonly authorize?: (method: string, target: string, body: Buffer) => string | undefined;
}

/** Bytes of a request whose length and authorization are those of the changed body. */
export function forgeRequest(draft: RequestDraft, change: Change, random: SeededRandom): Buffer {
    const method = random.chance(12)
        ? random.pick(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
        : draft.method;
    const target = change('target', Buffer.from(draft.target))
        .toString('latin1')
        .replaceAll(/[\r\n ]/g, '%');
    const body = change('body', draft.body ?? Buffer.alloc(0));
    const authorization = draft.authorize?.(method, target, body);
    const headers = {
        host: 'localhost',
        connection: 'close',
        'content-length': String(body.length),
        ...draft.headers,
        ...(authorization !== undefined && {
            authorization: change('authorization', Buffer.from(authorization))
                .toString('latin1')
                .replaceAll(/[\r\n]/g, ''),
        }),
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = change('head', Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'));
    return change('request', Buffer.concat([head, body]));
}

/** A JSON document with something else in the place of one of its values, a name doubled, or its text broken. */
export function damagedJson(document: unknown, random: SeededRandom): string {
    const text = JSON.stringify(document);
    switch (random.below(6)) {
        case 0:
            return text.slice(0, random.below(text.length));
        case 1:
            return text.replace('{', `{"id":${random.pick(values)},`);
        case 2:
            return `${'['.repeat(random.pick([1, 100, 100_000]))}${text}`;
        default:
            return rendered(withOther(document, random));
    }
}

/** What a field does not expect. */
const values = [
    'null',
    'true',
    '0',
    '-1',
    '1e309',
    '1.5',
    '9007199254740993',
    '""',
    '"\\u0000"',
    '"\\ud800"',
    '[]',
    '{}',
    '[[[]]]',
    '{"__proto__":{"x":1}}',
    '"../../etc/passwd"',
    '"%00"',
    `"${'a'.repeat(70_000)}"`,
    '"\' OR 1=1 --"',
    '["a",1,null]',
];

/** Text that stands for itself in a document. */
class Verbatim {
    readonly text: string;
    constructor(text: string) {
        this.text = text;
    }
}

function withOther(value: unknown, random: SeededRandom): unknown {
    const inside = typeof value === 'object' && value !== null && Object.keys(value).length > 0 && !random.chance(4);
    if (!inside) return new Verbatim(random.pick(values));
    const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
    const key = random.pick(Object.keys(copy));
    copy[key] = withOther(copy[key], random);
    return copy;
}

function rendered(value: unknown): string {
    if (value instanceof Verbatim) return value.text;
    if (Array.isArray(value)) return `[${value.map(rendered).join(',')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    return `{${Object.entries(value)
        .map(([name, field]) => `${JSON.stringify(name)}:${rendered(field)}`)
        .join(',')}}`;
}
