// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TxValidationCode } from '../../wire/codes.js';
import { asBuffer } from '../../wire/decode.js';
import { sha256 } from '../../wire/hashing.js';
import type { kvrwset } from '../../wire/protobuf.js';
import { versionOfRead } from '../state/height.js';
import { MemoryStateDatabase } from '../state/memoryStateDatabase.js';
import { validateAndPrepare } from '../validation/mvcc.js';
import { parseBlock } from '../validation/parsedTransaction.js';
import type { CollectionReadWriteSet, NamespaceReadWriteSet } from './readWriteSet.js';
import { ReadWriteSetBuilder } from './readWriteSetBuilder.js';
import { Simulation } from './simulation.js';
import { parseMetadata, serializeMetadata } from '../state/stateMetadata.js';
import type { StateReader } from '../state/stateReader.js';
import { recordedBlocks, recordedLines, recordings } from '../testing/recordings.js';

interface PrivateEntry {
    readonly kind: string;
    readonly key?: string;
    readonly value?: string;
    readonly valueBase64?: string;
}

/** Clear texts of private keys and values by their SHA-256, as far as the recorded peers still had them at the end. */
const clearTexts = new Map<string, Buffer>();
for (const { kind, key, value, valueBase64 } of [
    ...recordedLines<PrivateEntry>('state/final.authority.jsonl'),
    ...['centralbank', 'cooperative', 'regulator'].flatMap(entriesOnlyOf),
]) {
    if (kind === 'private') {
        remember(Buffer.from(key ?? ''));
        remember(value === undefined ? Buffer.from(valueBase64 ?? '', 'base64') : Buffer.from(value));
    }
}

/** Private calls that cannot be made again: their clear text is gone, or the collection is an explicit one. */
class UnknownClearText extends Error {}

it('records the read-write set of every recorded transaction byte for byte when its calls are made again', async () => {
    const database = new MemoryStateDatabase();
    const different: string[] = [];
    let compared = 0;
    let withCollections = 0;
    for (const block of recordedBlocks('blocks')) {
        const transactions = parseBlock(block.ordererBlock);
        const reader = database.newReader();
        for (const [index, transaction] of transactions.entries()) {
            const isValid = block.finalCodes[index] === TxValidationCode.VALID;
            if (!isValid || !transaction.isEndorserTransaction || block.forged[index]) {
                continue;
            }
            const results = await simulateAgain(transaction.readWriteSet, reader);
            if (results === undefined) {
                continue;
            }
            compared++;
            withCollections += transaction.readWriteSet.some(({ collections }) => collections.length > 0) ? 1 : 0;
            if (!results.equals(transaction.chaincodeAction.results)) {
                different.push(`${String(block.number)}/${String(index)}`);
            }
        }
        const { updates } = await validateAndPrepare({
            blockNum: block.number,
            transactions,
            codes: block.finalCodes,
            reader,
            trusted: true,
        });
        await database.apply(updates, { blockNum: block.number, txNum: transactions.length - 1 });
    }
    expect(different).toEqual([]);
    expect(compared).toBe(129);
    expect(withCollections).toBe(20);
});

/** Results of a simulation that makes the calls a read-write set shows; undefined when clear text is unknown. */
async function simulateAgain(
    readWriteSet: readonly NamespaceReadWriteSet[],
    reader: StateReader,
): Promise<Buffer | undefined> {
    const simulation = new Simulation({ txId: 'again', channelId: 'power', isMember: () => true, reader });
    try {
        for (const { namespace, kv, collections } of readWriteSet) {
            for (const query of kv.rangeQueriesInfo) {
                await rangeAgain(simulation, namespace, query, reader);
            }
            callAgain(simulation, namespace, kv);
            for (const collection of collections) {
                callCollectionAgain(simulation, namespace, collection);
            }
        }
        return simulation.finish().results;
    } catch (error) {
        if (error instanceof UnknownClearText) {
            return undefined;
        }
        throw error;
    }
}

