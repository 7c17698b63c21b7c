// SPDX-License-Identifier: Apache-2.0
import type { protos } from '../../wire/protobuf.js';

/**
 * Messages as Go's `%v` prints them (google.golang.org/protobuf/encoding/prototext): fields that are set, in order, with two
 * blanks between, which is what the recorded build of Fabric chose.
 */
export function responseText(response: protos.Response.$Properties): string {
    return fields([
        numberField('status', response.status),
        stringField('message', Buffer.from(response.message ?? '')),
        stringField('payload', response.payload),
    ]);
}

export function proposalResponseText(response: protos.ProposalResponse.$Properties): string {
    const { endorsement } = response;
    return fields([
        numberField('version', response.version),
        messageField('response', response.response, responseText),
        stringField('payload', response.payload),
        messageField('endorsement', endorsement, ({ endorser, signature }) =>
            fields([stringField('endorser', endorser), stringField('signature', signature)]),
        ),
    ]);
}

function fields(parts: readonly string[]): string {
    return parts.filter((part) => part !== '').join('  ');
}

function numberField(name: string, value: number | null | undefined): string {
    return value === null || value === undefined || value === 0 ? '' : `${name}:${String(value)}`;
}

function stringField(name: string, value: Uint8Array | null | undefined): string {
    return value === null || value === undefined || value.length === 0 ? '' : `${name}:"${quoted(Buffer.from(value))}"`;
}

function messageField<T>(name: string, value: T | null | undefined, text: (value: T) => string): string {
    return value === null || value === undefined ? '' : `${name}:{${text(value)}}`;
}

const simpleEscapes: Readonly<Record<string, string>> = {
    '"': '\\"',
    '\\': '\\\\',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
};

function quoted(bytes: Buffer): string {
    let text = '';
    for (let at = 0; at < bytes.length;) {
        const character = characterAt(bytes, at);
        if (character === undefined) {
            text += hexEscape(bytes[at] ?? 0);
            at += 1;
        } else {
            text += escaped(character);
            at += Buffer.byteLength(character);
        }
    }
    return text;
}

/** The valid UTF-8 character that starts at a byte, or undefined. */
function characterAt(bytes: Buffer, at: number): string | undefined {
    for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
        const text = bytes.toString('utf8', at, at + length);
        if (!text.includes('\ufffd') || bytes.subarray(at, at + length).equals(Buffer.from('\ufffd'))) {
            return text;
        }
    }
    return undefined;
}

function escaped(character: string): string {
    const code = character.codePointAt(0) ?? 0;
    const simple = simpleEscapes[character];
    if (simple !== undefined) {
        return simple;
    }
    if (code < 0x20 || code === 0x7f) {
        return hexEscape(code);
    }
    return code >= 0x80 && code <= 0x9f ? `\\u${code.toString(16).padStart(4, '0')}` : character;
}

function hexEscape(code: number): string {
    return `\\x${code.toString(16).padStart(2, '0')}`;
}
