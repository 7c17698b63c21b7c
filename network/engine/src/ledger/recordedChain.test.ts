// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlockMetadataIndex } from '../wire/codes.js';
import { encode } from '../wire/decode.js';
import { sha256 } from '../wire/hashing.js';
import { common } from '../wire/protobuf.js';
import { ChannelLedger } from './channelLedger.js';
import type { CommittedBlock } from './blocks/committedBlock.js';
import { updateBytes } from './blocks/commitHash.js';
import { validateAndPrepare } from './validation/mvcc.js';
import { parseBlock } from './validation/parsedTransaction.js';
import type { StateEntry } from './state/stateReader.js';
import { hashedSpace } from './state/stateSpace.js';
import './testing/quietLog.js';
import { recordedBlocks, recordedLines } from './testing/recordings.js';

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
    readonly version: [number, number];
}

/** The recorded collection whose data expires. */
const shortLived = hashedSpace('vector', 'shortLived');
const blocks = recordedBlocks('blocks');
const crafted = recordedBlocks('crafted');
const updates = [
    ...recordedLines<{ block: number; updateBytesSha256: string }>('state/updates-by-block.jsonl'),
    ...recordedLines<{ block: number; updateBytesSha256: string }>('crafted/state/updates-by-block.jsonl'),
];

