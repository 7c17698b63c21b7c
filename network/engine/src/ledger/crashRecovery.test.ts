// SPDX-License-Identifier: Apache-2.0
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { observeFaultPoints, type FaultPoint } from '../process/faults/faultPoints.js';
import type { common } from '../wire/protobuf.js';
import { ChannelLedger } from './channelLedger.js';
import { openChannelLedgers } from './channelLedgers.js';
import { nextBlock, transactionEnvelope } from './testing/blocks.js';
import './testing/quietLog.js';
import { recordedGenesis } from './testing/recordings.js';

const mspId = 'AuthorityMSP';
const collection = `_implicit_org_${mspId}`;
const steps: FaultPoint[] = [
    'ledger.privateDataWritten',
    'blocks.prefixWritten',
    'blocks.blockWritten',
    'blocks.indexed',
    'ledger.stateWritten',
    'ledger.transientPurged',
];

class SimulatedCrash extends Error {}

describe('a ledger that crashes during a commit', () => {
    let dir: string;

    beforeEach(() => {
        dir = mkdtempSync(join(tmpdir(), 'crash-'));
    });

    afterEach(() => {
        observeFaultPoints(undefined);
        rmSync(dir, { recursive: true });
    });

    /** Two committed blocks, and a third, with private data, that a crash after `step` interrupts. */
    async function crashAfter(step: FaultPoint | undefined): Promise<common.Block> {
        let crashing = false;
        const ledger = await ChannelLedger.create({ dir, channelId: 'power', mspId }, recordedGenesis());
        observeFaultPoints((point) => {
            if (crashing && point === step) throw new SimulatedCrash();
        });
        const first = nextBlock(ledger.block(0), [await put(ledger, 'tx1', { a: '1', b: '1' })]);
        await ledger.commit(first, Uint8Array.of(0));
        const second = nextBlock(first, [
            await put(ledger, 'tx2', { a: '2' }),
            await put(ledger, 'tx3', { b: '' }),
            await put(ledger, 'tx4', { c: 'invalid' }),
        ]);
        crashing = true;
        const commit = ledger.commit(second, Uint8Array.of(0, 0, 10));
        if (step === undefined) {
            await commit;
        } else {
            await expect(commit).rejects.toThrow(SimulatedCrash);
            await expect(ledger.commit(second, Uint8Array.of(0, 0, 10))).rejects.toThrow('must be opened again');
        }
        await ledger.close();
        observeFaultPoints(undefined);
        return second;
    }

    /** Reads and writes the keys, and writes one private key. */
    async function put(ledger: ChannelLedger, txId: string, values: Record<string, string>): Promise<Buffer> {
        const simulation = ledger.newSimulation(txId);
        for (const [key, value] of Object.entries(values)) {
            simulation.getState('basic', key);
            simulation.setState('basic', key, Buffer.from(value));
        }
        simulation.setPrivateData('basic', collection, 'secret', Buffer.from(txId));
        const { results, privateResults } = simulation.finish();
        await ledger.transientStore.put(txId, privateResults ?? {}, ledger.height);
        return transactionEnvelope(txId, results);
    }

    async function describeLedger(ledger: ChannelLedger): Promise<unknown> {
        const reader = ledger.newReader();
        const range = reader.range('basic', '', '');
        const entries = await range.next(100);
        await range.close();
        const simulation = ledger.newSimulation('query');
        const history = await simulation.historyForKey('basic', 'a').nextBatch();
        simulation.abandon();
        const description = {
            height: ledger.height,
            commitHash: ledger.lastCommitHash?.toString('hex'),
            entries: entries.map(({ key, value, version }) => [key, value.toString(), version]),
            secret: reader.getPrivate('basic', collection, 'secret')?.value.toString(),
            history: history.results.map(({ txId, value }) => [txId, value.toString()]),
            status: ['tx1', 'tx2', 'tx3', 'tx4'].map((txId) => ledger.txStatus(txId)),
            lastBlock: ledger.blockBytes(ledger.height - 1).toString('hex'),
        };
        reader.release();
        return description;
    }

    async function expected(): Promise<unknown> {
        const second = await crashAfter(undefined);
        const ledger = await ChannelLedger.open({ dir, channelId: 'power', mspId });
        const description = await describeLedger(ledger);
        await ledger.close();
        rmSync(dir, { recursive: true });
        expect(second.header?.number).toBe(2);
        return description;
    }

    it.each(steps)('ends up where it would have without the crash: %s', async (step) => {
        const description = await expected();
        const second = await crashAfter(step);
        const ledger = await ChannelLedger.open({ dir, channelId: 'power', mspId });
        if (ledger.height === 2) {
            await ledger.commit(second, Uint8Array.of(0, 0, 10));
        }
        expect(await describeLedger(ledger)).toEqual(description);
        await ledger.close();
    });

    it('has lost nothing once the block is in its file', async () => {
        for (const step of ['blocks.blockWritten', 'blocks.indexed', 'ledger.stateWritten'] as const) {
            await crashAfter(step);
            const ledger = await ChannelLedger.open({ dir, channelId: 'power', mspId });
            expect({ step, height: ledger.height }).toEqual({ step, height: 3 });
            await ledger.close();
            rmSync(dir, { recursive: true });
        }
        dir = mkdtempSync(join(tmpdir(), 'crash-'));
    });

    it('cuts off a block of which only a part reached the disk, wherever the cut is', async () => {
        await crashAfter(undefined);
        const complete = await ChannelLedger.open({ dir, channelId: 'power', mspId });
        const { length } = complete.blockBytes(2);
        await complete.close();
        rmSync(join(dir, 'state'), { recursive: true });
        rmSync(join(dir, 'blocks', 'index'), { recursive: true });
        const file = join('blocks', 'blocks_000000');
        const whole = statSync(join(dir, file)).size;
        const torn = mkdtempSync(join(tmpdir(), 'torn-'));
        for (const missing of [1, 2, 100, length, length + 4, length + 8, length + 12]) {
            cpSync(dir, torn, { recursive: true });
            truncateSync(join(torn, file), whole - missing);
            const ledger = await ChannelLedger.open({ dir: torn, channelId: 'power', mspId });
            expect({ missing, height: ledger.height }).toEqual({ missing, height: 2 });
            await ledger.close();
            rmSync(torn, { recursive: true });
        }
    });

    it('cuts off what the disk has of a block whose bytes never arrived', async () => {
        await crashAfter(undefined);
        const file = join(dir, 'blocks', 'blocks_000000');
        const size = statSync(file).size;
        for (const unwritten of [1, 12, 64]) {
            appendFileSync(file, Buffer.alloc(unwritten));
            const ledger = await ChannelLedger.open({ dir, channelId: 'power', mspId });
            expect(ledger.height).toBe(3);
            await ledger.close();
            expect(readFileSync(file)).toHaveLength(size);
        }
    });

    it('refuses a state that is ahead of its blocks', async () => {
        await crashAfter(undefined);
        rmSync(join(dir, 'blocks'), { recursive: true });
        await expect(ChannelLedger.open({ dir, channelId: 'power' })).rejects.toThrow(
            'the state database [height=3] is ahead of the block store [height=0].',
        );
    });

    it('removes a ledger whose creation stopped before its genesis block was stored', async () => {
        const channels = join(dir, 'channels');
        observeFaultPoints((point) => {
            if (point === 'blocks.prefixWritten') throw new SimulatedCrash();
        });
        const crash = ChannelLedger.create({ dir: join(channels, 'half'), channelId: 'half' }, recordedGenesis());
        await expect(crash).rejects.toThrow(SimulatedCrash);
        observeFaultPoints(undefined);
        const whole = await ChannelLedger.create(
            { dir: join(channels, 'whole'), channelId: 'whole' },
            recordedGenesis(),
        );
        await whole.close();
        const opened = await openChannelLedgers(channels, {});
        expect(opened.map(({ channelId, height }) => [channelId, height])).toEqual([['whole', 1]]);
        await Promise.all(opened.map((ledger) => ledger.close()));
        expect(await openChannelLedgers(join(dir, 'nothing'), {})).toEqual([]);
    });
});
