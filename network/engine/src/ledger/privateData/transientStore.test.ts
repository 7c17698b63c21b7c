// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../wire/hashing.js';
import { openLevel, type Level } from '../state/level.js';
import { TransientStore } from './transientStore.js';

describe('the transient store', () => {
    const directory = mkdtempSync(join(tmpdir(), 'transient-'));
    const clear = Buffer.from('clear');
    const set = { nsPvtRwset: [{ namespace: 'cc', collectionPvtRwset: [{ collectionName: 'c', rwset: clear }] }] };
    let level: Level;

    beforeEach(async () => {
        level = await openLevel(directory);
        await level.clear();
    });

    afterEach(() => level.close());

    afterAll(() => {
        rmSync(directory, { recursive: true });
    });

    it('finds clear text by its hash, and nothing under another name', async () => {
        const store = await TransientStore.open(level);
        await store.put('tx', set, 1);
        expect(store.find('tx', 'cc', 'c', sha256(clear))).toEqual(clear);
        expect(store.find('tx', 'cc', 'd', sha256(clear))).toBeUndefined();
        expect(store.find('other', 'cc', 'c', sha256(clear))).toBeUndefined();
    });

    it('drops what a block settled, on disk too', async () => {
        const store = await TransientStore.open(level);
        await store.put('tx', set, 1);
        await store.put('waiting', set, 1);
        await store.purge(['tx'], 2);
        const reopened = await TransientStore.open(level);
        expect([store, reopened].map((each) => [each.has('tx'), each.has('waiting')])).toEqual([
            [false, true],
            [false, true],
        ]);
    });

    it('drops after 20000 blocks what never came back', async () => {
        const store = await TransientStore.open(level);
        await store.put('lost', set, 5);
        await store.purge([], 20_005);
        expect(store.has('lost')).toBe(true);
        await store.purge([], 20_006);
        expect(store.has('lost')).toBe(false);
    });
});
