// SPDX-License-Identifier: Apache-2.0
import { versionOfRead } from '../../src/ledger/state/height.js';
import { MemoryStateDatabase } from '../../src/ledger/state/memoryStateDatabase.js';
import { validateAndPrepare } from '../../src/ledger/validation/mvcc.js';
import { parseBlock, type ParsedTransaction } from '../../src/ledger/validation/parsedTransaction.js';
import type { CollectionReadWriteSet, NamespaceReadWriteSet } from '../../src/ledger/simulation/readWriteSet.js';
import { Simulation } from '../../src/ledger/simulation/simulation.js';
import { parseMetadata, serializeMetadata } from '../../src/ledger/state/stateMetadata.js';
import type { StateReader } from '../../src/ledger/state/stateReader.js';
import { TxValidationCode } from '../../src/wire/codes.js';
import { asBuffer } from '../../src/wire/decode.js';
import { sha256 } from '../../src/wire/hashing.js';
import type { kvrwset } from '../../src/wire/protobuf.js';
import type { Checks } from '../checks.js';
import type { Recordings } from '../recordings.js';

/** Private calls that cannot be made again: their clear text is gone. */
class UnknownClearText extends Error {}

/** Clear texts of private keys and values by their SHA-256, as far as the recorded peers still had them at the end. */
type ClearTexts = ReadonlyMap<string, Buffer>;

/** Makes the calls of every valid transaction's read-write set again: its bytes must be the recorded ones. */
export async function replaySimulations(recordings: Recordings, checks: Checks): Promise<void> {
    const database = new MemoryStateDatabase();
    const clearTexts = clearTextsOf(recordings);
    for (const block of recordings.blocks('blocks')) {
        const transactions = parseBlock(block.ordererBlock);
        const reader = database.newReader();
        for (const [index, transaction] of transactions.entries()) {
            const isValid = block.finalCodes[index] === TxValidationCode.VALID;
            // The recorder wrote the results of some by hand.
            if (!isValid || !transaction.isEndorserTransaction || block.forged[index]) continue;
            const place = {
                file: block.file,
                label: `results of block ${String(block.number)} transaction ${String(index)}`,
            };
            await checks.guard(place, async () => {
                const results = await simulateAgain(transaction, recordings.set.channel, reader, clearTexts);
                if (results === undefined) return;
                checks.equal(
                    place,
                    asBuffer(transaction.chaincodeAction.results).toString('hex'),
                    results.toString('hex'),
                );
            });
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
}

/** Undefined when clear text is unknown. */
async function simulateAgain(
    { readWriteSet }: ParsedTransaction,
    channelId: string,
    reader: StateReader,
    clearTexts: ClearTexts,
): Promise<Buffer | undefined> {
    const simulation = new Simulation({ txId: 'again', channelId, isMember: () => true, reader });
    try {
        for (const set of readWriteSet) await namespaceAgain(simulation, set, reader, clearTexts);
        return simulation.finish().results;
    } catch (error) {
        if (error instanceof UnknownClearText) return undefined;
        throw error;
    }
}

async function namespaceAgain(
    simulation: Simulation,
    { namespace, kv, collections }: NamespaceReadWriteSet,
    reader: StateReader,
    clearTexts: ClearTexts,
): Promise<void> {
    for (const query of kv.rangeQueriesInfo) await rangeAgain(simulation, namespace, query, reader);
    callAgain(simulation, namespace, kv);
    for (const collection of collections) callCollectionAgain(simulation, namespace, collection, clearTexts);
}

function callAgain(simulation: Simulation, namespace: string, kv: kvrwset.KVRWSet): void {
    // In reverse, since the order of calls must not show.
    for (const { key } of [...kv.reads].reverse()) simulation.getState(namespace, key ?? '');
    for (const { key, isDelete, value } of [...kv.writes].reverse()) {
        if (isDelete === true) simulation.deleteState(namespace, key ?? '');
        else simulation.setState(namespace, key ?? '', asBuffer(value));
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
    // A query reads one key more than the batches of 100 that the chaincode got; a page reads its own size.
    if (fetched % 100 !== 1) {
        await simulation.range(namespace, from, '', { pageSize: fetched }).nextBatch();
        return;
    }
    const iterator = simulation.range(namespace, from, '');
    for (let batch = 0; batch < (fetched - 1) / 100; batch++) await iterator.nextBatch();
}

function callCollectionAgain(
    simulation: Simulation,
    namespace: string,
    { name, hashed }: CollectionReadWriteSet,
    clearTexts: ClearTexts,
): void {
    // Whether a key of a collection was read or only its hash does not show in its hashes.
    if (!name.startsWith('_implicit_org_')) throw new UnknownClearText();
    for (const { keyHash, version } of hashed.hashedReads) {
        const found = simulation.getPrivateDataHash(namespace, name, clearText(clearTexts, keyHash).toString());
        if ((found === undefined) !== (versionOfRead(version) === undefined)) throw new Error('the hash read differs');
    }
    for (const { keyHash, isDelete, valueHash } of hashed.hashedWrites) {
        const key = clearText(clearTexts, keyHash).toString();
        if (isDelete === true) simulation.deletePrivateData(namespace, name, key);
        else simulation.setPrivateData(namespace, name, key, clearText(clearTexts, valueHash));
    }
}

function clearText(clearTexts: ClearTexts, hash: Uint8Array | null | undefined): Buffer {
    const found = clearTexts.get(asBuffer(hash).toString('hex'));
    if (found === undefined) throw new UnknownClearText();
    return found;
}

interface PrivateEntry {
    readonly kind: string;
    readonly key?: string;
    readonly value?: string;
    readonly valueBase64?: string;
}

function clearTextsOf(recordings: Recordings): ClearTexts {
    const { lead } = recordings.set;
    const entries = [
        ...recordings.lines<PrivateEntry>(`state/final.${lead}.jsonl`).map(({ value }) => value),
        ...recordings
            .members()
            .filter((name) => name !== lead)
            .flatMap(
                (name) =>
                    recordings.json<{ entriesOnlyHere: PrivateEntry[] }>(`state/final.${name}.json`).entriesOnlyHere,
            ),
    ];
    const texts = entries
        .filter(({ kind }) => kind === 'private')
        .flatMap(({ key, value, valueBase64 }) => [
            Buffer.from(key ?? ''),
            value === undefined ? Buffer.from(valueBase64 ?? '', 'base64') : Buffer.from(value),
        ]);
    return new Map(texts.map((text) => [sha256(text).toString('hex'), text]));
}
