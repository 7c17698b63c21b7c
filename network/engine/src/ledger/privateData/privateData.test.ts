// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { observeFaultPoints, type FaultPoint } from '../../process/faults/faultPoints.js';
import { encode } from '../../wire/decode.js';
import { kvrwset, lifecycle, protos, type common } from '../../wire/protobuf.js';
import type { PrivateDataSource, WantedWrite } from './blockPrivateData.js';
import { ChannelLedger } from '../channelLedger.js';
import type { ClearWrite } from './privateDataStore.js';
import type { Simulation } from '../simulation/simulation.js';
import { nextBlock, transactionEnvelope } from '../testing/blocks.js';
import '../testing/quietLog.js';
import { recordedGenesis } from '../testing/recordings.js';

const config = [
    { staticCollectionConfig: { name: 'kept' } },
    { staticCollectionConfig: { name: 'brief', blockToLive: 1 } },
];
const definition = encode(lifecycle.StateData, { Bytes: encode(protos.CollectionConfigPackage, { config }) });

class SimulatedCrash extends Error {}

function crashAt(step: FaultPoint): void {
    observeFaultPoints((point) => {
        if (point === step) throw new SimulatedCrash();
    });
}

/** A peer that is a member of every collection, and what others would answer it. */
class Member implements PrivateDataSource {
    readonly dir = mkdtempSync(join(tmpdir(), 'private-'));
    offers: ClearWrite[] = [];
    asked: WantedWrite[] = [];
    eligible = true;
    ledger!: ChannelLedger;
    #txs = 0;

    readonly isEligible = (): boolean => this.eligible;
    readonly fetch = (wanted: readonly WantedWrite[]): Promise<readonly ClearWrite[]> => {
        this.asked.push(...wanted);
        return Promise.resolve(this.offers);
    };

