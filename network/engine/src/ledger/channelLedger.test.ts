// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { common } from '../wire/protobuf.js';
import { observeFaultPoints } from '../process/faults/faultPoints.js';
import { ChannelLedger, type ChannelLedgerOptions } from './channelLedger.js';
import { nextBlock, transactionEnvelope } from './testing/blocks.js';
import './testing/quietLog.js';
import { recordedGenesis } from './testing/recordings.js';

const collection = '_implicit_org_AuthorityMSP';

describe('a channel ledger', () => {
    let dir: string;
    let ledger: ChannelLedger;

    beforeEach(async () => {
        dir = mkdtempSync(join(tmpdir(), 'channel-'));
        await open();
    });

    afterEach(async () => {
        await ledger.close();
        rmSync(dir, { recursive: true, force: true });
    });

    async function open(options: Partial<ChannelLedgerOptions> = {}): Promise<void> {
        const all = { dir: join(dir, 'power'), channelId: 'power', mspId: 'AuthorityMSP', ...options };
        ledger = await ChannelLedger.create(all, recordedGenesis());
    }

    function put(txId: string, values: Record<string, string>): Buffer {
        const simulation = ledger.newSimulation(txId);
        for (const [key, value] of Object.entries(values)) {
            simulation.getState('cc', key);
            simulation.setState('cc', key, Buffer.from(value));
        }
        return transactionEnvelope(txId, simulation.finish().results);
    }

    function next(...envelopes: Buffer[]): common.Block {
        return nextBlock(ledger.block(ledger.height - 1), envelopes);
    }

    it('announces a block when its state, status and bytes can be read', async () => {
        const seen: unknown[] = [];
        ledger.onCommitted(({ number, codes }) => {
            const reader = ledger.newReader();
            seen.push(number, [...codes], reader.get('cc', 'k')?.value.toString(), ledger.txStatus('tx1'));
            seen.push(ledger.blockBytes(number).length > 0);
            reader.release();
        });
        await ledger.commit(next(put('tx1', { k: 'v' }), put('tx2', { k: 'w' })), Uint8Array.of(0, 0));
        expect(seen).toEqual([1, [0, 11], 'v', { code: 0, blockNumber: 1 }, true]);
        expect(ledger.transactionById('tx2').code).toBe(11);
        expect(ledger.blockByTxId('tx2').header?.number).toBe(1);
    });

    it('shows nothing of a block before its state is written', async () => {
        const seen: unknown[] = [];
        await ledger.close();
        rmSync(join(dir, 'power'), { recursive: true });
        await open();
        observeFaultPoints((point) => {
            if (point === 'blocks.indexed') {
                seen.push(ledger.height, ledger.txStatus('tx1'));
                expect(() => ledger.blockBytes(1)).toThrow('no such block number [1] in index');
                expect(() => ledger.transactionById('tx1')).toThrow('no such transaction ID [tx1] in index');
            }
        });
        await ledger.commit(next(put('tx1', { k: 'v' })), Uint8Array.of(0));
        observeFaultPoints(undefined);
        expect(seen).toEqual([1, undefined]);
        expect(ledger.height).toBe(2);
    });

    it('keeps a simulation at the height at which it began', async () => {
        await ledger.commit(next(put('tx1', { k: 'v' })), Uint8Array.of(0));
        const simulation = ledger.newSimulation('old');
        await ledger.commit(next(put('tx2', { k: 'w', l: 'w' })), Uint8Array.of(0));
        const { results } = await simulation.range('cc', '', '').nextBatch();
        const history = await simulation.historyForKey('cc', 'k').nextBatch();
        expect(simulation.getState('cc', 'k')?.toString()).toBe('v');
        expect(results.map(({ key }) => key)).toEqual(['k']);
        expect(history.results.map(({ txId }) => txId)).toEqual(['tx1']);
        simulation.abandon();
    });

    it('wakes those who wait for a block, and those who no longer want to', async () => {
        const stop = new AbortController();
        const woken = ledger.waitForBlock(1);
        const stopped = ledger.waitForBlock(5, stop.signal);
        const left = ledger.waitForBlock(6).catch((error: unknown) => String(error));
        await ledger.commit(next(put('tx1', { k: 'v' })), Uint8Array.of(0));
        await woken;
        await ledger.waitForBlock(0);
        stop.abort(new Error('enough'));
        await expect(stopped).rejects.toThrow('enough');
        await ledger.close();
        expect(await left).toContain('is closed');
    });

    it('stops calling a listener that was removed, and survives one that throws', async () => {
        let calls = 0;
        const remove = ledger.onCommitted(() => {
            calls++;
            throw new Error('bad listener');
        });
        await ledger.commit(next(put('tx1', { k: 'v' })), Uint8Array.of(0));
        remove();
        await ledger.commit(next(put('tx2', { k: 'w' })), Uint8Array.of(0));
        expect([calls, ledger.height]).toEqual([1, 3]);
    });

    it('refuses a second block while one is being committed, and codes that do not fit', async () => {
        const block = next(put('tx1', { k: 'v' }));
        const first = ledger.commit(block, Uint8Array.of(0));
        await expect(ledger.commit(block, Uint8Array.of(0))).rejects.toThrow('is being committed');
        await first;
        await expect(ledger.commit(next(put('tx2', {})), Uint8Array.of(0, 0))).rejects.toThrow('codes do not fit');
        await expect(ledger.commit(block, Uint8Array.of(0))).rejects.toThrow(
            'block number should have been 2 but was 1',
        );
    });

    it('is not created twice', async () => {
        await ledger.close();
        await expect(open()).rejects.toThrow('ledger [power] already exists with state [ACTIVE]');
    });

    it('has no history when it is switched off', async () => {
        await ledger.close();
        rmSync(join(dir, 'power'), { recursive: true });
        await open({ historyEnabled: false });
        const simulation = ledger.newSimulation('query');
        expect(() => simulation.historyForKey('cc', 'k')).toThrow('history database is not enabled');
        simulation.abandon();
    });

    it('completes its history when it is switched on again', async () => {
        await ledger.close();
        rmSync(join(dir, 'power'), { recursive: true });
        await open({ historyEnabled: false });
        await ledger.commit(next(put('tx1', { k: 'v' })), Uint8Array.of(0));
        await ledger.close();
        ledger = await ChannelLedger.open({ dir: join(dir, 'power'), channelId: 'power' });
        await ledger.commit(next(put('tx2', { k: 'w' })), Uint8Array.of(0));
        const simulation = ledger.newSimulation('query');
        const { results } = await simulation.historyForKey('cc', 'k').nextBatch();
        simulation.abandon();
        expect(results.map(({ txId, value }) => [txId, value.toString()])).toEqual([
            ['tx2', 'w'],
            ['tx1', 'v'],
        ]);
    });

    describe('with private data of its own organisation', () => {
        async function commitPrivate(txId: string, value: string, code: number, keep: boolean): Promise<void> {
            const simulation = ledger.newSimulation(txId);
            simulation.setPrivateData('_lifecycle', collection, 'k', Buffer.from(value));
            const { results, privateResults } = simulation.finish();
            if (keep) {
                await ledger.transientStore.put(txId, privateResults ?? {}, ledger.height);
            }
            await ledger.commit(next(transactionEnvelope(txId, results)), Uint8Array.of(code));
        }

        function read(): string | undefined {
            const simulation = ledger.newSimulation('query');
            try {
                return simulation.getPrivateData('_lifecycle', collection, 'k')?.toString();
            } finally {
                simulation.abandon();
            }
        }

        it('can read the clear text after the commit, and forgets it in the transient store', async () => {
            await commitPrivate('tx1', 'v', 0, true);
            expect(read()).toBe('v');
            expect(ledger.transientStore.has('tx1')).toBe(false);
        });

        it('takes the clear text from disk when it was endorsed before a restart', async () => {
            const simulation = ledger.newSimulation('tx1');
            simulation.setPrivateData('_lifecycle', collection, 'k', Buffer.from('v'));
            const { results, privateResults } = simulation.finish();
            await ledger.transientStore.put('tx1', privateResults ?? {}, ledger.height);
            const block = next(transactionEnvelope('tx1', results));
            await ledger.close();
            ledger = await ChannelLedger.open({ dir: join(dir, 'power'), channelId: 'power', mspId: 'AuthorityMSP' });
            await ledger.commit(block, Uint8Array.of(0));
            expect(read()).toBe('v');
        });

        it('leaves state alone when the transaction is invalid', async () => {
            await commitPrivate('tx1', 'v', 10, true);
            expect(read()).toBeUndefined();
        });

        it('does not take clear text of another hash for that of the transaction', async () => {
            const other = ledger.newSimulation('tx1');
            other.setPrivateData('_lifecycle', collection, 'k', Buffer.from('other'));
            await ledger.transientStore.put('tx1', other.finish().privateResults ?? {}, 1);
            await commitPrivate('tx1', 'v', 0, false);
            expect(read).toThrow(
                'private data matching public hash version is not available. ' +
                    'Public hash version = {BlockNum: 1, TxNum: 0}, Private data version = <nil>',
            );
        });
    });
});
