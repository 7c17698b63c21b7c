// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PeerSession } from './connection.js';
import { fileCheckpoint, memoryCheckpoint } from './eventCheckpoints.js';
import { type EventCheckpoint, followEvents, type LedgerEvent } from './eventStream.js';
import { selfSigned, type TestIdentity } from './testing/certificates.js';
import { startStubPeer, type StubEvent, type StubPeer } from './testing/stubPeer.js';
import { stubSession } from './testing/stubSession.js';

let tls: TestIdentity;
let peer: StubPeer;
let session: PeerSession;

beforeAll(async () => {
    tls = await selfSigned('localhost');
});

beforeEach(async () => {
    peer = await startStubPeer(tls);
    session = stubSession(peer.port, tls);
});

afterEach(() => {
    session.close();
    peer.stop();
});

const event = (block: number, tx: string): StubEvent => ({ block, txId: tx.repeat(64), name: 'ledger.v1' });

interface Followed {
    readonly handled: string[];
    readonly lost: number[];
}

/** Follows until `count` events were handled. */
async function follow(
    count: number,
    checkpoint: EventCheckpoint,
    onEvent?: (event: LedgerEvent) => void,
): Promise<Followed> {
    const followed: Followed = { handled: [], lost: [] };
    const abort = new AbortController();
    await followEvents({
        sessions: [session],
        channel: 'power',
        chaincode: 'power-currency',
        checkpoint,
        signal: abort.signal,
        firstPauseMs: 20,
        onLost: (_, pauseMs) => followed.lost.push(pauseMs),
        onEvent: (received) => {
            onEvent?.(received);
            followed.handled.push(`${received.blockNumber.toString()}${received.txId.charAt(0)}`);
            if (followed.handled.length >= count) {
                abort.abort();
            }
            return Promise.resolve();
        },
    });
    return followed;
}

describe('followEvents', () => {
    it('delivers each event once, in order, across streams that break', async () => {
        const all = [event(1, 'a'), event(1, 'b'), event(2, 'c'), event(4, 'd')];
        // The peer sends a block whole each time, so a broken block comes again.
        peer.script.events = [all.slice(0, 1), all.slice(0, 3), all, all];
        const { handled } = await follow(4, memoryCheckpoint());
        expect(handled).toEqual(['1a', '1b', '2c', '4d']);
        expect(peer.calls.map(({ startBlock }) => startBlock)).toEqual([0, 1, 2]);
    });

    it('goes on from the checkpoint', async () => {
        peer.script.events = [[event(3, 'a'), event(3, 'b'), event(5, 'c')]];
        const { handled } = await follow(2, memoryCheckpoint({ blockNumber: 3n, txId: 'a'.repeat(64) }));
        expect(handled).toEqual(['3b', '5c']);
        expect(peer.calls[0]?.startBlock).toBe(3);
    });

    it('waits longer after each stream that brings nothing, and briefly again after one that does', async () => {
        peer.script.events = [[], [], [event(1, 'a')], [event(1, 'a')], [event(1, 'a'), event(2, 'b')]];
        const { lost } = await follow(2, memoryCheckpoint());
        expect(lost).toEqual([20, 40, 20, 40]);
    });

    it('keeps the position where a handler fails, and tells what it threw', async () => {
        peer.script.events = [[event(1, 'a'), event(2, 'b')]];
        const checkpoint = memoryCheckpoint();
        const failing = follow(2, checkpoint, ({ blockNumber }) => {
            if (blockNumber === 2n) throw new Error('disk full');
        });
        await expect(failing).rejects.toThrow('disk full');
        await expect(checkpoint.load()).resolves.toEqual({ blockNumber: 1n, txId: 'a'.repeat(64) });
    });

    it('stops loudly when the checkpoint is of another ledger, instead of waiting for ever', async () => {
        peer.script.events = [[event(1, 'x'), event(2, 'y')]];
        const following = follow(1, memoryCheckpoint({ blockNumber: 1n, txId: 'a'.repeat(64) }));
        await expect(following).rejects.toThrow('has no event of transaction aaaa');
    });

    it('ends when it is told to, though no event comes', async () => {
        const abort = new AbortController();
        const following = followEvents({
            sessions: [session],
            channel: 'power',
            chaincode: 'power-currency',
            checkpoint: memoryCheckpoint(),
            signal: abort.signal,
            onEvent: () => Promise.resolve(),
        });
        setTimeout(() => {
            abort.abort();
        }, 100);
        await expect(following).resolves.toBeUndefined();
    });
});

describe.each([
    ['memory', () => memoryCheckpoint()],
    ['file', (folder: string) => fileCheckpoint(join(folder, 'position'))],
])('a checkpoint in %s', (_, make) => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), 'power-events-'));
    });

    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    it('has no position at first, and then the last one saved', async () => {
        const checkpoint = make(folder);
        await expect(checkpoint.load()).resolves.toBeUndefined();
        for (const blockNumber of [1n, 2n ** 40n]) {
            await checkpoint.save({ blockNumber, txId: 'a'.repeat(64) });
            await expect(checkpoint.load()).resolves.toEqual({ blockNumber, txId: 'a'.repeat(64) });
        }
    });
});

describe('a checkpoint in a file', () => {
    it.each(['', '12', '12 abc\n'])('refuses a file that holds "%s"', async (content) => {
        const file = join(mkdtempSync(join(tmpdir(), 'power-events-')), 'position');
        writeFileSync(file, content);
        await expect(fileCheckpoint(file).load()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
        expect(readFileSync(file, 'utf8')).toBe(content);
    });
});
