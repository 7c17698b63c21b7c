// SPDX-License-Identifier: Apache-2.0
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlockStore } from './blocks/blockStore.js';
import { ChannelLedger } from './channelLedger.js';
import { nextBlock, transactionEnvelope } from './testing/blocks.js';
import './testing/quietLog.js';
import { recordedGenesis } from './testing/recordings.js';

// How long a start takes must depend on the chain's length only where something has to be built from it.

let dir: string;

beforeEach(() => {
    dir = fs.mkdtempSync(join(tmpdir(), 'reads-'));
});

afterEach(() => {
    fs.rmSync(dir, { recursive: true });
});

const options = (): { dir: string; channelId: string } => ({ dir, channelId: 'power' });

async function extendTo(height: number): Promise<void> {
    const isNew = !fs.existsSync(join(dir, 'blocks'));
    const ledger = await (isNew ? ChannelLedger.create(options(), recordedGenesis()) : ChannelLedger.open(options()));
    while (ledger.height < height) {
        const txId = `tx${String(ledger.height)}`;
        const simulation = ledger.newSimulation(txId);
        simulation.setState('basic', txId, Buffer.from(txId));
        const envelope = transactionEnvelope(txId, simulation.finish().results);
        await ledger.commit(nextBlock(ledger.block(ledger.height - 1), [envelope]), Uint8Array.of(0));
    }
    await ledger.close();
}

/** Reads of the block files while something is opened. */
async function readsOf(open: () => Promise<{ close(): Promise<void> }>): Promise<number> {
    const read = jest.spyOn(fs, 'readSync');
    try {
        const opened = await open();
        await opened.close();
        return read.mock.calls.length;
    } finally {
        read.mockRestore();
    }
}

const peerReads = (): Promise<number> => readsOf(() => ChannelLedger.open(options()));
const ordererReads = (): Promise<number> =>
    readsOf(() => BlockStore.open(join(dir, 'blocks'), { indexTransactions: false }));

test('a peer and an orderer with a whole ledger read as little of a long chain as of a short one', async () => {
    await extendTo(3);
    const [ofPeer, ofOrderer] = [await peerReads(), await ordererReads()];
    expect([ofPeer > 0, ofOrderer > 0]).toEqual([true, true]);
    await extendTo(40);
    expect([await peerReads(), await ordererReads()]).toEqual([ofPeer, ofOrderer]);
});

test('a state that lacks blocks is built from those, each read once', async () => {
    await extendTo(10);
    fs.cpSync(join(dir, 'state'), join(dir, 'state-of-10'), { recursive: true });
    await extendTo(40);
    const whole = await peerReads();
    fs.rmSync(join(dir, 'state'), { recursive: true });
    fs.renameSync(join(dir, 'state-of-10'), join(dir, 'state'));
    expect(await peerReads()).toBe(whole + 30);
});
