// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { common } from '../../wire/protobuf.js';
import { ChannelLedger } from '../channelLedger.js';
import { openChannelLedgers } from '../channelLedgers.js';
import { ChannelState } from '../state/channelState.js';
import { lockLedgers } from '../ledgerLock.js';
import { openLevel } from '../state/level.js';
import { nextBlock, transactionEnvelope } from '../testing/blocks.js';
import '../testing/quietLog.js';
import { recordedGenesis } from '../testing/recordings.js';
import { pauseChannel, resumeChannel } from './pauseChannel.js';
import { rebuildDatabases } from './rebuildDatabases.js';
import { resetLedgers } from './resetLedgers.js';
import { rollbackLedger } from './rollbackLedger.js';
import { unjoinChannel } from './unjoinChannel.js';

const mspId = 'AuthorityMSP';
const channelId = 'power';
const collection = `_implicit_org_${mspId}`;
const height = 6;

let ledgersData: string;
let chains: string;
let blocks: common.Block[];
let before: unknown;

/** Five blocks in files of one block each; every transaction writes a public and a private key. */
beforeEach(async () => {
    ledgersData = mkdtempSync(join(tmpdir(), 'offline-'));
    chains = join(ledgersData, 'chains');
    const ledger = await ChannelLedger.create({ ...options(), dir: join(chains, channelId) }, recordedGenesis());
    while (ledger.height < height) {
        const txId = `tx${String(ledger.height)}`;
        const simulation = ledger.newSimulation(txId);
        simulation.getState('basic', 'counted');
        simulation.setState('basic', 'counted', Buffer.from(txId));
        simulation.setPrivateData('basic', collection, `secret-${txId}`, Buffer.from(txId));
        if (ledger.height === height - 1) simulation.purgePrivateData('basic', collection, 'secret-tx2');
        const { results, privateResults } = simulation.finish();
        await ledger.transientStore.put(txId, privateResults ?? {}, ledger.height);
        const block = nextBlock(ledger.block(ledger.height - 1), [transactionEnvelope(txId, results)]);
        await ledger.commit(block, Uint8Array.of(0));
    }
    blocks = Array.from({ length: height }, (_, number) => ledger.block(number));
    before = await describeLedger(ledger);
    await ledger.close();
});

afterEach(() => {
    rmSync(ledgersData, { recursive: true });
});

const options = (): { channelId: string; mspId: string; maxBlockFileBytes: number } => ({
    channelId,
    mspId,
    maxBlockFileBytes: 1,
});

async function withLedger<T>(work: (ledger: ChannelLedger) => Promise<T> | T): Promise<T> {
    const [ledger] = await openChannelLedgers(chains, options());
    if (ledger === undefined) throw new Error('no channel is open');
    try {
        return await work(ledger);
    } finally {
        await ledger.close();
    }
}

/** Everything that a client can see. */
async function describeLedger(ledger: ChannelLedger): Promise<unknown> {
    const simulation = ledger.newSimulation('describe');
    const history = simulation.historyForKey('basic', 'counted');
    const keys = Array.from({ length: height }, (_, number) => `secret-tx${String(number)}`);
    return {
        info: ledger.info(),
        commitHash: ledger.lastCommitHash,
        counted: simulation.getState('basic', 'counted'),
        history: (await history.nextBatch()).results.map(({ txId }) => txId),
        secrets: keys.map((key) => simulation.getPrivateData('basic', collection, key)?.toString()),
        hashes: keys.map((key) => simulation.getPrivateDataHash('basic', collection, key)),
        txStatus: ledger.txStatus('tx3'),
        private: await Promise.all(keys.map((_, number) => ledger.privateData.ofBlock(number))),
        missing: await ledger.privateData.missing(10, () => true),
    };
}

const blocksFolder = (): string => join(chains, channelId, 'blocks');

