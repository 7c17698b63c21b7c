// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChannelLedger } from '../../src/ledger/channelLedger.js';
import { updateBytes } from '../../src/ledger/blocks/commitHash.js';
import { validateAndPrepare } from '../../src/ledger/validation/mvcc.js';
import { parseBlock } from '../../src/ledger/validation/parsedTransaction.js';
import type { StateEntry, StateReader } from '../../src/ledger/state/stateReader.js';
import { hashedSpace } from '../../src/ledger/state/stateSpace.js';
import type { RecordedBlock } from '../../src/ledger/testing/recordings.js';
import { sha256 } from '../../src/wire/hashing.js';
import type { Checks, Place } from '../checks.js';
import type { Recordings } from '../recordings.js';

interface RecordedEntry {
    readonly kind: 'public' | 'hashed' | 'private';
    readonly ns: string;
    readonly collection?: string;
    readonly key?: string;
    readonly keyBase64?: string;
    readonly value?: string;
    readonly valueBase64?: string;
    readonly valueSha256?: string;
    readonly metadataBase64?: string;
    readonly version: readonly [number, number];
}

interface RecordedUpdates {
    readonly block: number;
    readonly updateBytesSha256: string;
    readonly commitHash: string | null;
    readonly expiredByBlockToLive?: readonly {
        readonly ns: string;
        readonly collection: string;
        readonly keyHash?: string;
    }[];
}

/** The writes of every block, and the state that they leave: values, versions, metadata, nothing more or less. */
export async function replayWorldState(recordings: Recordings, checks: Checks): Promise<void> {
    const dir = mkdtempSync(join(tmpdir(), 'conformance-'));
    const ledger = await ChannelLedger.open({ dir, channelId: recordings.set.channel, maxBlockFileBytes: 300_000 });
    try {
        await replayUpdates(recordings, 'blocks', 'state/updates-by-block.jsonl', ledger, checks);
        await compareFinalState(recordings, ledger, checks);
        await replayUpdates(recordings, 'crafted', 'crafted/state/updates-by-block.jsonl', ledger, checks);
    } finally {
        await ledger.close();
        rmSync(dir, { recursive: true });
    }
}

async function replayUpdates(
    recordings: Recordings,
    part: 'blocks' | 'crafted',
    file: string,
    ledger: ChannelLedger,
    checks: Checks,
): Promise<void> {
    const blocks = new Map(recordings.blocks(part).map((block) => [block.number, block]));
    const expiring = hashedSpace(recordings.set.chaincode, recordings.set.expiringCollection);
    for (const { line, value: updates } of recordings.lines<RecordedUpdates>(file)) {
        const at = (what: string): Place => ({ file, line, label: `block ${String(updates.block)}: ${what}` });
        const block = blocks.get(updates.block);
        if (block === undefined) {
            checks.notReplayed(at('block'));
            continue;
        }
        checks.equal(at('update bytes'), updates.updateBytesSha256, await updatesOf(block, ledger));
        const before = await entriesOf(ledger, expiring);
        const { commitHash } = await ledger.commit(block.ordererBlock, block.signatureCodes);
        checks.equal(at('commit hash'), updates.commitHash, commitHash?.toString('hex') ?? null);
        const after = new Set((await entriesOf(ledger, expiring)).map(({ key }) => key));
        const dropped = before.filter(({ key }) => !after.has(key)).length;
        checks.equal(at('keys dropped by block-to-live'), updates.expiredByBlockToLive?.length ?? 0, dropped);
    }
}

async function updatesOf(block: RecordedBlock, ledger: ChannelLedger): Promise<string> {
    const reader = ledger.newReader();
    const { updates } = await validateAndPrepare({
        blockNum: block.number,
        transactions: parseBlock(block.ordererBlock),
        codes: block.signatureCodes,
        reader,
    });
    reader.release();
    return sha256(updateBytes(updates)).toString('hex');
}

