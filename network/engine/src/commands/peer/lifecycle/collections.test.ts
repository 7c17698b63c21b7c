// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCollections } from './collections.js';

describe('a file of collections', () => {
    const directory = mkdtempSync(join(tmpdir(), 'collections-'));
    const file = join(directory, 'collections.json');

    afterAll(() => {
        rmSync(directory, { recursive: true });
    });

    it('leaves defaults unset', () => {
        writeFileSync(file, JSON.stringify([{ name: 'c', policy: "OR('A.member')", maxPeerCount: 0, blockToLive: 3 }]));
        const [collection] = readCollections(file).config ?? [];
        expect(collection?.staticCollectionConfig).toMatchObject({ name: 'c', blockToLive: 3 });
        expect(collection?.staticCollectionConfig).not.toHaveProperty('maximumPeerCount');
        expect(collection?.staticCollectionConfig).not.toHaveProperty('requiredPeerCount');
    });

    it.each([
        ['{}', 'json: not a list'],
        ['[null]', 'json: not a list of objects'],
        ['[{"name": 7}]', 'name is not a string'],
        ['[{"name": "c", "blockToLive": "3"}]', 'blockToLive is not a whole number'],
        ['[{"name": "c", "policy": "OR("}]', 'invalid policy OR('],
    ])('that holds %s is refused', (content, reason) => {
        writeFileSync(file, content);
        expect(() => readCollections(file)).toThrow(reason);
    });
});