/** Commits the blocks that the ledger lacks, as the ordering service would deliver them again. */
async function catchUp(ledger: ChannelLedger): Promise<void> {
    for (const block of blocks.slice(ledger.height)) await ledger.commit(block, Uint8Array.of(0));
}

describe('rebuild-dbs', () => {
    it('drops state, history and index, which the next opening builds from the blocks to what they were', async () => {
        await rebuildDatabases(ledgersData);
        const rows = await rowsOf(join(chains, channelId, 'state'));
        expect(rows.filter((key) => /^[dshH]/.test(key))).toEqual([]);
        expect(rows.filter((key) => key.startsWith('p')).length).toBe(height - 1);
        expect(readdirSync(blocksFolder())).not.toContain('index');
        expect(await withLedger(describeLedger)).toEqual(before);
    });

    it('that was interrupted is finished at the next opening', async () => {
        const level = await openLevel(join(chains, channelId, 'state'));
        await level.put(Buffer.of(0), Buffer.alloc(0));
        // The savepoint says that nothing is gone.
        await level.del(Buffer.from('dbasic\0counted'));
        await level.close();
        expect(await withLedger(describeLedger)).toEqual(before);
    });

    it('says that the peer has no channels yet, as Fabric does', async () => {
        const empty = join(ledgersData, 'empty');
        await expect(rebuildDatabases(empty)).rejects.toThrow(
            'error while checking if any ledger has been bootstrapped from snapshot: error reading dir ' +
                `${empty}/chains: open ${empty}/chains: no such file or directory`,
        );
    });
});

async function rowsOf(directory: string): Promise<string[]> {
    const level = await openLevel(directory);
    const keys = await level.keys().all();
    await level.close();
    return keys.map((key) => key.toString('latin1'));
}

describe('reset', () => {
    it('leaves the genesis block, and the ledger is what it was when it has the blocks again', async () => {
        await resetLedgers(ledgersData);
        await withLedger(async (ledger) => {
            expect(ledger.height).toBe(1);
            expect(ledger.preResetHeight).toBe(height);
            await catchUp(ledger);
            expect(ledger.preResetHeight).toBeUndefined();
            expect(await describeLedger(ledger)).toEqual(before);
        });
        expect(await withLedger(({ preResetHeight }) => preResetHeight)).toBeUndefined();
    });

    it('remembers the greatest height when it is done again on the way up', async () => {
        await resetLedgers(ledgersData);
        await withLedger((ledger) => ledger.commit(blocks[1] ?? {}, Uint8Array.of(0)));
        await resetLedgers(ledgersData);
        expect(await withLedger((ledger) => ledger.preResetHeight)).toBe(height);
    });

    it.each(['with', 'without'])(
        'gets rid of a block that was damaged behind the genesis block, %s its index',
        async (index) => {
            const file = join(blocksFolder(), 'blocks_000005');
            const bytes = readFileSync(file);
            bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
            writeFileSync(file, bytes);
            if (index === 'without') rmSync(join(blocksFolder(), 'index'), { recursive: true });
            await expect(withLedger(describeLedger)).rejects.toThrow("run 'peer node reset'");
            await resetLedgers(ledgersData);
            await withLedger(async (ledger) => {
                await catchUp(ledger);
                expect(await describeLedger(ledger)).toEqual(before);
            });
        },
    );

    it('touches nothing of a chain whose genesis block is damaged', async () => {
        const file = join(blocksFolder(), 'blocks_000000');
        const bytes = readFileSync(file);
        bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
        writeFileSync(file, bytes);
        await expect(resetLedgers(ledgersData)).rejects.toThrow('does not match its checksum');
        expect(readdirSync(blocksFolder())).toContain('blocks_000005');
    });
});