async function compareFinalState(recordings: Recordings, ledger: ChannelLedger, checks: Checks): Promise<void> {
    const { lead } = recordings.set;
    const file = `state/final.${lead}.jsonl`;
    const reader = ledger.newReader();
    const recordedKeys = new Map<string, Set<string>>();
    for (const { line, value: entry } of recordings.lines<RecordedEntry>(file)) {
        compareEntry(entry, { file, line, label: `${entry.kind} ${spaceOf(entry)}` }, reader, checks);
        if (entry.kind === 'private') continue;
        const keys = recordedKeys.get(spaceOf(entry)) ?? new Set();
        recordedKeys.set(spaceOf(entry), keys.add(keyOf(entry)));
    }
    const expiring = hashedSpace(recordings.set.chaincode, recordings.set.expiringCollection);
    for (const space of new Set([...recordedKeys.keys(), expiring])) {
        const keys = (await entriesOf(ledger, space)).map(({ key }) => key).sort();
        checks.equal({ file, label: `keys of ${space}` }, [...(recordedKeys.get(space) ?? [])].sort(), keys);
    }
    for (const organisation of recordings.members().filter((name) => name !== lead)) {
        const other = `state/final.${organisation}.json`;
        const { entriesOnlyHere } = recordings.json<{ entriesOnlyHere: readonly RecordedEntry[] }>(other);
        entriesOnlyHere.forEach((entry, index) => {
            const label = `${entry.kind} entry ${String(index)} of ${organisation}`;
            compareEntry(entry, { file: other, label }, reader, checks);
        });
    }
    reader.release();
}

function compareEntry(entry: RecordedEntry, place: Place, reader: StateReader, checks: Checks): void {
    if (entry.kind === 'private') comparePrivate(entry, place, reader, checks);
    else compareStored(entry, place, reader, checks);
}

/** A private entry is in no block: its key and value must be those that the block's hashes stand for. */
function comparePrivate(entry: RecordedEntry, place: Place, reader: StateReader, checks: Checks): void {
    const key = sha256(Buffer.from(keyOf(entry), 'utf8')).toString('hex');
    const found = reader.get(hashedSpace(entry.ns, entry.collection ?? ''), key);
    const value = valueOf(entry);
    checks.equal(
        place,
        { value: value && sha256(value).toString('hex'), version: entry.version },
        { value: value && found?.value.toString('hex'), version: versionOf(found) },
    );
}

function compareStored(entry: RecordedEntry, place: Place, reader: StateReader, checks: Checks): void {
    const found = reader.get(spaceOf(entry), keyOf(entry));
    const value = valueOf(entry);
    const stored = value === undefined ? found && sha256(found.value).toString('hex') : found?.value.toString('base64');
    checks.equal(
        place,
        {
            value: value?.toString('base64') ?? entry.valueSha256,
            version: entry.version,
            metadata: entry.metadataBase64,
        },
        { value: stored, version: versionOf(found), metadata: found?.metadata?.toString('base64') },
    );
}

type StoredValue = ReturnType<StateReader['get']>;

const versionOf = (found: StoredValue): number[] | undefined => found && [found.version.blockNum, found.version.txNum];

async function entriesOf(ledger: ChannelLedger, space: string): Promise<readonly StateEntry[]> {
    const reader = ledger.newReader();
    const range = reader.range(space, '', '');
    const entries = await range.next(10_000);
    await range.close();
    reader.release();
    return entries;
}

function spaceOf({ kind, ns, collection }: RecordedEntry): string {
    return kind === 'public' ? ns : hashedSpace(ns, collection ?? '');
}

function keyOf({ kind, key, keyBase64 }: RecordedEntry): string {
    return key ?? Buffer.from(keyBase64 ?? '', 'base64').toString(kind === 'hashed' ? 'hex' : 'utf8');
}

function valueOf({ value, valueBase64 }: RecordedEntry): Buffer | undefined {
    if (value !== undefined) return Buffer.from(value);
    return valueBase64 === undefined ? undefined : Buffer.from(valueBase64, 'base64');
}