    async create(): Promise<void> {
        this.ledger = await ChannelLedger.create(this.#options(), recordedGenesis());
        await this.commit((tx) => {
            tx.setState('_lifecycle', 'namespaces/fields/cc/Collections', definition);
        });
    }

    async reopen(): Promise<void> {
        await this.ledger.close();
        this.ledger = await ChannelLedger.open(this.#options());
    }

    async remove(): Promise<void> {
        await this.ledger.close();
        rmSync(this.dir, { recursive: true });
    }

    /** Commits a block of these transactions; returns the clear text of the first one's collection. */
    async commit(...runs: ((tx: Simulation) => void)[]): Promise<common.Block> {
        const { block } = await this.prepare(true, ...runs);
        await this.ledger.commit(block, new Uint8Array(runs.length), this);
        return block;
    }

    /** A block, whose clear text this peer has or not. */
    async prepare(
        hasData: boolean,
        ...runs: ((tx: Simulation) => void)[]
    ): Promise<{ block: common.Block; clear: Buffer[] }> {
        const envelopes: Buffer[] = [];
        const clear: Buffer[] = [];
        for (const run of runs) {
            const txId = `tx${String(this.#txs++)}`;
            const simulation = this.ledger.newSimulation(txId);
            run(simulation);
            const { results, privateResults } = simulation.finish();
            if (privateResults && hasData)
                await this.ledger.transientStore.put(txId, privateResults, this.ledger.height);
            const [set] = privateResults?.nsPvtRwset?.[0]?.collectionPvtRwset ?? [];
            clear.push(Buffer.from(set?.rwset ?? []));
            envelopes.push(transactionEnvelope(txId, results));
        }
        return { block: nextBlock(this.ledger.block(this.ledger.height - 1), envelopes), clear };
    }

    read(collection: string, key: string): string | undefined {
        const simulation = this.ledger.newSimulation('query');
        try {
            return simulation.getPrivateData('cc', collection, key)?.toString();
        } finally {
            simulation.abandon();
        }
    }

    /** Values that the store still has of a block. */
    async stored(blockNum: number): Promise<string> {
        const writes = await this.ledger.privateData.ofBlock(blockNum);
        return writes.map(({ rwset }) => rwset.toString('latin1')).join(' ');
    }

    #options(): Parameters<typeof ChannelLedger.open>[0] {
        return {
            dir: this.dir,
            channelId: 'power',
        };
    }
}

const put =
    (collection: string, key: string, value: string) =>
    (tx: Simulation): void => {
        tx.setPrivateData('cc', collection, key, Buffer.from(value));
    };
const purge =
    (key: string) =>
    (tx: Simulation): void => {
        tx.purgePrivateData('cc', 'kept', key);
    };
const nothing = (tx: Simulation): void => {
    tx.setState('cc', 'filler', Buffer.from('1'));
};

describe('private data of a member', () => {
    let member: Member;

    beforeEach(async () => {
        member = new Member();
        await member.create();
    });

    afterEach(async () => {
        observeFaultPoints(undefined);
        await member.remove();
    });

    /** Block 2, with a write that this peer has no clear text of. */
    async function commitWithout(...runs: ((tx: Simulation) => void)[]): Promise<ClearWrite[]> {
        const { block, clear } = await member.prepare(false, ...runs);
        await member.ledger.commit(block, new Uint8Array(runs.length), member);
        return clear.map((rwset, txNum) => ({
            version: { blockNum: block.header?.number ?? 0, txNum },
            namespace: 'cc',
            collection: 'kept',
            rwset,
        }));
    }

    const missing = (): Promise<WantedWrite[]> => member.ledger.privateData.missing(10, () => true);

    it('comes from the transient store when its hash is in a block', async () => {
        await member.commit(put('kept', 'k', 'v'));
        expect(member.read('kept', 'k')).toBe('v');
        expect(member.asked).toEqual([]);
        expect(await missing()).toEqual([]);
    });

    it('is asked for at commit, and taken only with the hash of the block', async () => {
        const { block, clear } = await member.prepare(false, put('kept', 'k', 'v'), put('kept', 'l', 'w'));
        const at = (txNum: number, rwset: Buffer): ClearWrite => ({
            version: { blockNum: 2, txNum },
            namespace: 'cc',
            collection: 'kept',
            rwset,
        });
        member.offers = [at(0, clear[1]!), at(0, clear[0]!), at(1, Buffer.from('forged'))];
        await member.ledger.commit(block, Uint8Array.of(0, 0), member);
        expect(member.asked).toHaveLength(2);
        expect(member.read('kept', 'k')).toBe('v');
        expect(() => member.read('kept', 'l')).toThrow(
            'private data matching public hash version is not available. Public hash version = {BlockNum: 2, TxNum: 1}, Private data version = <nil>',
        );
        expect(await missing()).toMatchObject([{ version: { blockNum: 2, txNum: 1 }, txId: 'tx2' }]);
    });

    it('is not asked for by a peer that is no member, and becomes missing when the peer becomes one', async () => {
        member.eligible = false;
        const offered = await commitWithout(put('kept', 'k', 'v'));
        expect(member.asked).toEqual([]);
        expect(await member.ledger.privateData.missing(10, () => false)).toEqual([]);
        expect(await missing()).toHaveLength(1);
        expect(await member.ledger.privateData.addOld(offered)).toBe(1);
        expect(member.read('kept', 'k')).toBe('v');
    });

    it('may come later, once, and nothing that was not missing', async () => {
        const offered = await commitWithout(put('kept', 'k', 'v'));
        const forged = {
            ...offered[0]!,
            rwset: encode(kvrwset.KVRWSet, { writes: [{ key: 'k', value: Buffer.from('x') }] }),
        };
        const elsewhere = { ...offered[0]!, collection: 'brief' };
        expect(await member.ledger.privateData.addOld([forged, elsewhere])).toBe(0);
        expect(await member.ledger.privateData.addOld([...offered, ...offered])).toBe(1);
        expect(await member.ledger.privateData.addOld(offered)).toBe(0);
        await member.reopen();
        expect(member.read('kept', 'k')).toBe('v');
        expect(await missing()).toEqual([]);
    });

    it('that comes late does not replace what was written since', async () => {
        const offered = await commitWithout(put('kept', 'k', 'old'), put('kept', 'l', 'same'));
        await member.commit(put('kept', 'k', 'new'));
        expect(await member.ledger.privateData.addOld(offered)).toBe(2);
        expect(member.read('kept', 'k')).toBe('new');
        expect(member.read('kept', 'l')).toBe('same');
    });

    it('stays readable when only its metadata is written', async () => {
        await member.commit(put('kept', 'k', 'v'));
        await member.commit((tx) => {
            tx.setPrivateMetadata('cc', 'kept', 'k', new Map([['m', Buffer.from('1')]]));
        });
        expect(member.read('kept', 'k')).toBe('v');
    });

    it('expires with its blocks to live, in the state and in the store', async () => {
        await member.commit(put('brief', 'k', 'passing'));
        await member.commit(nothing);
        expect([member.read('brief', 'k'), await member.stored(2)]).toEqual([
            'passing',
            expect.stringContaining('passing'),
        ]);
        await member.commit(nothing);
        expect([member.read('brief', 'k'), await member.stored(2)]).toEqual([undefined, '']);
        const reader = member.ledger.newReader();
        expect(reader.getPrivate('cc', 'brief', 'k')).toBeUndefined();
        reader.release();
    });

    it('is missing no longer once it would have expired', async () => {
        const { block } = await member.prepare(false, put('brief', 'k', 'passing'));
        await member.ledger.commit(block, Uint8Array.of(0), member);
        expect(await missing()).toHaveLength(1);
        await member.commit(nothing);
        await member.commit(nothing);
        expect(await missing()).toEqual([]);
    });

    it('written again lives on from then', async () => {
        await member.commit(put('brief', 'k', 'first'));
        await member.commit(put('brief', 'k', 'second'));
        await member.commit(nothing);
        expect(member.read('brief', 'k')).toBe('second');
        expect(await member.stored(2)).toBe('');
    });

    it('that was purged leaves no value anywhere, other keys of its write stay', async () => {
        await member.commit((tx) => {
            put('kept', 'k', 'regretted')(tx);
            put('kept', 'l', 'lasting')(tx);
        });
        await member.commit(put('kept', 'k', 'regretted too'));
        await member.commit(purge('k'));
        expect(member.read('kept', 'k')).toBeUndefined();
        expect(member.read('kept', 'l')).toBe('lasting');
        expect(`${await member.stored(2)} ${await member.stored(3)}`).not.toContain('regretted');
        expect(await member.stored(2)).toContain('lasting');
        await member.commit(put('kept', 'k', 'again'));
        expect(member.read('kept', 'k')).toBe('again');
    });

    it('written and purged in one block is gone, written after the purge is not', async () => {
        await member.commit(put('kept', 'k', 'first'), purge('k'), put('kept', 'k', 'last'));
        expect(member.read('kept', 'k')).toBe('last');
        expect(await member.stored(2)).not.toContain('first');
        await member.commit(put('kept', 'l', 'x'), purge('l'));
        expect(member.read('kept', 'l')).toBeUndefined();
    });

    it('a purge of an invalid transaction purges nothing', async () => {
        await member.commit(put('kept', 'k', 'v'));
        const { block } = await member.prepare(true, purge('k'));
        await member.ledger.commit(block, Uint8Array.of(10), member);
        expect(member.read('kept', 'k')).toBe('v');
        expect(await member.stored(2)).toContain('v');
    });

    it('that is purged already is not taken from others, what else they have is', async () => {
        const [offered] = await commitWithout((tx) => {
            put('kept', 'k', 'regretted')(tx);
            put('kept', 'l', 'lasting')(tx);
        });
        await member.commit(purge('k'));
        expect(await member.ledger.privateData.addOld([offered!])).toBe(1);
        expect(member.read('kept', 'l')).toBe('lasting');
        expect(await member.stored(2)).not.toContain('regretted');
    });

    it('of which another peer has purged more is not taken yet', async () => {
        const [offered] = await commitWithout((tx) => {
            put('kept', 'k', 'v')(tx);
            put('kept', 'l', 'w')(tx);
        });
        const trimmed = encode(kvrwset.KVRWSet, { writes: [{ key: 'l', value: Buffer.from('w') }] });
        expect(await member.ledger.privateData.addOld([{ ...offered!, rwset: trimmed }])).toBe(0);
        await member.commit(purge('k'));
        expect(await member.ledger.privateData.addOld([{ ...offered!, rwset: trimmed }])).toBe(1);
        expect(member.read('kept', 'l')).toBe('w');
    });

    it.each<FaultPoint>([
        'ledger.privateDataWritten',
        'blocks.prefixWritten',
        'blocks.blockWritten',
        'blocks.indexed',
        'ledger.stateWritten',
    ])('is the same after a crash: %s', async (step) => {
        await member.commit(put('kept', 'k', 'regretted'), put('brief', 'b', 'passing'));
        await member.commit(nothing);
        const { block } = await member.prepare(true, purge('k'), put('kept', 'new', 'v'));
        const unsent = await member.prepare(false, put('kept', 'unsent', 'u'));
        const last = nextBlock(
            member.ledger.block(3),
            [...(block.data?.data ?? []), ...(unsent.block.data?.data ?? [])].map((bytes) => Buffer.from(bytes)),
        );
        crashAt(step);
        await expect(member.ledger.commit(last, new Uint8Array(3), member)).rejects.toThrow(SimulatedCrash);
        observeFaultPoints(undefined);
        await member.reopen();
        if (member.ledger.height === 4) await member.ledger.commit(last, new Uint8Array(3), member);
        expect([member.read('kept', 'k'), member.read('kept', 'new'), member.read('brief', 'b')]).toEqual([
            undefined,
            'v',
            undefined,
        ]);
        expect(await member.stored(2)).not.toMatch(/regretted|passing/);
        expect(await missing()).toMatchObject([{ version: { blockNum: 4, txNum: 2 } }]);
    });

    it('that came before a crash is not asked for again', async () => {
        const { block, clear } = await member.prepare(false, put('kept', 'k', 'v'));
        member.offers = [{ version: { blockNum: 2, txNum: 0 }, namespace: 'cc', collection: 'kept', rwset: clear[0]! }];
        crashAt('ledger.privateDataWritten');
        await expect(member.ledger.commit(block, Uint8Array.of(0), member)).rejects.toThrow(SimulatedCrash);
        observeFaultPoints(undefined);
        member.offers = [];
        await member.reopen();
        await member.ledger.commit(block, Uint8Array.of(0), member);
        expect(member.asked).toHaveLength(1);
        expect(member.read('kept', 'k')).toBe('v');
    });
});
