// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hex } from '../encoding/bytes.js';
import { parseLosslessJson } from '../encoding/parseJson.js';
import { payloadDigest } from './digest.js';

type Forms = Readonly<Record<'py-sorted/1' | 'py-sorted-utf8/1', string>>;
interface Case {
    readonly name: string;
    readonly input: { readonly document: string };
    readonly expected: Forms;
}

const file = join(__dirname, '../../vectors/attestation-digests.json');
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] };
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

it.each(cases.map((one) => [one.name, one] as const))('the digests of %s are those of Python', (_, one) => {
    const document = parseLosslessJson(one.input.document);
    const digest = (form: keyof Forms) => hex(payloadDigest(document, form, 'absent', sha256));
    expect({ 'py-sorted/1': digest('py-sorted/1'), 'py-sorted-utf8/1': digest('py-sorted-utf8/1') }).toEqual(
        one.expected,
    );
});
