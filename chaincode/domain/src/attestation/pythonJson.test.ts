// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseLosslessJson } from '../encoding/parseJson.js';
import { pythonJson } from './pythonJson.js';

interface Vector {
    readonly document: string;
    readonly 'py-sorted/1': string;
    readonly 'py-sorted-utf8/1': string;
}

const vectors = JSON.parse(readFileSync(join(__dirname, '../../vectors/pythonJson.json'), 'utf8')) as Vector[];

describe("Python's canonical text", () => {
    it.each(vectors.map((vector) => [vector.document.slice(0, 60), vector] as const))('of %s', (_name, vector) => {
        const document = parseLosslessJson(vector.document);
        expect(pythonJson(document, 'py-sorted/1')).toBe(vector['py-sorted/1']);
        expect(pythonJson(document, 'py-sorted-utf8/1')).toBe(vector['py-sorted-utf8/1']);
    });
});
