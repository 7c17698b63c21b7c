// SPDX-License-Identifier: Apache-2.0
import { compareUtf8 } from '../../wire/orderedBytes.js';
import type { kvrwset } from '../../wire/protobuf.js';
import { sameVersion, versionOfRead, type Version } from '../state/height.js';
import { RangeResults } from '../simulation/rangeResults.js';
import type { StateReader } from '../state/stateReader.js';
import type { StateUpdate, UpdateBatch } from '../state/updateBatch.js';

/** A key of the range as it stands after the preceding transactions of the block. */
interface CurrentEntry {
    readonly key: string;
    readonly version: Version;
}

const entriesPerRead = 100;

/**
 * Runs a recorded range query again over committed state and the block's preceding updates; false means that a phantom
 * appeared (core/ledger/kvledger/txmgmt/validation/rangequery_validator.go).
 */
export async function isRangeUnchanged(
    namespace: string,
    query: kvrwset.RangeQueryInfo.$Properties,
    batch: UpdateBatch,
    reader: StateReader,
): Promise<boolean> {
    const current = currentEntries(namespace, query, batch, reader);
    return query.readsMerkleHashes
        ? equalsSummary(current, query.readsMerkleHashes)
        : equalsReads(current, query.rawReads?.kvReads ?? []);
}

async function equalsReads(
    current: AsyncIterable<CurrentEntry>,
    reads: kvrwset.KVRead.$Properties[],
): Promise<boolean> {
    let index = 0;
    for await (const { key, version } of current) {
        const read = reads[index++];
        if (read === undefined || (read.key ?? '') !== key || !sameVersion(version, versionOfRead(read.version))) {
            return false;
        }
    }
    return index === reads.length;
}

async function equalsSummary(
    current: AsyncIterable<CurrentEntry>,
    recorded: kvrwset.QueryReadsMerkleSummary.$Properties,
): Promise<boolean> {
    const results = new RangeResults(recorded.maxDegree ?? 0);
    for await (const { key, version } of current) {
        results.add(key, version);
    }
    const found = results.finish().readsMerkleHashes;
    const hashes = recorded.maxLevelHashes ?? [];
    return (
        found !== undefined &&
        found !== null &&
        found.maxLevel === recorded.maxLevel &&
        found.maxLevelHashes?.length === hashes.length &&
        found.maxLevelHashes.every((hash, i) => Buffer.compare(hash, hashes[i] ?? Buffer.alloc(0)) === 0)
    );
}

/** The range as the block's preceding transactions leave it; the end key itself belongs to a query not exhausted. */
async function* currentEntries(
    namespace: string,
    query: kvrwset.RangeQueryInfo.$Properties,
    batch: UpdateBatch,
    reader: StateReader,
): AsyncGenerator<CurrentEntry> {
    const startKey = query.startKey ?? '';
    const endKey = query.endKey ?? '';
    const updates = updatesInRange(batch.spaces.get(namespace)?.entries, startKey, endKey);
    yield* merged(committedEntries(reader, namespace, startKey, endKey), updates);
    if (query.itrExhausted !== true && endKey !== '') {
        const last = batch.get(namespace, endKey) ?? reader.get(namespace, endKey);
        if (last?.value !== undefined) {
            yield { key: endKey, version: last.version };
        }
    }
}

/** Committed entries with the updates, sorted as they are, in their places. */
async function* merged(
    committed: AsyncIterable<CurrentEntry>,
    updates: readonly [string, StateUpdate][],
): AsyncGenerator<CurrentEntry> {
    let next = 0;
    for await (const entry of committed) {
        let update = updates[next];
        while (update !== undefined && compareUtf8(update[0], entry.key) < 0) {
            yield* present(update);
            update = updates[++next];
        }
        if (update?.[0] === entry.key) {
            yield* present(update);
            next++;
        } else {
            yield entry;
        }
    }
    for (const update of updates.slice(next)) {
        yield* present(update);
    }
}

function updatesInRange(
    entries: ReadonlyMap<string, StateUpdate> | undefined,
    startKey: string,
    endKey: string,
): [string, StateUpdate][] {
    return [...(entries ?? [])]
        .filter(([key]) => compareUtf8(key, startKey) >= 0 && (endKey === '' || compareUtf8(key, endKey) < 0))
        .sort(([a], [b]) => compareUtf8(a, b));
}

async function* committedEntries(
    reader: StateReader,
    namespace: string,
    startKey: string,
    endKey: string,
): AsyncGenerator<CurrentEntry> {
    const range = reader.range(namespace, startKey, endKey);
    try {
        let entries;
        do {
            entries = await range.next(entriesPerRead);
            yield* entries;
        } while (entries.length === entriesPerRead);
    } finally {
        await range.close();
    }
}

function* present([key, { value, version }]: [string, StateUpdate]): Generator<CurrentEntry> {
    if (value !== undefined) {
        yield { key, version };
    }
}