describe('the chain recorded from Fabric 3.1.5', () => {
    const dir = mkdtempSync(join(tmpdir(), 'recorded-chain-'));
    const committed: CommittedBlock[] = [];
    const updatesSha256: string[] = [];
    const stateAtEnd: { entry: RecordedEntry; found: StateEntry | undefined; row: number }[] = [];
    const shortLivedByBlock: number[] = [];
    const keysAtEnd = new Map<string, number>();
    let ledger: ChannelLedger;

    beforeAll(async () => {
        ledger = await ChannelLedger.open({ dir, channelId: 'power', maxBlockFileBytes: 300_000 });
        for (const block of [...blocks, ...crafted]) {
            if (block.number === 117) {
                await readFinalState();
            }
            updatesSha256.push(await updatesOf(block));
            committed.push(await ledger.commit(block.ordererBlock, block.signatureCodes));
            shortLivedByBlock.push(await countKeys(shortLived));
        }
    });

    afterAll(async () => {
        await ledger.close();
        rmSync(dir, { recursive: true });
    });

    async function updatesOf(block: (typeof blocks)[number]): Promise<string> {
        const reader = ledger.newReader();
        const prepared = await validateAndPrepare({
            blockNum: block.number,
            transactions: parseBlock(block.ordererBlock),
            codes: block.signatureCodes,
            reader,
        });
        reader.release();
        return sha256(updateBytes(prepared.updates)).toString('hex');
    }

    async function readFinalState(): Promise<void> {
        const reader = ledger.newReader();
        for (const [row, entry] of recordedLines<RecordedEntry>('state/final.authority.jsonl').entries()) {
            if (entry.kind === 'private') {
                continue;
            }
            const key = keyOf(entry);
            const value = reader.get(spaceOf(entry), key);
            stateAtEnd.push({ entry, row, found: value && { key, ...value } });
        }
        for (const space of new Set([...stateAtEnd.map(({ entry }) => spaceOf(entry)), shortLived])) {
            keysAtEnd.set(space, await countKeys(space));
        }
        reader.release();
    }

    async function countKeys(space: string): Promise<number> {
        const reader = ledger.newReader();
        const range = reader.range(space, '', '');
        const { length } = await range.next(10_000);
        await range.close();
        reader.release();
        return length;
    }

    it('is what the orderer delivered once validation codes and commit hash are taken out', () => {
        const hashes = blocks.map(({ ordererBlock }) => sha256(encode(common.Block, ordererBlock)).toString('hex'));
        expect(hashes).toEqual(blocks.map(({ ordererSha256 }) => ordererSha256));
    });

    it('gets the codes of the recorded peers, conflicts and phantoms found by state validation', () => {
        expect(committed.map(({ codes }) => [...codes])).toEqual(
            [...blocks, ...crafted].map(({ finalCodes }) => [...finalCodes]),
        );
    });

    it('has the commit hash of the recorded peers at every block', () => {
        expect(committed.map(({ commitHash }) => commitHash?.toString('hex') ?? null)).toEqual(
            [...blocks, ...crafted].map(({ commitHash }) => commitHash),
        );
    });

    it('has the update bytes that were computed from the recorded blocks', () => {
        expect(updatesSha256).toEqual(updates.map(({ updateBytesSha256 }) => updateBytesSha256));
    });

    it('is stored as the same bytes as on the recorded peers', () => {
        for (const { number, peerBytes } of [...blocks, ...crafted]) {
            expect({ number, same: ledger.blockBytes(number).equals(peerBytes) }).toEqual({ number, same: true });
        }
    });

    it('leaves the recorded state, values, versions and metadata, nothing less', () => {
        expect(stateAtEnd).toHaveLength(472);
        for (const { entry, found, row } of stateAtEnd) {
            expect({ row, ...describeFound(found, entry) }).toEqual({ row, ...describeRecorded(entry) });
        }
    });

    it('leaves nothing more than the recorded state: expired hashes are gone', () => {
        const recorded = new Map<string, number>([[shortLived, 0]]);
        for (const { entry } of stateAtEnd) {
            recorded.set(spaceOf(entry), (recorded.get(spaceOf(entry)) ?? 0) + 1);
        }
        expect(keysAtEnd).toEqual(recorded);
    });

    it('drops hashes in the block that the recorded peers dropped them in', () => {
        const expired = recordedLines<{ block: number; expiredByBlockToLive?: unknown[] }>(
            'state/updates-by-block.jsonl',
        ).flatMap(({ block, expiredByBlockToLive }) => (expiredByBlockToLive ? [block] : []));
        const dropped = shortLivedByBlock.flatMap((count, block) =>
            count < (shortLivedByBlock[block - 1] ?? 0) ? [block] : [],
        );
        expect(dropped).toEqual(expired);
    });

    it('finds every transaction under the id the recording gives, with the code of its earliest copy', () => {
        const earliest = new Map<string, { code: number; blockNumber: number }>();
        for (const { number, txIds, finalCodes } of [...blocks, ...crafted]) {
            for (const [index, txId] of txIds.entries()) {
                if (txId !== '' && !earliest.has(txId)) {
                    earliest.set(txId, { code: finalCodes[index] ?? -1, blockNumber: number });
                }
            }
        }
        for (const [txId, status] of earliest) {
            expect({ txId, status: ledger.txStatus(txId) }).toEqual({ txId, status });
        }
    });

    it('has the history of every key as a walk through the recorded blocks finds it', async () => {
        const walked = new Map<string, [string, string, boolean][]>();
        for (const block of blocks) {
            for (const [index, transaction] of parseBlock(block.ordererBlock).entries()) {
                const isWritten = block.finalCodes[index] === 0 && transaction.isEndorserTransaction;
                const sets = isWritten ? transaction.readWriteSet : [];
                const set = sets.find(({ namespace }) => namespace === 'vector');
                for (const { key, value } of set?.kv.writes ?? []) {
                    const text = Buffer.from(value ?? []).toString();
                    walked.set(key ?? '', [[transaction.txId, text, text === ''], ...(walked.get(key ?? '') ?? [])]);
                }
            }
        }
        // These write sets, made by hand, name a key twice or delete it with a value; the walk does not read them.
        ['dupkey', 'delval'].forEach((key) => walked.delete(key));
        const simulation = ledger.newSimulation('query');
        for (const [key, expected] of walked) {
            const { results } = await simulation.historyForKey('vector', key).nextBatch();
            const found = results.map(({ txId, value, isDelete }) => [txId, value.toString(), isDelete]);
            expect({ key, found }).toEqual({ key, found: expected });
        }
        simulation.abandon();
        expect(walked.size).toBeGreaterThan(150);
    });

    it('comes back from the block files alone when state and index are lost', async () => {
        await ledger.close();
        rmSync(join(dir, 'state'), { recursive: true });
        rmSync(join(dir, 'blocks', 'index'), { recursive: true });
        ledger = await ChannelLedger.open({ dir, channelId: 'power', maxBlockFileBytes: 300_000 });
        expect(ledger.height).toBe(126);
        expect(ledger.lastCommitHash?.toString('hex')).toBe(crafted.at(-1)?.commitHash);
        expect(ledger.blockByHash(Buffer.from(blocks[7]!.headerHash, 'hex')).header?.number).toBe(7);
        const reader = ledger.newReader();
        const unchanged = stateAtEnd.filter(({ entry, found }) => {
            const now = reader.get(spaceOf(entry), found!.key);
            return now?.version.blockNum === found!.version.blockNum && now.value.equals(found!.value);
        });
        reader.release();
        // The crafted blocks write keys of their own.
        expect(unchanged).toHaveLength(stateAtEnd.length);
        expect(ledger.block(5).metadata?.metadata?.[BlockMetadataIndex.COMMIT_HASH]).toHaveLength(34);
    });
});

function spaceOf({ kind, ns, collection }: RecordedEntry): string {
    return kind === 'public' ? ns : hashedSpace(ns, collection ?? '');
}

function keyOf({ kind, key, keyBase64 }: RecordedEntry): string {
    return key ?? Buffer.from(keyBase64 ?? '', 'base64').toString(kind === 'public' ? 'utf8' : 'hex');
}

function describeRecorded(entry: RecordedEntry): object {
    const value = entry.value === undefined ? entry.valueBase64 : Buffer.from(entry.value).toString('base64');
    return {
        value: value ?? entry.valueSha256,
        version: entry.version,
        metadata: entry.metadataBase64,
    };
}

function describeFound(found: StateEntry | undefined, entry: RecordedEntry): object {
    const byHash = entry.value === undefined && entry.valueBase64 === undefined;
    return {
        value: byHash && found ? sha256(found.value).toString('hex') : found?.value.toString('base64'),
        version: found && [found.version.blockNum, found.version.txNum],
        metadata: found?.metadata?.toString('base64'),
    };
}