it('hashes a private metadata write as the recorded peer did, its key alone in clear', () => {
    const { readWriteSet, chaincodeAction } = parseBlock(recordedBlocks('blocks')[71]!.ordererBlock)[0]!;
    const builder = new ReadWriteSetBuilder();
    for (const { key, version } of readWriteSet[0]!.kv.reads) {
        builder.addRead('_lifecycle', key ?? '', versionOfRead(version));
    }
    const [write] = readWriteSet[1]!.collections[0]!.hashed.metadataWrites;
    const metadata = parseMetadata(serializeMetadata(write!.entries ?? []));
    builder.addPrivateMetadataWrite('vector', 'shortLived', 'k0002', metadata);
    expect(builder.build().results).toEqual(chaincodeAction.results);
});

function callAgain(simulation: Simulation, namespace: string, kv: kvrwset.KVRWSet): void {
    // In reverse, since the order of calls must not show.
    for (const { key } of [...kv.reads].reverse()) {
        simulation.getState(namespace, key ?? '');
    }
    for (const { key, isDelete, value } of [...kv.writes].reverse()) {
        if (isDelete === true) {
            simulation.deleteState(namespace, key ?? '');
        } else {
            simulation.setState(namespace, key ?? '', asBuffer(value));
        }
    }
    for (const { key, entries } of kv.metadataWrites) {
        simulation.setStateMetadata(namespace, key ?? '', parseMetadata(serializeMetadata(entries ?? [])));
    }
}

async function rangeAgain(
    simulation: Simulation,
    namespace: string,
    { startKey, endKey, itrExhausted }: kvrwset.RangeQueryInfo.$Properties,
    reader: StateReader,
): Promise<void> {
    const from = startKey ?? '';
    if (itrExhausted === true) {
        const iterator = simulation.range(namespace, from, endKey ?? '');
        while ((await iterator.nextBatch()).hasMore) {
            // read on
        }
        return;
    }
    const range = reader.range(namespace, from, `${endKey ?? ''}\0`);
    const fetched = (await range.next(10_000)).length;
    if (fetched % 100 === 1) {
        const iterator = simulation.range(namespace, from, '');
        for (let batch = 0; batch < (fetched - 1) / 100; batch++) {
            await iterator.nextBatch();
        }
    } else {
        await simulation.range(namespace, from, '', { pageSize: fetched }).nextBatch();
    }
}

function callCollectionAgain(
    simulation: Simulation,
    namespace: string,
    { name, hashed }: CollectionReadWriteSet,
): void {
    if (!name.startsWith('_implicit_org_')) {
        throw new UnknownClearText();
    }
    for (const { keyHash, version } of hashed.hashedReads) {
        const found = simulation.getPrivateDataHash(namespace, name, clearText(keyHash).toString());
        expect(found === undefined).toBe(versionOfRead(version) === undefined);
    }
    for (const { keyHash, isDelete, valueHash } of hashed.hashedWrites) {
        const key = clearText(keyHash).toString();
        if (isDelete === true) {
            simulation.deletePrivateData(namespace, name, key);
        } else {
            simulation.setPrivateData(namespace, name, key, clearText(valueHash));
        }
    }
}

function clearText(hash: Uint8Array | null | undefined): Buffer {
    const found = clearTexts.get(asBuffer(hash).toString('hex'));
    if (found === undefined) {
        throw new UnknownClearText();
    }
    return found;
}

function remember(bytes: Buffer): void {
    clearTexts.set(sha256(bytes).toString('hex'), bytes);
}

function entriesOnlyOf(organisation: string): PrivateEntry[] {
    const file = readFileSync(join(recordings, 'state', `final.${organisation}.json`), 'utf8');
    return (JSON.parse(file) as { entriesOnlyHere: PrivateEntry[] }).entriesOnlyHere;
}
