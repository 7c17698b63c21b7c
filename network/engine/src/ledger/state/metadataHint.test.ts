// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLevel, writeBatch, type Level } from './level.js';
import { MetadataHint } from './metadataHint.js';
import { UpdateBatch, type StateUpdate } from './updateBatch.js';

const version = { blockNum: 1, txNum: 0 };
const plain = { version, value: Buffer.from('v') };
const marked = { ...plain, metadata: Buffer.from('m') };

function batchOf(space: string, update: StateUpdate): UpdateBatch {
    const batch = new UpdateBatch();
    batch.putPublic(space, 'key', update);
    return batch;
}

describe('the metadata hint', () => {
    const directory = mkdtempSync(join(tmpdir(), 'hint-'));
    let level: Level;

    beforeEach(async () => {
        level = await openLevel(directory);
        await level.clear();
    });

    afterEach(() => level.close());

    afterAll(() => {
        rmSync(directory, { recursive: true });
    });

    it('knows the spaces that ever had metadata, also after a restart', async () => {
        const hint = MetadataHint.read(level, true);
        await writeBatch(level, hint.add(batchOf('plain', plain)));
        await writeBatch(level, hint.add(batchOf('marked', marked)));
        await writeBatch(level, hint.add(batchOf('marked', plain)));
        for (const known of [hint, MetadataHint.read(level, false)]) {
            expect(['plain', 'marked'].map((space) => known.mayHave(space))).toEqual([false, true]);
        }
    });

    it('is written when it changes, and with the first block', () => {
        const hint = MetadataHint.read(level, true);
        const written = [plain, plain, marked, marked].map((update) => hint.add(batchOf('space', update)).length);
        expect(written).toEqual([1, 0, 1, 0]);
    });

    it('rules no space out in a state that was written without it', () => {
        const hint = MetadataHint.read(level, false);
        expect(hint.add(batchOf('space', plain))).toEqual([]);
        expect(hint.mayHave('space')).toBe(true);
    });
});