describe('rollback', () => {
    it('goes back to a block, and the ledger is what it was when it has the others again', async () => {
        await rollbackLedger(ledgersData, channelId, 2);
        await withLedger(async (ledger) => {
            expect(ledger.height).toBe(3);
            expect(ledger.newSimulation('x').getState('basic', 'counted')?.toString()).toBe('tx2');
            expect(ledger.preResetHeight).toBe(height);
            await catchUp(ledger);
            expect(await describeLedger(ledger)).toEqual(before);
        });
    });

    it.each([
        ['other', 1, 'ledgerID [other] does not exist'],
        [channelId, 5, 'target block number [5] should be less than the biggest block number [5]'],
        [channelId, 900, 'target block number [900] should be less than the biggest block number [5]'],
    ])('refuses channel %s and block %d, and changes nothing', async (channel, number, reason) => {
        await expect(rollbackLedger(ledgersData, channel, number)).rejects.toThrow(reason);
        expect(await withLedger(describeLedger)).toEqual(before);
    });
});

describe('pause and resume', () => {
    it('a paused channel is not opened, cannot be joined, and is as it was when it is resumed', async () => {
        await pauseChannel(ledgersData, channelId);
        await pauseChannel(ledgersData, channelId);
        expect(await openChannelLedgers(chains, options())).toEqual([]);
        const again = ChannelLedger.create({ ...options(), dir: join(chains, channelId) }, recordedGenesis());
        await expect(again).rejects.toThrow(`ledger [${channelId}] already exists with state [INACTIVE]`);
        await resumeChannel(ledgersData, channelId);
        expect(await withLedger(describeLedger)).toEqual(before);
    });

    it.each(['other', '..', ''])('refuse the channel %j, which the peer has not joined', async (channel) => {
        const refused = `cannot update ledger status, ledger [${channel}] does not exist`;
        await expect(pauseChannel(ledgersData, channel)).rejects.toThrow(refused);
        await expect(resumeChannel(ledgersData, channel)).rejects.toThrow(refused);
    });
});

describe('unjoin', () => {
    it('removes the channel with its private data', async () => {
        await unjoinChannel(ledgersData, channelId);
        expect(readdirSync(chains)).toEqual([]);
        expect(readdirSync(ledgersData)).not.toContain('unjoined');
    });

    it('that was interrupted is finished at the next start', async () => {
        mkdirSync(join(ledgersData, 'unjoined', 'state'), { recursive: true });
        expect(await withLedger(describeLedger)).toEqual(before);
        expect(readdirSync(ledgersData)).not.toContain('unjoined');
    });

    it('refuses a channel that the peer has not joined', async () => {
        await expect(unjoinChannel(ledgersData, 'other')).rejects.toThrow(
            'unjoin channel [other]: cannot update ledger status, ledger [other] does not exist',
        );
    });
});

test('no command touches the ledgers of a running peer', async () => {
    const unlock = await lockLedgers(ledgersData);
    for (const command of [
        () => rebuildDatabases(ledgersData),
        () => resetLedgers(ledgersData),
        () => rollbackLedger(ledgersData, channelId, 1),
        () => pauseChannel(ledgersData, channelId),
        () => resumeChannel(ledgersData, channelId),
        () => unjoinChannel(ledgersData, channelId),
    ]) {
        await expect(command()).rejects.toThrow(
            'as another peer node command is executing, wait for that command to complete its execution or terminate it ' +
                `before retrying: lock is already acquired on file ${ledgersData}/fileLock`,
        );
    }
    await unlock();
    expect(await withLedger(describeLedger)).toEqual(before);
});

test('a state that cannot be opened says what to do before anything is dropped', async () => {
    rmSync(join(chains, channelId, 'state'), { recursive: true });
    writeFileSync(join(chains, channelId, 'state'), '');
    await expect(ChannelState.dropDerived(join(chains, channelId, 'state'))).rejects.toThrow('remove the folder');
    await expect(rebuildDatabases(ledgersData)).rejects.toThrow('remove the folder');
    expect(readdirSync(blocksFolder())).toContain('index');
});
