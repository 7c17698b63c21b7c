// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openLevel, type Level } from './level.js';
import { LevelStateDatabase } from './levelStateDatabase.js';
import { MemoryStateDatabase } from './memoryStateDatabase.js';
import type { StateDatabase } from './stateDatabase.js';
import type { StateReader } from './stateReader.js';
import { UpdateBatch } from './updateBatch.js';

const namespaces = ['', 'cc', 'cc2'];
const keys = ['', 'a', 'a\u0000b', 'b', '\u{FFFD}', '\u{1F600}'];
const change = fc.tuple(fc.constantFrom(...namespaces), fc.constantFrom(...keys), fc.constantFrom('', 'x', 'yy'));

function batchOf(blockNum: number, changes: readonly (readonly [string, string, string])[]): UpdateBatch {
    const batch = new UpdateBatch();
    for (const [txNum, [namespace, key, value]] of changes.entries()) {
        const version = { blockNum, txNum };
        const metadata = value === 'yy' && { metadata: Buffer.from(`${key}${value}`) };
        const written = { version, value: Buffer.from(value), ...metadata };
        batch.putPublic(namespace, key, value === '' ? { version } : written);
    }
    return batch;
}

async function contentOf(reader: StateReader, startKey: string, endKey: string): Promise<unknown> {
    const content = [];
    for (const namespace of namespaces) {
        const range = reader.range(namespace, startKey, endKey);
        content.push([await range.next(2), await range.next(100)]);
        await range.close();
        content.push(keys.map((key) => [reader.get(namespace, key), reader.metadataOf(namespace, key)]));
    }
    return content;
}

describe('the state database on LevelDB', () => {
    const directory = mkdtempSync(join(tmpdir(), 'state-'));
    let level: Level;

    beforeEach(async () => {
        level = await openLevel(directory);
        await level.clear();
    });

    afterEach(() => level.close());

    afterAll(() => {
        rmSync(directory, { recursive: true });
    });

    it('reads keys of blocks that are held as if they were written, and writes them all or none', async () => {
        const held = new LevelStateDatabase(level, 2_000);
        const written = new MemoryStateDatabase();
        const first = { blockNum: 0, txNum: 0 };
        const rounds: [string, string, string][][] = [
            [
                ['cc', 'a', 'x'],
                ['cc', 'b', 'x'],
            ],
            [['cc', 'a', '']],
            [
                ['cc', 'b', 'yy'],
                ['cc', '', 'x'],
            ],
        ];
        for (const database of [held, written]) await database.apply(batchOf(0, [['cc', 'a', 'old']]), first);
        for (const [index, changes] of rounds.entries()) {
            const blockNum = index + 1;
            // What is read before lies in the cache.
            for (const key of keys) held.newReader().get('cc', key);
            await held.hold(batchOf(blockNum, changes), { blockNum, txNum: 0 }, []);
            await written.apply(batchOf(blockNum, changes), { blockNum, txNum: 0 });
            const [mine, other] = [held.newReader(), written.newReader()];
            for (const key of keys) expect(mine.get('cc', key)).toEqual(other.get('cc', key));
            mine.release();
            expect(new LevelStateDatabase(level).savepoint).toEqual(first);
        }
        await held.writeHeld();
        const opened = new LevelStateDatabase(level);
        expect(opened.savepoint).toEqual({ blockNum: 3, txNum: 0 });
        for (const database of [held, opened]) {
            expect(await contentOf(database.newReader(), '', '')).toEqual(await contentOf(written.newReader(), '', ''));
        }
    });

    it('answers every read as the one in memory does, at the present height and at earlier ones', async () => {
        const blocks = fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 5 });
        await fc.assert(
            fc.asyncProperty(blocks, fc.constantFrom(...keys), fc.constantFrom(...keys), async (rounds, start, end) => {
                await level.clear();
                const databases: StateDatabase[] = [new LevelStateDatabase(level, 2_000), new MemoryStateDatabase()];
                const readers = databases.map(() => [] as StateReader[]);
                for (const [blockNum, changes] of rounds.entries()) {
                    for (const [i, database] of databases.entries()) {
                        readers[i]?.push(database.newReader());
                        await database.apply(batchOf(blockNum, changes), { blockNum, txNum: changes.length });
                        readers[i]?.push(database.newReader());
                    }
                }
                const contents = await Promise.all(
                    readers.map((list) => Promise.all(list.map((reader) => contentOf(reader, start, end)))),
                );
                expect(contents[0]).toEqual(contents[1]);
                expect(databases[0]?.savepoint).toEqual(databases[1]?.savepoint);
                readers.flat().forEach((reader) => {
                    reader.release();
                });
                await databases[0]?.close();
            }),
            { numRuns: 60 },
        );
    });

    it('shows a reader opened while a block is being written the height before it', async () => {
        const database = new LevelStateDatabase(level);
        await database.apply(
            batchOf(0, [
                ['cc', 'a', 'x'],
                ['cc', 'b', 'x'],
            ]),
            { blockNum: 0, txNum: 0 },
        );
        const writing = database.apply(
            batchOf(1, [
                ['cc', 'a', 'yy'],
                ['cc', 'b', 'yy'],
            ]),
            { blockNum: 1, txNum: 0 },
        );
        const reader = database.newReader();
        const before = reader.get('cc', 'a')?.value.toString();
        await writing;
        const after = reader.get('cc', 'b')?.value.toString();
        reader.release();
        const latest = database.newReader();
        expect([before, after, latest.get('cc', 'b')?.value.toString()]).toEqual(['x', 'x', 'yy']);
        latest.release();
        await database.close();
    });

    it('keeps no slice of a block in its cache', async () => {
        const block = Buffer.from('....value....');
        const batch = new UpdateBatch();
        batch.putPublic('cc', 'k', { version: { blockNum: 0, txNum: 0 }, value: block.subarray(4, 9) });
        const database = new LevelStateDatabase(level);
        await database.apply(batch, { blockNum: 0, txNum: 0 });
        block.fill('#');
        const reader = database.newReader();
        expect(reader.get('cc', 'k')?.value.toString()).toBe('value');
        reader.release();
        await database.close();
    });

    it('remembers its savepoint', async () => {
        await new LevelStateDatabase(level).apply(new UpdateBatch(), { blockNum: 300, txNum: 7 });
        expect(new LevelStateDatabase(level).savepoint).toEqual({ blockNum: 300, txNum: 7 });
    });
});
